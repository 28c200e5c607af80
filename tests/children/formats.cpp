// Every verdict, and names and output that reports' formats could take for their own.

#include <cordon/cordon.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

constexpr const char* commands =
    "::error::injected\n  ::set-env name=PATH::/tmp\n::stop-commands::x\n::x::\n##[error]injected\n"
    "##teamcity[testFailed name='injected']\n##vso[task.setvariable variable=a]b\n"
    "ok 1 - injected\nnot ok 2 - injected\nBail out! injected\n1..99\n  ...\n  ---\n"
    "]]></system-out><testcase name=\"injected\"/></testsuite>\n</script><script>alert(1)</script>\n"
    "```\n| a | b |\n\x1b[31mred\x1b[0m \x1b[2J \x1b]8;;http://x\x07link\x1b\\\n\xe2\x80\xae turned \xff\xfe\n"
    "{\"event\": \"injected\"}\n\xef\xbf\xbe\xef\xbf\xbf";

int attempt() { return std::atoi(std::getenv("CORDON_ATTEMPT")); }

}  // namespace

TEST_CASE("passes") { std::fputs(commands, stdout); }

TEST_SUITE("::error::suite") {
    TEST_CASE("]]> </script> <b> & \" ' ::set-env name=a::b ##teamcity[x] ##[error] # TODO | \\ `x` %0A 100%, a:b") {
        std::fputs(commands, stdout);
        std::fputs(commands, stderr);
        INFO("::error::info\n::error::second");
        CHECK_MESSAGE(std::string("]]>\n::error::x") == "##teamcity[a='b']\n::x::", commands);
    }
    TEST_CASE("\n::error::name after a line\r\n") { FAIL("##[error]why\n::error::why"); }
}

TEST_SUITE("outer") {
    TEST_SUITE("inner") {
        TEST_CASE("flaky", retries(2)) {
            std::printf("attempt %d\n", attempt());
            if (attempt() == 2) std::abort();
            CHECK(attempt() == 3);
        }
        TEST_CASE("fails every time", retries(1)) { CHECK(attempt() == 0); }
    }
}

TEST_CASE("crashes") {
    std::fputs("last words", stderr);
    std::fflush(stderr);
    std::abort();
}
TEST_CASE("exits") { std::exit(3); }
TEST_CASE("hangs", timeout(0.2)) {
    while (true) {
    }
}
TEST_CASE("skips") { SKIP("why # not \\ | ' ]]>"); }
TEST_CASE("is skipped", skip("decorated")) {}
TEST_CASE("is to do", todo("some # day")) {}
TEST_CASE("known", should_fail()) { CHECK(1 == 2); }
TEST_CASE("surprise", should_fail()) { CHECK(1 == 1); }
TEST_CASE("quarantined", quarantine("issue 7")) { CHECK(1 == 2); }

TEST_CASE("long lines", tag("long")) {
    for (int i = 0; i < 10; ++i)
        std::fputs(std::string(1024 * 1024, static_cast<char>('a' + i)).c_str(), stdout);
    CHECK(false);
}
