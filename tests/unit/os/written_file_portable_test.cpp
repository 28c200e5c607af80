#define CORDON_CONFIG_PORTABLE_POSIX 1
#include "written_file_test.cpp"
