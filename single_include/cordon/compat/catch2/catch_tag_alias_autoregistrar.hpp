#include "../catch2_test_macros.hpp"
