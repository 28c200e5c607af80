// A hundred tests that are not flaky, though some do what flaky ones do: threads, sleeps, files, sockets, random
// numbers.
#include <cordon/cordon.hpp>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#define TEN_TESTS(name, body)    \
    ONE_TEST(name " 0", body, 0) \
    ONE_TEST(name " 1", body, 1) \
    ONE_TEST(name " 2", body, 2) \
    ONE_TEST(name " 3", body, 3) \
    ONE_TEST(name " 4", body, 4) \
    ONE_TEST(name " 5", body, 5) \
    ONE_TEST(name " 6", body, 6) \
    ONE_TEST(name " 7", body, 7) \
    ONE_TEST(name " 8", body, 8) \
    ONE_TEST(name " 9", body, 9)
#define ONE_TEST(name, body, n) \
    TEST_CASE(name, tag("stable")) { body(n); }

namespace {

void adds(int n) { CHECK(n + n == 2 * n); }

void sorts(int n) {
    std::mt19937 random(static_cast<unsigned>(n));
    std::vector<unsigned long> values(200);
    for (unsigned long& each : values)
        each = random();
    std::sort(values.begin(), values.end());
    CHECK(std::is_sorted(values.begin(), values.end()));
}

void joins_text(int n) {
    std::string text;
    for (int i = 0; i < n; ++i)
        text += "x";
    CHECK(text.size() == static_cast<std::size_t>(n));
}

void counts_in_threads(int n) {
    std::atomic<int> count{0};
    std::thread a([&] { count += n; }), b([&] { count += n; });
    a.join();
    b.join();
    CHECK(count == 2 * n);
}

void waits_for_a_condition(int n) {
    std::mutex mutex;
    std::condition_variable ready;
    int value = -1;
    std::thread other([&] {
        usleep(static_cast<unsigned>(n) * 50);
        const std::lock_guard<std::mutex> lock(mutex);
        value = n;
        ready.notify_one();
    });
    std::unique_lock<std::mutex> lock(mutex);
    ready.wait(lock, [&] { return value >= 0; });
    lock.unlock();
    other.join();
    CHECK(value == n);
}

void writes_a_file(int n) {
    const std::string path = std::string(cordon::temp_dir()) + "/file";
    std::FILE* file = std::fopen(path.c_str(), "w");
    REQUIRE(file != nullptr);
    std::fprintf(file, "%d", n);
    std::fclose(file);
    file = std::fopen(path.c_str(), "r");
    REQUIRE(file != nullptr);
    int read = -1;
    CHECK(std::fscanf(file, "%d", &read) == 1);
    std::fclose(file);
    CHECK(read == n);
}

void binds_any_port(int) {
    const int made = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in where {};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(bind(made, reinterpret_cast<struct sockaddr*>(&where), sizeof where) == 0);
    close(made);
}

void sets_its_environment(int n) {
    const std::string value = std::to_string(n);
    CHECK(setenv("STABLE_VALUE", value.c_str(), 1) == 0);
    CHECK(std::getenv("STABLE_VALUE") == value);
    unsetenv("STABLE_VALUE");
}

void sleeps_a_little(int n) { CHECK(usleep(static_cast<unsigned>(n) * 100) == 0); }

void fills_memory(int n) {
    auto* block = static_cast<unsigned char*>(std::malloc(100'000));
    std::memset(block, n, 100'000);
    CHECK(block[99'999] == n);
    std::free(block);
}

}  // namespace

TEST_SUITE("stable") {
    TEN_TESTS("adds", adds)
    TEN_TESTS("sorts", sorts)
    TEN_TESTS("joins text", joins_text)
    TEN_TESTS("counts in threads", counts_in_threads)
    TEN_TESTS("waits for a condition", waits_for_a_condition)
    TEN_TESTS("writes a file", writes_a_file)
    TEN_TESTS("binds any port", binds_any_port)
    TEN_TESTS("sets its environment", sets_its_environment)
    TEN_TESTS("sleeps a little", sleeps_a_little)
    TEN_TESTS("fills memory", fills_memory)
}
