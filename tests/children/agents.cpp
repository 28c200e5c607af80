// Tests for runs with agents. MEETING names a folder in which tests that must not meet hold a place. OTHER_LIST makes
// another test list.

#include <cordon/cordon.hpp>

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <vector>

namespace {

std::vector<int> numbers() {
    std::vector<int> all;
    for (int i = 0; i < (getenv("OTHER_LIST") != nullptr ? 61 : 60); ++i)
        all.push_back(i);
    return all;
}

/// Holds one of `places` while it lives; fails if others hold all of them.
class meeting {
  public:
    explicit meeting(int places) {
        const char* folder = getenv("MEETING");
        if (folder == nullptr) return;
        for (int place = 0; place < places && path_.empty(); ++place) {
            const std::string path = std::string(folder) + "/" + std::to_string(places) + "-" + std::to_string(place);
            const int file = open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY, 0600);
            if (file < 0) continue;
            close(file);
            path_ = path;
        }
        CHECK_FALSE(path_.empty());
        usleep(20'000);
    }
    ~meeting() {
        if (!path_.empty()) unlink(path_.c_str());
    }

  private:
    std::string path_;
};

}  // namespace

TEST_CASE_PARAMS("many", int number, numbers()) {
    usleep(30'000);
    std::printf("this was %d\n", number);
    CHECK(number >= 0);
}

TEST_CASE_PARAMS(("one at a time", serial("one")), int number, 0, 1, 2, 3, 4, 5) {
    CHECK(number >= 0);
    const meeting alone(1);
}

TEST_CASE_PARAMS(("two at a time", resource("two", 2)), int number, 0, 1, 2, 3, 4, 5, 6, 7) {
    CHECK(number >= 0);
    const meeting of_two(2);
}

TEST_SUITE("with a setup") {
    SUITE_SETUP() {
        if (const char* file = getenv("SETUPS")) {
            const int log = open(file, O_WRONLY | O_APPEND | O_CREAT, 0600);
            if (write(log, "x", 1) < 0) abort();
            close(log);
        }
    }
    TEST_CASE_PARAMS("many", int number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9) {
        CHECK(number >= 0);
        usleep(5'000);
    }
}
