#pragma once

// Compiles the portable engine as if on FreeBSD: see as_macos.hpp.

#include "headers_of_posix.hpp"

// <unistd.h> does not declare the environment; programs do, as `extern char** environ;`.
// <sys/resource.h>: ru_maxrss is in kilobytes, as on Linux; RLIMIT_AS is RLIMIT_VMEM.
#undef RLIMIT_AS
#define RLIMIT_VMEM 10
#define RLIMIT_AS RLIMIT_VMEM
// <sys/fcntl.h>: O_PATH only from FreeBSD 14 on; <sys/mman.h>: memfd_create() and <sys/eventfd.h> from 13 on.
#undef O_PATH
#pragma GCC poison memfd_create eventfd secure_getenv sched_getaffinity
// <poll.h>: POLLRDHUP from 14 on.
#undef POLLRDHUP

// <sys/sysctl.h>: CTL_KERN, KERN_PROC, KERN_PROC_PATHNAME; the path of a process, or of this one for -1, with its
// terminating zero in the size. The file of that name is in stand_ins/.
#undef __linux__
#define __FreeBSD__ 13
