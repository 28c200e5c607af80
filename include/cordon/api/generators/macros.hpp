#pragma once

#include <cordon/api/generators/expansion.hpp>

#define CORDON_GENERATE(...) CORDON_GENERATE_(__COUNTER__, __VA_ARGS__)
