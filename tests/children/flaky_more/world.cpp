// What a service's tests take for granted: its folder, its user, its port, its machine.
#include <cordon/cordon.hpp>

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <locale>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "jitter.hpp"

using namespace more;

namespace {

std::string folder_now() {
    char text[4096];
    return getcwd(text, sizeof text) != nullptr ? text : "";
}

const std::string folder_of_start = folder_now();

class listener {
  public:
    explicit listener(int port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_port = htons(static_cast<std::uint16_t>(port));
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        listens_ = bind(socket_, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0 && listen(socket_, 1) == 0;
    }
    ~listener() { close(socket_); }
    bool listens() const { return listens_; }

  private:
    int socket_;
    bool listens_ = false;
};

/// A lock as daemons have it, under a fixed name.
bool with_lock_file(const char* name, int microseconds_held) {
    const int file = open(name, O_CREAT | O_RDWR, 0600);
    const bool locked = file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0;
    if (locked) nap(microseconds_held, microseconds_held + 500);
    if (file >= 0) close(file);
    return locked;
}

bool round_trip(const std::string& path, const std::string& text) {
    std::ofstream(path) << text;
    nap(1500, 2500);
    std::string read;
    std::getline(std::ifstream(path) >> std::ws, read);
    std::remove(path.c_str());
    return read == text;
}

struct local_day {
    int hour, day;
};
local_day local_day_of(std::time_t then) {
    const std::tm parts = *std::localtime(&then);
    return {parts.tm_hour, parts.tm_mday};
}

}  // namespace

TEST_SUITE("world") {
    TEST_CASE("server listens", tag("flaky"), tag("cause:interference"), tag("rate:5%")) {
        const listener server(48'713);
        nap(1500, 2500);
        CHECK(server.listens());
    }
    TEST_CASE("client finds a server", tag("flaky"), tag("cause:interference"), tag("rate:5%")) {
        const listener server(48'713);
        nap(1500, 2500);
        CHECK(server.listens());
    }

    TEST_CASE("daemon gets its lock", tag("flaky"), tag("cause:interference"), tag("rate:5%")) {
        CHECK(with_lock_file("/tmp/cordon-more-daemon.lock", 2000));
    }
    TEST_CASE("second daemon gets its lock", tag("flaky"), tag("cause:interference"), tag("rate:5%")) {
        CHECK(with_lock_file("/tmp/cordon-more-daemon.lock", 2000));
    }

    TEST_CASE("saves a document", tag("flaky"), tag("cause:interference"), tag("rate:4%")) {
        CHECK(round_trip("/tmp/cordon-more-document", "one"));
    }
    TEST_CASE("saves another document", tag("flaky"), tag("cause:interference"), tag("rate:4%")) {
        CHECK(round_trip("/tmp/cordon-more-document", "another"));
    }

    TEST_CASE("opens a connection for each client", tag("flaky"), tag("cause:descriptors"), tag("rate:10%")) {
        rlimit few{};
        getrlimit(RLIMIT_NOFILE, &few);
        if (few.rlim_cur > 100) few.rlim_cur = 100;
        setrlimit(RLIMIT_NOFILE, &few);
        std::vector<int> ends;
        const int clients = any_of(20, 52);
        for (int i = 0; i < clients; ++i) {
            int pair[2];
            REQUIRE(pipe(pair) == 0);
            ends.insert(ends.end(), pair, pair + 2);
        }
        for (const int each : ends)
            close(each);
    }

    TEST_CASE("backup begins at ten", tag("flaky"), tag("cause:time_zone"), tag("rate:elsewhere")) {
        CHECK(local_day_of(1'617'271'200).hour == 10);  // 2021-04-01 10:00 UTC
    }
    TEST_CASE("invoice is of the first", tag("flaky"), tag("cause:time_zone"), tag("rate:elsewhere")) {
        CHECK(local_day_of(1'609'498'800).day == 1);  // 2021-01-01 11:00 UTC
    }
    TEST_CASE("prints in the language of the user", tag("flaky"), tag("cause:locale"), tag("rate:elsewhere")) {
        CHECK(std::locale("").name() != "");
    }

    TEST_CASE("configuration is in the home folder", tag("flaky"), tag("cause:environment"), tag("rate:elsewhere")) {
        const char* home = std::getenv("HOME");
        REQUIRE(home != nullptr);
        DIR* folder = opendir(home);
        CHECK(folder != nullptr);
        if (folder != nullptr) closedir(folder);
    }
    TEST_CASE("group can read what is shared", tag("flaky"), tag("cause:environment"), tag("rate:elsewhere")) {
        const std::string path = std::string(cordon::temp_dir()) + "/shared";
        close(open(path.c_str(), O_CREAT | O_WRONLY, 0644));
        struct stat found {};
        REQUIRE(stat(path.c_str(), &found) == 0);
        CHECK((found.st_mode & 0777) == 0644);
    }
}

// ---- tests that share a process, if they have to ----

namespace {

int next_id() {
    static int last = 0;
    return ++last;
}

std::vector<std::string>& codecs() {
    static std::vector<std::string> all;
    return all;
}

int verbosity = 1;

}  // namespace

TEST_SUITE("shared") {
    TEST_CASE("draws some numbers", tag("cause:polluter")) {
        for (int i = 0; i < 4; ++i)
            CHECK(next_id() > 0);
    }
    TEST_CASE("first number is one", tag("flaky"), tag("cause:victim"), tag("rate:shared")) { CHECK(next_id() == 1); }

    TEST_CASE("goes to the root folder", tag("cause:polluter")) { CHECK(chdir("/") == 0); }
    TEST_CASE("stays where it was started", tag("flaky"), tag("cause:victim"), tag("rate:shared")) {
        CHECK(folder_now() == folder_of_start);
    }

    TEST_CASE("talks to a proxy", tag("cause:polluter")) { CHECK(setenv("MORE_PROXY", "localhost:3128", 1) == 0); }
    TEST_CASE("talks without a proxy", tag("flaky"), tag("cause:victim"), tag("rate:shared")) {
        CHECK(std::getenv("MORE_PROXY") == nullptr);
    }

    TEST_CASE("raises the verbosity", tag("cause:polluter")) { CHECK(++verbosity == 2); }
    TEST_CASE("is quiet", tag("flaky"), tag("cause:victim"), tag("rate:shared")) { CHECK(verbosity == 1); }

    TEST_CASE("registers a codec", tag("cause:setter")) { codecs().push_back("png"); }
    TEST_CASE("finds a codec", tag("flaky"), tag("cause:brittle"), tag("rate:shared")) {
        CHECK_FALSE(codecs().empty());
    }
}
