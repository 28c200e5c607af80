#define CORDON_CONFIG_PORTABLE_POSIX 1
#include "kept_file_test.cpp"
