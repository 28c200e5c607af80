// Each way in which a test's process can end on Windows, and what else a test can do there.

#include <cordon/cordon.hpp>

#include <windows.h>

#include <io.h>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

std::wstring own_program() {
    wchar_t path[1024];
    return {path, GetModuleFileNameW(nullptr, path, 1024)};
}

/// Starts a process that sleeps for a minute. Returns its id.
DWORD start_sleeper() {
    std::wstring line = L"sleeper.exe --sleep";
    STARTUPINFOW start{};
    start.cb = sizeof start;
    PROCESS_INFORMATION made{};
    SetEnvironmentVariableW(L"ENDINGS_SLEEP", L"1");
    if (!CreateProcessW(own_program().c_str(), &line[0], nullptr, nullptr, FALSE, 0, nullptr, nullptr, &start, &made))
        return 0;
    SetEnvironmentVariableW(L"ENDINGS_SLEEP", nullptr);
    CloseHandle(made.hThread);
    CloseHandle(made.hProcess);
    return made.dwProcessId;
}

// Before main(): the process that start_sleeper() starts is this program too.
const bool slept = [] {
    if (GetEnvironmentVariableW(L"ENDINGS_SLEEP", nullptr, 0) == 0) return false;
    Sleep(60'000);
    ExitProcess(0);
}();

int depth(volatile char* above, int level) {
    volatile char room[4096];
    room[0] = above != nullptr ? above[0] : 'x';
    return level < 0 ? 0 : depth(room, level + 1) + room[0];
}

volatile int zero = 0;

void throw_on_purpose() { throw std::runtime_error("nobody catches this"); }

struct closes_badly {
    ~closes_badly() {
        if (armed) std::_Exit(9);
    }
    bool armed = false;
} at_exit;

}  // namespace

TEST_CASE("passes") { CHECK(2 + 2 == 4); }
TEST_CASE("fails") {
    const int two = 2;
    CHECK(two == 3);
}
TEST_CASE("throws") { throw std::runtime_error("thrown on purpose"); }
TEST_CASE("reads nowhere") {
    CHECK(true);
    *reinterpret_cast<volatile int*>(std::uintptr_t{0x1230}) = 1;
}
TEST_CASE("divides by zero") { zero = 7 / zero; }
TEST_CASE("aborts") { std::abort(); }
TEST_CASE("terminates") { std::terminate(); }
TEST_CASE("throws in a noexcept function") {
    []() noexcept { throw_on_purpose(); }();
}
TEST_CASE("overflows its stack") { zero = depth(nullptr, 1); }
TEST_CASE("raises an exception of its own") { RaiseException(0xC0000374, EXCEPTION_NONCONTINUABLE, 0, nullptr); }
TEST_CASE("handles SIGSEGV itself") {
    std::signal(SIGSEGV, [](int) { std::_Exit(41); });
    *reinterpret_cast<volatile int*>(std::uintptr_t{0x1230}) = 1;
}
TEST_CASE("exits with 0") { std::exit(0); }
TEST_CASE("exits with a long code") { ExitProcess(123456789); }
TEST_CASE("exits with -1") { ExitProcess(static_cast<UINT>(-1)); }
TEST_CASE("is terminated from outside") { TerminateProcess(GetCurrentProcess(), 77); }
TEST_CASE("ends badly after it passed") { at_exit.armed = true; }
TEST_CASE("hangs", timeout(0.5)) { Sleep(60'000); }
TEST_CASE("spins", timeout(0.5)) {
    while (zero == 0) {
    }
}
TEST_CASE("skips") { SKIP("not today"); }
TEST_CASE("should fail and does", should_fail()) { CHECK(false); }
TEST_CASE("prints to both streams") {
    std::printf("to out\n");
    std::fprintf(stderr, "to err\n");
    CHECK(false);
}
TEST_CASE("prints before it crashes") {
    std::printf("printed before the crash");
    *reinterpret_cast<volatile int*>(std::uintptr_t{0x1230}) = 1;
}
TEST_CASE("prints a megabyte") {
    const std::string line = std::string(1023, 'x') + "\n";
    for (int i = 0; i < 1024; ++i)
        std::fwrite(line.data(), 1, line.size(), stdout);
    CHECK(false);
}
TEST_CASE("leaves a process behind") {
    const DWORD id = start_sleeper();
    REQUIRE(id != 0);
    std::printf("sleeper %lu\n", id);
}
TEST_CASE("crashes with a process behind it") {
    std::printf("sleeper %lu\n", start_sleeper());
    *reinterpret_cast<volatile int*>(std::uintptr_t{0x1230}) = 1;
}
TEST_CASE("leaves a file open") {
    std::FILE* file = std::fopen((std::string(cordon::temp_dir()) + "/open.txt").c_str(), "w");
    REQUIRE(file != nullptr);
}
TEST_CASE("changes its surroundings") {
    SetCurrentDirectoryA("C:\\");
    _putenv("ENDINGS_CHANGED=1");
}
TEST_CASE("finds its folder and variables") {
    const std::string folder = cordon::temp_dir();
    std::ofstream(folder + "/file.txt") << "text";
    CHECK(GetFileAttributesA(folder.c_str()) != INVALID_FILE_ATTRIBUTES);
    CHECK(std::string(std::getenv("CORDON_TEST_NAME")) == "finds its folder and variables");
    CHECK(std::getenv("CORDON_SLOT") != nullptr);
    CHECK(std::getenv("CORDON_PRIVATE_WORKER") == nullptr);
    std::printf("folder %s\n", folder.c_str());
}
TEST_CASE("reads an empty input") { CHECK(std::getchar() == EOF); }
TEST_CASE("is alone in its process") {
    static int runs = 0;
    CHECK(++runs == 1);
}
TEST_CASE("is alone again") {
    static int& runs = *new int(0);
    CHECK(++runs == 1);
}
TEST_CASE("holds a port") { CHECK(cordon::free_port() >= 20000); }
TEST_CASE("runs threads") {
    int sum = 0;
    std::thread other([&] { sum = 42; });
    other.join();
    CHECK(sum == 42);
}
TEST_CASE("crashes in a thread") {
    std::thread other([] { *reinterpret_cast<volatile int*>(std::uintptr_t{0x1230}) = 1; });
    other.join();
}
TEST_CASE("has leaves that crash") {
    SUBCASE("first") { CHECK(true); }
    SUBCASE("second") { std::abort(); }
    SUBCASE("third") { CHECK(true); }
}
TEST_CASE("\xc3\xa4\xc3\xb6 \xe2\x82\xac prints UTF-8") {
    std::printf("gr\xc3\xbc\xc3\x9f\n");
    CHECK(false);
}
TEST_CASE("checks an exit") {
    CHECK_EXITS(cordon::with_code(3), { std::exit(3); });
}
