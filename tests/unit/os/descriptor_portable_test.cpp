#define CORDON_CONFIG_PORTABLE_POSIX 1
#include "descriptor_test.cpp"
