// Ways in which a test could reach the next one. Each test looks whether another one has left something, and then
// leaves something itself. In any order, no test must find anything.

#include <cordon/cordon.hpp>

#include <fcntl.h>
#include <fenv.h>
#include <immintrin.h>
#include <locale.h>
#include <malloc.h>
#include <math.h>
#include <netdb.h>
#include <pthread.h>
#include <sched.h>
#include <search.h>
#include <signal.h>
#include <sys/auxv.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <functional>
#include <iostream>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace {

struct way {
    const char* name;
    void (*leave)();
    bool (*found)();
};

// ---- the state of a fresh process, as a static initializer sees it ----

struct fresh_state {
    char** environment = environ;
    FILE* out = stdout;
    std::streambuf* out_buffer = std::cout.rdbuf();
    std::ios::fmtflags out_flags = std::cout.flags();
    std::new_handler no_memory = std::get_new_handler();
    char* name = program_invocation_name;
    int option_index = optind;
    std::string folder = [] {
        char path[4096] = "";
        return std::string(::getcwd(path, sizeof path) != nullptr ? path : "");
    }();
    mode_t mask = [] {
        const mode_t was = ::umask(0);
        ::umask(was);
        return was;
    }();
    int nice_value = ::getpriority(PRIO_PROCESS, 0);
    cpu_set_t processors{};
    fresh_state() { ::sched_getaffinity(0, sizeof processors, &processors); }
};
const fresh_state fresh;

// ---- memory ----

int number = 0;
thread_local int number_of_thread = 0;
thread_local std::string text_of_thread;
std::vector<int> numbers;
std::map<int, std::string> table{{1, "one"}, {2, "two"}};
std::unordered_map<std::string, int> words;
std::set<std::string> names;
std::list<int> chain;
std::string text = "short";
std::unique_ptr<int> owned;
std::shared_ptr<int> shared = std::make_shared<int>(1);
std::function<int()> function = [] { return 1; };
std::mutex mutex_of_library;
pthread_mutex_t mutex_of_system = PTHREAD_MUTEX_INITIALIZER;
std::once_flag once;
pthread_once_t once_of_system = PTHREAD_ONCE_INIT;
bool was_once = false;
std::exception_ptr caught;
std::mt19937 engine;
std::array<char, 64 * 4096> pages{};
std::array<char, 4096> data = [] {
    std::array<char, 4096> all{};
    all.fill(7);
    return all;
}();
std::vector<char> large(3 * 1024 * 1024, 1);
char* freed = nullptr;
void* tree = nullptr;
pthread_key_t key = [] {
    pthread_key_t made;
    ::pthread_key_create(&made, nullptr);
    return made;
}();
struct with_table {
    virtual ~with_table() = default;
    virtual int value() { return 1; }
};
struct with_other_table : with_table {
    int value() override { return 2; }
};
std::unique_ptr<with_table> object = std::make_unique<with_table>();

int& made_late(bool make) {
    static bool made = false;
    static int late = 0;
    if (make) {
        static const std::string constructed(100, 'x');
        made = true;
        late = static_cast<int>(constructed.size());
    }
    (void)made;
    return late;
}

struct sink_of_output : std::streambuf {};
sink_of_output sink;

// A virtual machine may execute wrgsbase although its system does not know the instruction. Then the base stays when
// the processor goes on to another process: one test reaches another even if each has a process of its own.
[[maybe_unused]] bool switches_bases() {
    constexpr unsigned long known = 2;  // HWCAP2_FSGSBASE
    return (::getauxval(AT_HWCAP2) & known) != 0;
}

std::uint64_t gs_of_thread() {
    std::uint64_t gs = 0;
#if defined(__x86_64__)
    __asm__ volatile("mov %%gs, %0" : "=r"(gs));
#endif
    return gs;
}

bool has_bytes_below_stack() {
    // Far below this frame: zeros, if no test has been there.
    volatile char here = 0;
    const volatile char* below = &here - 200 * 1024;
    for (int i = 0; i < 4096; ++i) {
        if (below[-i] == 0x5A) return true;
    }
    return false;
}
__attribute__((noinline)) void dirty_stack() {
    volatile char deep[300 * 1024];
    for (std::size_t i = 0; i < sizeof deep; ++i)
        deep[i] = 0x5A;
}

[[noreturn]] void give_up() { std::abort(); }

const way of_memory[] = {
    {"a global", [] { ++number; }, [] { return number != 0; }},
    {"a thread-local", [] { ++number_of_thread; }, [] { return number_of_thread != 0; }},
    {"a thread-local object", [] { text_of_thread.assign(100, 'x'); }, [] { return !text_of_thread.empty(); }},
    {"a static in a function", [] { made_late(true); }, [] { return made_late(false) != 0; }},
    {"a vector", [] { numbers.assign(10000, 1); }, [] { return !numbers.empty() || numbers.capacity() != 0; }},
    {"a map, more", [] { table[3] = std::string(50, 'x'); }, [] { return table.count(3) != 0; }},
    {"a map, less", [] { table.erase(1); }, [] { return table.size() != 2; }},
    {"a hash map", [] { words["x"] = 1; }, [] { return !words.empty(); }},
    {"a set", [] { names.insert(std::string(40, 'x')); }, [] { return !names.empty(); }},
    {"a list", [] { chain.push_back(1); }, [] { return !chain.empty(); }},
    {"a text that grows", [] { text.assign(1000, 'x'); }, [] { return text != "short"; }},
    {"an owned object", [] { owned.reset(new int(5)); }, [] { return owned != nullptr; }},
    {"a shared object", [] { *shared = 2; }, [] { return *shared != 1; }},
    {"a count of owners", [] { new std::shared_ptr<int>(shared); }, [] { return shared.use_count() != 1; }},
    {"a function object", [] { function = [] { return 2; }; }, [] { return function() != 1; }},
    {"the type of an object", [] { new (object.get()) with_other_table; }, [] { return object->value() != 1; }},
    {"a locked mutex", [] { mutex_of_library.lock(); },
     [] { return !mutex_of_library.try_lock() || (mutex_of_library.unlock(), false); }},
    {"a locked mutex of the system", [] { ::pthread_mutex_lock(&mutex_of_system); },
     [] {
         return ::pthread_mutex_trylock(&mutex_of_system) != 0 || (::pthread_mutex_unlock(&mutex_of_system), false);
     }},
    {"call_once", [] { std::call_once(once, [] { was_once = true; }); }, [] { return was_once; }},
    {"pthread_once", [] { ::pthread_once(&once_of_system, [] { was_once = true; }); }, [] { return was_once; }},
    {"a kept exception",
     [] {
         try {
             throw std::string("x");
         } catch (...) {
             caught = std::current_exception();
         }
     },
     [] { return caught != nullptr; }},
    {"a random engine", [] { engine(); }, [] { return engine != std::mt19937(); }},
    {"all of many pages", [] { pages.fill(1); }, [] { return pages[0] != 0 || pages[63 * 4096] != 0; }},
    {"each second page",
     [] {
         for (std::size_t i = 0; i < pages.size(); i += 2 * 4096)
             pages[i] = 1;
     },
     [] { return pages[0] != 0 || pages[62 * 4096] != 0; }},
    {"initialized data", [] { data[100] = 8; }, [] { return data[100] != 7; }},
    {"a page of the heap", [] { large[large.size() / 2] = 9; }, [] { return large[large.size() / 2] != 1; }},
    {"memory that was given back", [] { delete[](freed = new char[100]); }, [] { return freed != nullptr; }},
    {"a leaked block", [] { freed = new char[100]; }, [] { return freed != nullptr; }},
    {"a leaked large block", [] { std::memset(freed = new char[10 << 20], 1, 10 << 20); },
     [] { return freed != nullptr; }},
    {"a large block, given back", [] { delete[](freed = new char[10 << 20]); }, [] { return freed != nullptr; }},
    {"a heap that grows and shrinks",
     [] {
         std::vector<void*> all;
         for (int i = 0; i < 3000; ++i)
             all.push_back(::malloc(1000));
         for (void* each : all)
             ::free(each);
         ++number;
     },
     [] { return number != 0; }},
    {"dead calls on the stack", dirty_stack, has_bytes_below_stack},
    {"errno", [] { errno = ENOENT; }, [] { return errno != 0; }},
    {"rand", [] { std::srand(77), std::rand(), ++number; }, [] { return number != 0; }},
    {"drand48", [] { ::srand48(5); }, [] { return false; }},
    {"strtok",
     [] {
         static char words_[] = "a b c";
         std::strtok(words_, " ");
         ++number;
     },
     [] { return number != 0; }},
    {"setenv", [] { ::setenv("LEFT_BY_A_TEST", "1", 1); }, [] { return ::getenv("LEFT_BY_A_TEST") != nullptr; }},
    {"unsetenv", [] { ::unsetenv("PATH"); }, [] { return ::getenv("PATH") == nullptr; }},
    {"clearenv", [] { ::clearenv(); }, [] { return ::getenv("PATH") == nullptr; }},
    {"the environment's address",
     [] {
         static char* none[] = {nullptr};
         environ = none;
     },
     [] { return environ != fresh.environment && ::getenv("PATH") == nullptr; }},
    {"getopt", [] { optind = 5; }, [] { return optind != fresh.option_index; }},
    {"the program's name",
     [] {
         static char other[] = "other";
         program_invocation_name = other;
     },
     [] { return program_invocation_name != fresh.name; }},
    {"asctime",
     [] {
         std::tm t{};
         t.tm_year = 70;
         ++number, ::asctime(&t);
     },
     [] { return number != 0; }},
    {"h_errno", [] { h_errno = 3; }, [] { return h_errno != 0; }},
    {"tsearch",
     [] {
         static int entry = 1;
         ::tsearch(&entry, &tree, [](const void*, const void*) { return 0; });
     },
     [] { return tree != nullptr; }},
    {"hcreate", [] { ::hcreate(10); }, [] { return ::hcreate(10) == 0 || (::hdestroy(), false); }},
    {"mbtowc",
     [] {
         wchar_t w;
         (void)std::mbtowc(&w, "\xC3", 1);
         ++number;
     },
     [] { return number != 0; }},
    {"a value of a key", [] { ::pthread_setspecific(key, &number); },
     [] { return ::pthread_getspecific(key) != nullptr; }},
    {"a new key",
     [] {
         pthread_key_t more;
         ::pthread_key_create(&more, nullptr);
         number = static_cast<int>(more) + 1;
     },
     [] { return number != 0; }},
    {"set_terminate", [] { std::set_terminate(give_up); }, [] { return std::get_terminate() == give_up; }},
    {"set_new_handler", [] { std::set_new_handler([] { std::abort(); }); },
     [] { return std::get_new_handler() != fresh.no_memory; }},
    {"an exit handler",
     [] {
         std::atexit([] { ++number; });
         ++number;
     },
     [] { return number != 0; }},
    {"many exit handlers",
     [] {
         for (int i = 0; i < 100; ++i)
             std::atexit([] { ++number; });
         ++number;
     },
     [] { return number != 0; }},
    {"at_quick_exit",
     [] {
         std::at_quick_exit([] { ++number; });
         ++number;
     },
     [] { return number != 0; }},
    {"flags of cout", [] { std::cout << std::hex; }, [] { return std::cout.flags() != fresh.out_flags; }},
    {"the state of cout", [] { std::cout.setstate(std::ios::failbit); }, [] { return !std::cout.good(); }},
    {"the buffer of cout", [] { std::cout.rdbuf(&sink); }, [] { return std::cout.rdbuf() != fresh.out_buffer; }},
    {"an imbued cout",
     [] {
         std::cout.imbue(std::locale(std::locale::classic(), new std::numpunct<char>));
         ++number;
     },
     [] { return number != 0; }},
    {"the global locale of C++",
     [] {
         std::locale::global(std::locale(std::locale(), new std::numpunct<char>));
         ++number;
     },
     [] { return number != 0; }},
    {"stdout", [] { stdout = stderr; }, [] { return stdout != fresh.out; }},
    {"text that is not printed yet",
     [] {
         std::fputs("not a line", stdout);
         ++number;
     },
     [] { return number != 0; }},
    {"a line",
     [] {
         std::puts("a line");
         ++number;
     },
     [] { return number != 0; }},
    {"much output",
     [] {
         for (int i = 0; i < 200; ++i)
             std::puts("a line of output");
         ++number;
     },
     [] { return number != 0; }},
    {"cerr",
     [] {
         std::cerr << "an error\n";
         ++number;
     },
     [] { return number != 0; }},
    {"a failing test", [] { ++number; }, [] { return number != 0; }},
    {"the rounding of numbers", [] { ::fesetround(FE_UPWARD); }, [] { return ::fegetround() != FE_TONEAREST; }},
    {"flags of numbers", [] { ::feraiseexcept(FE_DIVBYZERO); }, [] { return ::fetestexcept(FE_DIVBYZERO) != 0; }},
    {"malloc's options",
     [] {
         ::mallopt(M_PERTURB, 0x5A);
         ++number;
     },
     [] { return number != 0; }},
    {"an address of a segment", [] {}, [] { return gs_of_thread() != 0; }},
#if defined(__x86_64__)
    {"numbers that are too small", [] { _mm_setcsr(_mm_getcsr() | 0x8040u); },
     [] { return (_mm_getcsr() & 0x8040u) != 0; }},
    {"the old control word",
     [] {
         unsigned short word = 0x027F;
         __asm__ volatile("fldcw %0" : : "m"(word));
     },
     [] {
         unsigned short word = 0;
         __asm__ volatile("fnstcw %0" : "=m"(word));
         return word != 0x037F;
     }},
    {"the base of GS",
     [] {
         if (switches_bases()) __asm__ volatile(".byte 0xF3, 0x48, 0x0F, 0xAE, 0xD8" : : "a"(0x1234000));
     },
     [] {
         std::uint64_t base = 0;
         if (switches_bases()) __asm__ volatile(".byte 0xF3, 0x48, 0x0F, 0xAE, 0xC8" : "=a"(base));
         return base != 0;
     }},
#endif
};

// ---- the kernel ----

void ignore(int) {}

bool is_open(int descriptor) { return ::fcntl(descriptor, F_GETFD) != -1; }
int lowest_free() {
    const int free = ::dup(0);
    ::close(free);
    return free;
}
const int lowest_when_fresh = lowest_free();
bool is_default(int signal) {
    struct sigaction now {};
    return ::sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_DFL;
}
bool is_blocked(int signal) {
    sigset_t blocked;
    ::sigprocmask(SIG_BLOCK, nullptr, &blocked);
    return sigismember(&blocked, signal) != 0;
}
void block(int signal) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal);
    ::sigprocmask(SIG_BLOCK, &set, nullptr);
}
bool has_timer() {
    struct itimerval now {};
    ::getitimer(ITIMER_REAL, &now);
    return now.it_value.tv_sec != 0 || now.it_value.tv_usec != 0;
}
std::string name_of_thread() {
    char name[32] = "";
    ::prctl(PR_GET_NAME, name);
    return name;
}
char page_of_rights[2 * 4096];
char* whole_page() { return page_of_rights + (4096 - reinterpret_cast<std::uintptr_t>(page_of_rights) % 4096) % 4096; }

const way of_kernel[] = {
    {"chdir", [] { CHECK(::chdir("/") == 0); },
     [] {
         char at[4096] = "";
         return ::getcwd(at, sizeof at) != fresh.folder;
     }},
    {"umask", [] { ::umask(0777); },
     [] {
         const mode_t was = ::umask(0);
         ::umask(was);
         return was != fresh.mask;
     }},
    {"open", [] { CHECK(::open("/dev/null", O_RDONLY) >= 0); }, [] { return lowest_free() != lowest_when_fresh; }},
    {"close", [] { ::close(0); }, [] { return !is_open(0); }},
    {"dup2", [] { ::dup2(0, 50); }, [] { return is_open(50); }},
    {"pipe",
     [] {
         int ends[2];
         CHECK(::pipe(ends) == 0);
     },
     [] { return lowest_free() != lowest_when_fresh; }},
    {"socket", [] { CHECK(::socket(AF_INET, SOCK_STREAM, 0) >= 0); },
     [] { return lowest_free() != lowest_when_fresh; }},
    {"eventfd", [] { CHECK(::eventfd(0, 0) >= 0); }, [] { return lowest_free() != lowest_when_fresh; }},
    {"epoll", [] { CHECK(::epoll_create1(0) >= 0); }, [] { return lowest_free() != lowest_when_fresh; }},
    {"fopen", [] { CHECK(std::fopen("/dev/null", "r") != nullptr); },
     [] { return lowest_free() != lowest_when_fresh; }},
    {"a signal's handler", [] { ::signal(SIGUSR1, ignore); }, [] { return !is_default(SIGUSR1); }},
    {"an ignored signal", [] { ::signal(SIGPIPE, SIG_IGN); }, [] { return !is_default(SIGPIPE); }},
    {"a blocked signal", [] { block(SIGUSR2); }, [] { return is_blocked(SIGUSR2); }},
    {"a waiting signal",
     [] {
         block(SIGUSR2);
         ::raise(SIGUSR2);
     },
     [] {
         sigset_t waiting;
         ::sigpending(&waiting);
         return sigismember(&waiting, SIGUSR2) != 0;
     }},
    {"a signal",
     [] {
         ::signal(SIGUSR1, ignore);
         ::raise(SIGUSR1);
     },
     [] { return !is_default(SIGUSR1); }},
    {"alarm", [] { ::alarm(1000); }, has_timer},
    {"setitimer",
     [] {
         struct itimerval far {};
         far.it_value.tv_sec = 1000;
         ::setitimer(ITIMER_REAL, &far, nullptr);
     },
     has_timer},
    {"a limit",
     [] {
         struct rlimit none {};
         ::setrlimit(RLIMIT_CORE, &none);
         struct rlimit few {
             40, 40
         };
         ::setrlimit(RLIMIT_NOFILE, &few);
     },
     [] {
         struct rlimit now {};
         ::getrlimit(RLIMIT_NOFILE, &now);
         return now.rlim_cur == 40;
     }},
    {"nice", [] { ::setpriority(PRIO_PROCESS, 0, 10); },
     [] { return ::getpriority(PRIO_PROCESS, 0) != fresh.nice_value; }},
    {"processors",
     [] {
         cpu_set_t one;
         CPU_ZERO(&one);
         CPU_SET(0, &one);
         ::sched_setaffinity(0, sizeof one, &one);
     },
     [] {
         cpu_set_t now;
         ::sched_getaffinity(0, sizeof now, &now);
         return !CPU_EQUAL(&now, &fresh.processors);
     }},
    {"a name of a thread", [] { ::prctl(PR_SET_NAME, "left"); }, [] { return name_of_thread() == "left"; }},
    {"no new privileges", [] { ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); },
     [] { return ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1; }},
    {"a thread", [] { std::thread([] { number = 5; }).join(); }, [] { return false; }},
    {"a thread that stays", [] { std::thread([] { ::pause(); }).detach(); },
     [] {
         struct stat about {};
         ::stat("/proc/self/task", &about);
         return about.st_nlink > 3;
     }},
    {"a child",
     [] {
         const pid_t made = ::fork();
         if (made == 0) ::_exit(0);
         int how;
         ::waitpid(made, &how, 0);
     },
     [] { return false; }},
    {"a child that nobody waits for",
     [] {
         if (::fork() == 0) ::_exit(0);
     },
     [] { return ::waitpid(-1, nullptr, WNOHANG) != -1; }},
    {"a program", [] { CHECK(std::system("true") == 0); }, [] { return false; }},
    {"protected memory", [] { ::mprotect(whole_page(), 4096, PROT_READ); },
     [] {
         *static_cast<volatile char*>(whole_page()) = 0;
         return false;
     }},
    {"memory that is gone", [] { ::madvise(whole_page(), 4096, MADV_DONTNEED); }, [] { return false; }},
    {"a mapping of a file",
     [] {
         const int f = ::open("/proc/self/exe", O_RDONLY);
         ::mmap(nullptr, 4096, PROT_READ, MAP_PRIVATE, f, 0);
         ::close(f);
     },
     [] { return lowest_free() != lowest_when_fresh; }},
    {"locked memory", [] { ::mlock(whole_page(), 4096); }, [] { return false; }},
    {"a shorter heap", [] { CHECK(::sbrk(-4096) != nullptr); }, [] { return false; }},
    {"a stack for signals",
     [] {
         static char room[65536];
         stack_t own{};
         own.ss_sp = room;
         own.ss_size = sizeof room;
         ::sigaltstack(&own, nullptr);
         ++number;
     },
     [] { return number != 0; }},
    {"a session", [] { ::setsid(); }, [] { return ::getsid(0) == ::getpid() && ::getpgrp() != ::getpid(); }},
    {"setlocale",
     [] {
         ++number;
         ::setlocale(LC_ALL, "");
     },
     [] { return number != 0; }},
    {"localtime",
     [] {
         ++number;
         const std::time_t t = 0;
         ::localtime(&t);
     },
     [] { return number != 0; }},
    {"a time zone",
     [] {
         ::setenv("TZ", "Asia/Tokyo", 1);
         ::tzset();
     },
     [] { return ::getenv("TZ") != nullptr; }},
    {"a temporary folder", [] { CHECK(!std::string(cordon::temp_dir()).empty()); }, [] { return false; }},
    {"an environment variable of cordon", [] { cordon::set_env("LEFT_BY_A_TEST", "2"); },
     [] { return ::getenv("LEFT_BY_A_TEST") != nullptr; }},
    {"sleep",
     [] {
         ++number;
         ::usleep(100);
     },
     [] { return number != 0; }},
};

template <class Ways>
void look(const Ways& ways) {
    for (const way& each : ways) {
        INFO(each.name);
        CHECK_FALSE(each.found());
    }
}

std::vector<std::string> repeated(std::size_t count, int times) {
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < count * static_cast<std::size_t>(times); ++i)
        labels.push_back(std::to_string(i));
    return labels;
}

}  // namespace

TEST_CASE_PARAMS("memory", std::string at, repeated(std::size(of_memory), 3)) {
    look(of_memory);
    of_memory[std::stoul(at) % std::size(of_memory)].leave();
}

TEST_CASE_PARAMS("kernel", std::string at, repeated(std::size(of_kernel), 1)) {
    look(of_memory);
    of_kernel[std::stoul(at) % std::size(of_kernel)].leave();
}

// A test that ends its process as complete ones end has not come to its end.
TEST_CASE_PARAMS("leaves", std::string at, repeated(8, 1)) {
    (void)at;
    if (::getenv("LEAVE") != nullptr) std::exit(92);
}

// Harmless calls, so many that to stop each of them costs more than a process.
TEST_CASE_PARAMS("calls", std::string at, repeated(4, 1)) {
    for (int call = 0; call < 10'000; ++call)
        ::syscall(SYS_getppid);
    CHECK(at.size() == 1);
}

TEST_CASE_PARAMS("look", std::string at, repeated(20, 1)) {
    (void)at;
    look(of_memory);
    look(of_kernel);
}
