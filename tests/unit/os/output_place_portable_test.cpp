#define CORDON_CONFIG_PORTABLE_POSIX 1
#include "output_place_test.cpp"
