#define CORDON_CONFIG_PORTABLE_POSIX 1
#include "poll_test.cpp"
