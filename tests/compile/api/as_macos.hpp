#pragma once

// Compiles the portable engine as if on macOS: included before everything else, by -include. Each stand-in names the
// header of macOS that it stands for. It shows that no name is used that only Linux has; it does not show that the
// engine works there.

// <sys/stat.h>: struct stat has st_mtimespec (and the macro st_mtime stands for st_mtimespec.tv_sec), no st_mtim.
#define st_atim st_atimespec
#define st_mtim st_mtimespec
#define st_ctim st_ctimespec
#include <sys/stat.h>
#undef st_atim
#undef st_mtim
#undef st_ctim
#undef st_atime
#undef st_mtime
#undef st_ctime
#define st_atime st_atimespec.tv_sec
#define st_mtime st_mtimespec.tv_sec
#define st_ctime st_ctimespec.tv_sec

#include "headers_of_posix.hpp"

// <fcntl.h> has no such flags.
#undef O_PATH
// <sys/socket.h> has SO_NOSIGPIPE instead.
#undef SOCK_CLOEXEC
#undef SOCK_NONBLOCK
// <signal.h>: no real-time signals, NSIG without the underscore.
#undef SIGRTMIN
#undef SIGRTMAX
// <poll.h>
#undef POLLRDHUP
// <unistd.h>, <poll.h>, <signal.h>, <stdlib.h>, <string.h>, <time.h> and <sys/...> of macOS do not declare these.
#pragma GCC poison pipe2 dup3 execvpe fexecve ppoll sigtimedwait sigwaitinfo eventfd memfd_create accept4 \
    clock_nanosleep
#pragma GCC poison secure_getenv strchrnul mempcpy quick_exit at_quick_exit sched_getaffinity

// <mach-o/dyld.h>: the path of the program; -1 if `*size` is too small. The file of that name is in stand_ins/.
extern "C" int _NSGetExecutablePath(char* path, unsigned* size);

#define __APPLE__ 1
