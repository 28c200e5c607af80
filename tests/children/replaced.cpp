// A test that crashes when it is told to, in a program whose file may be another one by then.

#include <cordon/cordon.hpp>

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <string>

namespace {

__attribute__((noinline)) void write_through(volatile int* nowhere) { *nowhere = 1; }

}  // namespace

TEST_CASE("crashes when it is told") {
    const std::string log = getenv("LOG");
    close(open((log + ".here").c_str(), O_WRONLY | O_CREAT, 0666));
    while (access((log + ".go").c_str(), F_OK) != 0)
        usleep(10'000);
    write_through(nullptr);
    CHECK(1 == 1);  // so that the call is not the last
}
