#define CORDON_CONFIG_PORTABLE_POSIX 1
#include "process_test.cpp"
