// Tests that look like the others here, and are right: they wait for what they need, share nothing, and ask for nothing
// that their surroundings decide.
#include <cordon/cordon.hpp>

#include <algorithm>
#include <atomic>
#include <clocale>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <queue>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "jitter.hpp"

using namespace more;

namespace {

class inbox {
  public:
    void put(int value) {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            values_.push(value);
        }
        filled_.notify_one();
    }
    int take() {
        std::unique_lock<std::mutex> lock(mutex_);
        filled_.wait(lock, [this] { return !values_.empty(); });
        const int value = values_.front();
        values_.pop();
        return value;
    }

  private:
    std::mutex mutex_;
    std::condition_variable filled_;
    std::queue<int> values_;
};

template <class Work>
void run_all(int size, Work work) {
    std::vector<std::thread> crew;
    for (int i = 0; i < size; ++i)
        crew.emplace_back(work, i);
    for (std::thread& each : crew)
        each.join();
}

std::string own_file(const char* name) { return std::string(cordon::temp_dir()) + "/" + name; }

void write_text(const std::string& path, const std::string& text) { std::ofstream(path) << text; }
std::string read_text(const std::string& path) {
    std::string line;
    std::ifstream file(path);
    std::getline(file, line);
    return line;
}

std::tm utc(std::time_t then) {
    std::tm parts{};
    gmtime_r(&then, &parts);
    return parts;
}

std::atomic<int> signals_seen{0};

}  // namespace

TEST_SUITE("waits rightly") {
    TEST_CASE("gets a future", tag("stable")) {
        auto answer = std::async(std::launch::async, [] {
            nap(100, 900);
            return 42;
        });
        CHECK(answer.get() == 42);
    }
    TEST_CASE("takes what is put", tag("stable")) {
        inbox box;
        std::thread other([&box] {
            nap(50, 500);
            box.put(5);
        });
        CHECK(box.take() == 5);
        other.join();
    }
    TEST_CASE("takes in order", tag("stable")) {
        inbox box;
        std::thread other([&box] {
            for (int i = 0; i < 20; ++i)
                box.put(i);
        });
        for (int i = 0; i < 20; ++i)
            CHECK(box.take() == i);
        other.join();
    }
    TEST_CASE("polls with a generous limit", tag("stable")) {
        std::atomic<bool> done{false};
        std::thread other([&done] {
            nap(100, 1500);
            done = true;
        });
        const auto end = steady_clock::now() + std::chrono::seconds(30);
        while (!done && steady_clock::now() < end)
            std::this_thread::sleep_for(microseconds(200));
        other.join();
        CHECK(done);
    }
    TEST_CASE("a nap takes at least its time", tag("stable")) {
        const auto begin = steady_clock::now();
        std::this_thread::sleep_for(milliseconds(1));
        CHECK(steady_clock::now() - begin >= milliseconds(1));
    }
    TEST_CASE("ends long before its limit", timeout(20.0), tag("stable")) { nap(500, 3000); }
    TEST_CASE("promise is kept", tag("stable")) {
        std::promise<std::string> promise;
        std::thread other([&promise] { promise.set_value("kept"); });
        CHECK(promise.get_future().get() == "kept");
        other.join();
    }
    TEST_CASE("two threads in turns", tag("stable")) {
        inbox there, back;
        std::thread other([&] {
            for (int i = 0; i < 10; ++i)
                back.put(there.take() + 1);
        });
        for (int i = 0; i < 10; ++i) {
            there.put(i);
            CHECK(back.take() == i + 1);
        }
        other.join();
    }
    TEST_CASE("waits for a child process", tag("stable")) {
        const pid_t child = fork();
        if (child == 0) {
            usleep(500);
            _exit(3);
        }
        int status = 0;
        REQUIRE(waitpid(child, &status, 0) == child);
        CHECK(WEXITSTATUS(status) == 3);
    }
    TEST_CASE("reads what a pipe brings", tag("stable")) {
        int ends[2];
        REQUIRE(pipe(ends) == 0);
        std::thread other([&ends] {
            nap(50, 600);
            const char sent = 'x';
            if (write(ends[1], &sent, 1) != 1) std::abort();
        });
        char got = 0;
        CHECK(read(ends[0], &got, 1) == 1);
        CHECK(got == 'x');
        other.join();
        close(ends[0]);
        close(ends[1]);
    }
}

TEST_SUITE("shares rightly") {
    TEST_CASE("atomic counter", tag("stable")) {
        std::atomic<long> count{0};
        run_all(4, [&count](int) {
            for (int i = 0; i < 1000; ++i)
                ++count;
        });
        CHECK(count == 4000);
    }
    TEST_CASE("locked counter", tag("stable")) {
        std::mutex mutex;
        long count = 0;
        run_all(3, [&](int) {
            for (int i = 0; i < 300; ++i) {
                const std::lock_guard<std::mutex> lock(mutex);
                ++count;
            }
        });
        CHECK(count == 900);
    }
    TEST_CASE("made once", tag("stable")) {
        std::once_flag once;
        std::atomic<int> made{0};
        run_all(4, [&](int) { std::call_once(once, [&made] { ++made; }); });
        CHECK(made == 1);
    }
    TEST_CASE("static of a function", tag("stable")) {
        std::atomic<int> made{0};
        const auto instance = [&made]() -> int& {
            static int value = ++made;
            return value;
        };
        run_all(3, [&](int) { instance(); });
        CHECK(made == 1);
    }
    TEST_CASE("lines are sorted before they are compared", tag("stable")) {
        std::mutex mutex;
        std::vector<int> lines;
        run_all(4, [&](int i) {
            spin(any_of(100, 20'000));
            const std::lock_guard<std::mutex> lock(mutex);
            lines.push_back(i);
        });
        std::sort(lines.begin(), lines.end());
        CHECK(lines == std::vector<int>{0, 1, 2, 3});
    }
    TEST_CASE("each thread has its own", tag("stable")) {
        static thread_local int own = 0;
        std::atomic<int> wrong{0};
        run_all(3, [&wrong](int i) {
            own = i;
            std::this_thread::yield();
            if (own != i) ++wrong;
        });
        CHECK(wrong == 0);
    }
    TEST_CASE("compare and exchange", tag("stable")) {
        std::atomic<int> owner{-1};
        std::atomic<int> winners{0};
        run_all(4, [&](int i) {
            int nobody = -1;
            if (owner.compare_exchange_strong(nobody, i)) ++winners;
        });
        CHECK(winners == 1);
    }
    TEST_CASE("locks in one order", tag("stable")) {
        std::mutex a, b;
        int sum = 0;
        run_all(2, [&](int) {
            for (int i = 0; i < 50; ++i) {
                const std::lock_guard<std::mutex> first(a);
                const std::lock_guard<std::mutex> second(b);
                ++sum;
            }
        });
        CHECK(sum == 100);
    }
    TEST_CASE("released and acquired", tag("stable")) {
        int data = 0;
        std::atomic<bool> ready{false};
        std::thread writer([&] {
            data = 7;
            ready.store(true, std::memory_order_release);
        });
        while (!ready.load(std::memory_order_acquire))
            std::this_thread::yield();
        CHECK(data == 7);
        writer.join();
    }
    TEST_CASE("handles a signal of its own", tag("stable")) {
        std::signal(SIGUSR2, [](int) { ++signals_seen; });
        for (int i = 0; i < 5; ++i)
            CHECK(std::raise(SIGUSR2) == 0);
        CHECK(signals_seen == 5);
    }
}

TEST_SUITE("remembers rightly") {
    TEST_CASE("zeroed block", tag("stable")) {
        auto* block = static_cast<unsigned char*>(std::calloc(1, 5000));
        CHECK(block[2500] == 0);
        std::free(block);
    }
    TEST_CASE("struct with defaults", tag("stable")) {
        struct options {
            bool verbose = false;
            int level = 3;
        };
        const auto made = std::make_unique<options>();
        CHECK_FALSE(made->verbose);
        CHECK(made->level == 3);
    }
    TEST_CASE("zeroed array on the stack", tag("stable")) {
        char text[10'000] = {};
        CHECK(std::strlen(text) == 0);
    }
    TEST_CASE("hash map, read by its keys", tag("stable")) {
        std::unordered_map<const void*, int> all;
        int a = 0;
        const auto b = std::make_unique<int>(0);
        all[&a] = 1;
        all[b.get()] = 2;
        CHECK(all[&a] == 1);
        CHECK(all[b.get()] == 2);
    }
    TEST_CASE("pointers in a set", tag("stable")) {
        std::set<const int*> all;
        std::vector<std::unique_ptr<int>> kept;
        for (int i = 0; i < 30; ++i) {
            kept.push_back(std::make_unique<int>(i));
            all.insert(kept.back().get());
        }
        CHECK(all.size() == 30);
    }
    TEST_CASE("names in an ordered map", tag("stable")) {
        const std::map<std::string, int> all{{"b", 2}, {"a", 1}, {"c", 3}};
        CHECK(all.begin()->first == "a");
    }
    TEST_CASE("index into a grown vector", tag("stable")) {
        std::vector<int> values{1, 2, 3};
        const std::size_t second = 1;
        for (int i = 0; i < 5000; ++i)
            values.push_back(i);
        CHECK(values[second] == 2);
    }
    TEST_CASE("weak pointer", tag("stable")) {
        auto owner = std::make_shared<int>(4);
        const std::weak_ptr<int> seen = owner;
        owner.reset();
        CHECK(seen.expired());
    }
    TEST_CASE("aligned storage", tag("stable")) {
        const auto made = std::make_unique<double[]>(100);
        CHECK(reinterpret_cast<std::uintptr_t>(made.get()) % alignof(double) == 0);
    }
    TEST_CASE("text built in a large buffer", tag("stable")) {
        std::string text(300'000, 'x');
        text.append("end");
        CHECK(text.size() == 300'003);
    }
}

TEST_SUITE("asks for nothing") {
    TEST_CASE("any port", tag("stable")) {
        const int made = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        CHECK(bind(made, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0);
        CHECK(listen(made, 1) == 0);
        close(made);
    }
    TEST_CASE("file in its own folder", tag("stable")) {
        write_text(own_file("document"), "one");
        nap(300, 900);
        CHECK(read_text(own_file("document")) == "one");
    }
    TEST_CASE("file of the same name, elsewhere", tag("stable")) {
        write_text(own_file("document"), "another");
        nap(300, 900);
        CHECK(read_text(own_file("document")) == "another");
    }
    TEST_CASE("mode set after creation", tag("stable")) {
        const int file = open(own_file("shared").c_str(), O_CREAT | O_WRONLY, 0600);
        REQUIRE(file >= 0);
        CHECK(fchmod(file, 0644) == 0);
        struct stat found {};
        CHECK(fstat(file, &found) == 0);
        CHECK((found.st_mode & 0777) == 0644);
        close(file);
    }
    TEST_CASE("date in universal time", tag("stable")) {
        CHECK(utc(1'617'271'200).tm_hour == 10);
        CHECK(utc(1'609'498'800).tm_mday == 1);
    }
    TEST_CASE("number with a point", tag("stable")) {
        CHECK(std::strtod("1.5", nullptr) == 1.5);
        char text[20];
        std::snprintf(text, sizeof text, "%.2f", 2.25);
        CHECK(std::string(text) == "2.25");
    }
    TEST_CASE("environment of its own", tag("stable")) {
        CHECK(setenv("MORE_OWN", "1", 1) == 0);
        CHECK(std::string(std::getenv("MORE_OWN")) == "1");
        CHECK(unsetenv("MORE_OWN") == 0);
    }
    TEST_CASE("opens and closes", tag("stable")) {
        for (int i = 0; i < 200; ++i) {
            const int file = open("/dev/null", O_RDONLY);
            REQUIRE(file >= 0);
            close(file);
        }
    }
    TEST_CASE("working folder and back", tag("stable")) {
        char before[4096];
        REQUIRE(getcwd(before, sizeof before) != nullptr);
        CHECK(chdir(cordon::temp_dir()) == 0);
        CHECK(chdir(before) == 0);
    }
    TEST_CASE("home may be missing", tag("stable")) {
        const char* home = std::getenv("HOME");
        DIR* folder = home != nullptr ? opendir(home) : nullptr;
        if (folder != nullptr) closedir(folder);
        CHECK(true);
    }
    TEST_CASE("locale may be missing", tag("stable")) {
        if (std::setlocale(LC_ALL, "") == nullptr) CHECK(std::setlocale(LC_ALL, "C") != nullptr);
        CHECK(true);
    }
    TEST_CASE("mask is put back", tag("stable")) {
        const mode_t before = umask(027);
        CHECK(umask(before) == 027);
    }
}

TEST_SUITE("holds always") {
    TEST_CASE("fixed seed", tag("stable")) {
        std::mt19937 random(5489);
        random.discard(9999);
        CHECK(random() == 4123659995u);
    }
    TEST_CASE("shuffle keeps the sum", tag("stable")) {
        std::vector<int> deck(52);
        std::iota(deck.begin(), deck.end(), 0);
        std::shuffle(deck.begin(), deck.end(), std::random_device());
        CHECK(std::accumulate(deck.begin(), deck.end(), 0) == 51 * 26);
    }
    TEST_CASE("sorts whatever is drawn", tag("stable")) {
        std::mt19937 random(std::random_device{}());
        std::vector<unsigned> values(300);
        for (unsigned& each : values)
            each = static_cast<unsigned>(random());
        std::sort(values.begin(), values.end());
        CHECK(std::is_sorted(values.begin(), values.end()));
    }
    TEST_CASE("steady clock is steady", tag("stable")) {
        auto before = steady_clock::now();
        for (int i = 0; i < 300; ++i) {
            const auto now = steady_clock::now();
            CHECK(now >= before);
            before = now;
        }
    }
    TEST_CASE("stamps differ by little or more", tag("stable")) {
        const std::time_t before = std::time(nullptr);
        nap(300, 900);
        CHECK(std::time(nullptr) >= before);
    }
    TEST_CASE("seed is handed on", tag("stable")) {
        const char* text = std::getenv("CORDON_SEED");
        std::minstd_rand a(text != nullptr ? static_cast<unsigned>(std::strtoull(text, nullptr, 10)) : 1);
        std::minstd_rand b = a;
        CHECK(a() == b());
    }
    TEST_CASE("process has a number", tag("stable")) { CHECK(getpid() > 1); }
    TEST_CASE("mean within six deviations", tag("stable")) {
        std::mt19937 random(std::random_device{}());
        double sum = 0;
        for (int i = 0; i < 400; ++i)
            sum += std::generate_canonical<double, 32>(random);
        CHECK(sum > 155);
        CHECK(sum < 245);
    }
}
