#pragma once

// Compiles the portable engine as if on OpenBSD: see as_macos.hpp.

// <sys/resource.h>: no RLIMIT_AS; RLIMIT_DATA limits private memory. ru_maxrss is in kilobytes, as on Linux.
#define RLIMIT_AS of_linux
#include <sys/resource.h>
#undef RLIMIT_AS

#include "headers_of_posix.hpp"

// <stdlib.h>: no quick_exit(), no at_quick_exit().
#pragma GCC poison quick_exit at_quick_exit secure_getenv
// <sys/signal.h>: 32 signals, none of them real-time.
#undef SIGRTMIN
#undef SIGRTMAX
#pragma GCC poison sigqueue sigtimedwait sigwaitinfo
// <fcntl.h>, <sys/mman.h>, <unistd.h>, <sched.h>
#undef O_PATH
#pragma GCC poison memfd_create eventfd fexecve sched_getaffinity posix_fallocate posix_fadvise
#undef POLLRDHUP

#undef __linux__
#define __OpenBSD__ 1
