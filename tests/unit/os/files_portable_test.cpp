#define CORDON_CONFIG_PORTABLE_POSIX 1
#include "files_test.cpp"
