#pragma once

// The version of Catch2 whose headers these replace.

#define CATCH_VERSION_MAJOR 3
#define CATCH_VERSION_MINOR 7
#define CATCH_VERSION_PATCH 1
