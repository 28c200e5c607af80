// Stands for that header of macOS; what it declares is in as_macos.hpp.
#pragma once
