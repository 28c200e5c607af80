// A run with something of everything that the HTML page shows.

#include <cordon/cordon.hpp>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace {

void pass_time(int milliseconds) { usleep(static_cast<useconds_t>(milliseconds) * 1000); }

int attempt() { return atoi(getenv("CORDON_ATTEMPT")); }

std::string join(const std::vector<std::string>& words) {
    std::string joined;
    for (const std::string& word : words) {
        joined += (joined.empty() ? "" : "; ") + word;
    }
    return joined;
}

}  // namespace

TEST_SUITE("math") {
    TEST_CASE("sum adds", tag("fast")) { CHECK(2 + 2 == 4); }
    TEST_CASE("compares numbers", tag("fast")) {
        const int a = 2;
        CAPTURE(a);
        SUBCASE("two terms") {
            SUBCASE("positive") { CHECK(a + 2 == 5); }
        }
        CHECK_MESSAGE(1.5 < 1.0, "ratios are below one");
    }
    TEST_CASE("divides by zero", should_fail()) { raise(SIGFPE); }
    TEST_CASE("multiplies") {
        pass_time(3);
        CHECK(6 * 7 == 42);
    }
    TEST_CASE("adds up forever", timeout(0.1)) {
        for (volatile unsigned sum = 0;;)
            sum = sum + 1;
    }
}

TEST_SUITE("text") {
    TEST_CASE("joins words", tag("unicode")) {
        printf(
            "joining \x1b[1m3\x1b[0m words: \x1b[32malpha\x1b[0m \x1b[38;5;208mbeta\x1b[0m "
            "\x1b[48;2;40;60;120mgamma\x1b[0m\n");
        fprintf(stderr, "\x1b[33mwarning:\x1b[0m odd separator\n10%%\r50%%\r100%%\n");
        CHECK(join({"alpha", "beta", "gamma"}) == "alpha, beta, gamma");
    }
    TEST_CASE("keeps a poem as it is") {
        const std::string poem = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n";
        std::string copy = poem;
        copy.replace(copy.find("eight"), 5, "acht");
        CHECK(copy == poem);
    }
    TEST_CASE("sorts") {
        std::vector<int> values{100, 200, 300, 400, 500, 600, 700, 801, 900, 1000, 1100, 1200, 1300, 1400};
        std::vector<int> expected = values;
        expected[7] = 800;
        CHECK(values == expected);
    }
    TEST_CASE("prints a lot") {
        for (int i = 0; i < 2000; ++i) {
            printf("line %d\n", i);
        }
        CHECK(false);
    }
}

TEST_SUITE("net") {
    TEST_CASE("connects", tag("net"), retries(2)) {
        pass_time(20);
        printf("attempt %d\n", attempt());
        CHECK_MESSAGE(attempt() > 2, "no answer from the server");
    }
    TEST_CASE("waits for the server", tag("net"), tag("slow"), timeout(0.25)) {
        printf("waiting\n");
        fflush(stdout);
        pass_time(60'000);
    }
    TEST_CASE("needs a network", tag("net")) { SKIP("no route to the host"); }
    TEST_CASE("speaks TLS", tag("net"), todo("after the release")) {}
    TEST_SUITE("http") {
        TEST_CASE("parses a header") {
            pass_time(12);
            CHECK(true);
        }
        TEST_CASE("throws on nonsense") { throw std::runtime_error("nonsense"); }
    }
}

TEST_SUITE("memory") {
    TEST_CASE("reads a freed block") {
        fprintf(stderr, "about to read\n");
        raise(SIGSEGV);
    }
    TEST_CASE("was broken once", should_fail()) { CHECK(true); }
    TEST_CASE("is quarantined", quarantine("issue 12")) { CHECK(false); }
    TEST_CASE("ends in the middle") { _exit(3); }
}

TEST_SUITE("hostile <b>suite</b>") {
    TEST_CASE("</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">",
              tag("<i>&amp;")) {
        INFO("<!-- <script> info");
        printf("</script><script>document.title='owned'</script> <!-- -->\n");
        const std::string text = "</script><b>";
        CHECK(text == "<script>");
    }
    TEST_CASE("turned \u202eback\u202c, bell \a, escape \x1b[31m, no UTF-8 \xff, two\nlines") {
        printf("\x1b[2J\x1b]0;title\a nul \xff\xfe \u202eback\n");
        CHECK(false);
    }
    TEST_CASE("it's \"quoted\" \\ $HOME `id` * ? (a) | & !") { CHECK(false); }
    TEST_CASE("") { CHECK(false); }
}
