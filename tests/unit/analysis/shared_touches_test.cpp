#include <doctest/doctest.h>
#include <cordon/engine/analysis/shared_touches.hpp>

#include <string>

using namespace cordon::engine;
using analysis::shared_touches;

namespace {

std::string text_of(const vector<analysis::touching_pair>& pairs) {
    std::string text;
    for (const analysis::touching_pair& each : pairs)
        text += std::to_string(each.a) + "-" + std::to_string(each.b) + " " + each.what + "; ";
    return text;
}

void use(shared_touches& of, std::size_t test, const std::string& what, unsigned times = 2) {
    for (unsigned pass = 0; pass < times; ++pass)
        of.add(test, pass, what);
}

}  // namespace

TEST_CASE("tests with a file or port in common are a pair") {
    shared_touches seen;
    use(seen, 7, "/tmp/scores");
    use(seen, 3, "/tmp/scores");
    use(seen, 4, "/tmp/other");
    use(seen, 5, "tcp port 8080");
    use(seen, 6, "tcp port 8081");
    CHECK(text_of(seen.pairs(10)) == "3-7 /tmp/scores; ");
}

TEST_CASE("numbers in names of files differ from run to run, ports are other ones") {
    shared_touches seen;
    use(seen, 1, "/tmp/report-1764451200.txt");
    use(seen, 2, "/tmp/report-1764451203.txt");
    use(seen, 3, "udp port 1");
    use(seen, 4, "udp port 2");
    CHECK(text_of(seen.pairs(10)) == "1-2 /tmp/report-#.txt; ");
}

TEST_CASE("one pass is no evidence: another program may have done it") {
    shared_touches seen;
    use(seen, 1, "/tmp/a");
    use(seen, 2, "/tmp/a", 1);
    CHECK(seen.pairs(10).empty());
    seen.add(2, 0, "/tmp/a");  // the same pass once more
    CHECK(seen.pairs(10).empty());
    seen.add(2, 2, "/tmp/a");
    CHECK(seen.pairs(10).size() == 1);
}

TEST_CASE("after one pass it is known who need not be looked at again") {
    shared_touches seen;
    use(seen, 1, "/tmp/a", 1);
    use(seen, 2, "/tmp/b", 1);
    use(seen, 3, "/tmp/a", 1);
    CHECK(seen.may_share() == vector<std::size_t>{1, 3});
}

TEST_CASE("what many tests use comes last, and what nearly all use not at all") {
    shared_touches seen;
    for (std::size_t test = 0; test < 7; ++test)
        use(seen, test, "/tmp/of-all");
    for (std::size_t test = 0; test < 3; ++test)
        use(seen, test, "/tmp/of-three");
    use(seen, 8, "/tmp/of-two");
    use(seen, 0, "/tmp/of-two");
    CHECK(text_of(seen.pairs(3)) == "0-8 /tmp/of-two; 0-1 /tmp/of-three; 0-2 /tmp/of-three; ");
    CHECK(seen.pairs(1).size() == 1);
}

TEST_CASE("a pair with several things in common is one pair") {
    shared_touches seen;
    for (const char* what : {"/tmp/a", "/tmp/b"}) {
        use(seen, 1, what);
        use(seen, 2, what);
    }
    CHECK(seen.pairs(10).size() == 1);
}
