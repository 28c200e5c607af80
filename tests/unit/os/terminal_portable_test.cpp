#define CORDON_CONFIG_PORTABLE_POSIX 1
#include "terminal_test.cpp"
