// Stands for that header of FreeBSD, with the names that the engine uses. The numbers are FreeBSD's.
#pragma once
#include <stddef.h>
#define CTL_KERN 1
#define KERN_PROC 14
#define KERN_PROC_PATHNAME 12
extern "C" int sysctl(const int* name, unsigned count, void* old, size_t* size, const void* fresh, size_t fresh_size);
