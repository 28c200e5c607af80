#define CORDON_CONFIG_PORTABLE_POSIX 1
#include "shared_memory_test.cpp"
