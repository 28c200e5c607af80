// Tests with names and decorators that CTest must not misread. The variable SEEN names a file to which each that runs
// adds its name and a separator.

#include <cordon/cordon.hpp>

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

void seen() {
    const char* path = std::getenv("SEEN");
    std::FILE* file = path != nullptr ? std::fopen(path, "a") : nullptr;
    if (file == nullptr) return;
    std::fprintf(file, "%s\x1e", std::getenv("CORDON_TEST_NAME"));
    std::fclose(file);
}

bool is(const char* variable, const char* value) {
    const char* present = std::getenv(variable);
    return present != nullptr && std::strcmp(present, value) == 0;
}

// A program may speak before and after cordon does, also about CMake.
struct talker {
    talker() {
        std::puts("before ]] \" ) ${x} cordon_test(\"no test\")");
        std::fflush(stdout);
    }
    ~talker() { std::puts("after [[ ("); }
};
const talker talks;

}  // namespace

TEST_CASE("plain") { seen(); }
TEST_CASE("spaces  two") { seen(); }
TEST_CASE(" space at both ends ") { seen(); }
TEST_CASE("comma, and, more") { seen(); }
TEST_CASE("\"double\" and 'single'") { seen(); }
TEST_CASE("[brackets") { seen(); }
TEST_CASE("]=] brackets ]====] ]]") { seen(); }
TEST_CASE("semi;colon;") { seen(); }
TEST_CASE("$dollar ${x} $ENV{HOME} @at@ $<GENEX>") { seen(); }
TEST_CASE("back\\slash \\n \\") { seen(); }
TEST_CASE("(parens) # comment") { seen(); }
TEST_CASE("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80") { seen(); }
TEST_CASE("broken \xFF utf-8") { seen(); }
TEST_CASE("line\nbreak\tand\r\x1b[31m") { seen(); }
TEST_CASE("--help") { seen(); }
TEST_CASE("=equals") { seen(); }
TEST_CASE("@file") { seen(); }
TEST_CASE("star * and ? and %") { seen(); }
TEST_CASE("plain and longer") { seen(); }

// Names that select others too, if one is not careful.
TEST_SUITE("plain", tag("in suite")) {
    TEST_CASE("plain") { seen(); }
    TEST_CASE("plain/plain") { seen(); }
    TEST_SUITE("deep") {
        TEST_CASE("plain") { seen(); }
    }
}

TEST_CASE("fails", tag("bad")) {
    seen();
    CHECK(1 == 2);
}
TEST_CASE("crashes", tag("bad")) {
    seen();
    std::abort();
}
TEST_CASE("skips itself") { SKIP("not today"); }
TEST_CASE("is skipped", skip("not here")) {}
TEST_CASE("is to do", todo("later")) {}
TEST_CASE("should fail", should_fail()) { CHECK(1 == 2); }

TEST_CASE("labels", tag("a b"), tag("semi;colon"), tag("[bracket"), tag("back\\")) {}
TEST_CASE("limited", timeout(1.5), retries(2)) {}
TEST_CASE("unlimited", timeout(0)) {}
TEST_CASE("wide", threads(3)) {}
TEST_CASE("alone", exclusive()) {}
TEST_CASE("in turn", serial("a;group"), resource("single", 1), resource("several", 4)) {}
TEST_CASE("in any turn", serial()) {}
TEST_CASE("[.] is hidden", "[.]") { FAIL("runs only if it is named"); }

TEST_CASE("given", tag("given")) {
    seen();
    if (!is("LISTED", "x")) return;
    CHECK(is("OTHER", "y"));
    CHECK(is("GIVEN", "a;b c$d"));
    char folder[4096] = "";
    CHECK(getcwd(folder, sizeof folder) != nullptr);
    CHECK(std::string(folder).find("/place") != std::string::npos);
}
