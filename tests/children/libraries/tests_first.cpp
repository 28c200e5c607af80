// flags: -fvisibility=hidden
// Tests without an engine: the program that loads them has it.

#define LIBRARY "first"
#include "library_tests.hpp"
