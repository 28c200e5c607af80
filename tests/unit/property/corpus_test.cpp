#include <cordon/engine/property/corpus.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace cordon::engine;
using property::corpus;

namespace {

const std::string parameters = "int x, std::map<int, int> m";

property::kept_example example(std::uint64_t last) {
    return {{{0, false}, {1001, true}, {last, false}}, " int x = 1; // no"};
}

corpus read(const std::string& text) { return property::read_corpus(text, parameters); }

TEST_CASE("what is written can be read") {
    corpus made;
    CHECK(add_example(made, example(~0ull)));
    CHECK(add_example(made, example(2)));
    CHECK_FALSE(add_example(made, example(2)));
    const corpus back = read(write_corpus(made, parameters));
    CHECK(back.trouble.empty());
    REQUIRE(back.examples.size() == 2);
    CHECK(back.examples[0].made.size() == 3);
    CHECK(back.examples[0].made[1].distance == 1001);
    CHECK(back.examples[0].made[1].below);
    CHECK(back.examples[1].made[2].distance == ~0ull);
    CHECK(back.examples[0].code == " int x = 1; // no");
}

TEST_CASE("the newest examples are kept") {
    corpus made;
    for (std::uint64_t i = 0; i < 40; ++i)
        add_example(made, example(i));
    CHECK(made.examples.size() == corpus::most_examples);
    CHECK(made.examples[0].made[2].distance == 39);
}

TEST_CASE("a file that cannot be used is a note") {
    corpus made;
    add_example(made, example(1));
    const std::string good = write_corpus(made, parameters);
    CHECK(read("").trouble.empty());
    CHECK(read("").examples.empty());
    CHECK(property::read_corpus(good, "int y").trouble == "is for other parameters: " + parameters);
    CHECK(property::read_corpus(good, "int y").examples.empty());
    CHECK_FALSE(read("something else\n").trouble.empty());
    CHECK(read(good + "example 1 2 x\n").examples.size() == 1);
    CHECK_FALSE(read(good + "example 1 2 x\n").trouble.empty());
    CHECK_FALSE(read(good + "example 99999999999999999999999\n").trouble.empty());
    CHECK_FALSE(read(good + "example\n").trouble.empty());
    for (std::size_t size = 0; size < good.size(); ++size)
        CHECK(read(good.substr(0, size)).examples.size() <= 1);
    std::string binary = good;
    for (std::size_t i = 0; i < binary.size(); i += 7)
        binary[i] = static_cast<char>(i * 31);
    CHECK(read(binary).examples.size() <= 1);
    CHECK(read(corpus(made).examples.empty() ? "" : std::string(good).replace(good.find('\n'), 1, "\r\n"))
              .trouble.empty());
}

TEST_CASE("names of files are safe and differ") {
    CHECK(property::safe_file_name("sum adds").substr(0, 9) == "sum-adds-");
    CHECK(property::safe_file_name("a/b") != property::safe_file_name("a b"));
    CHECK(property::safe_file_name("../../etc/passwd").find('/') == std::string::npos);
    CHECK(property::safe_file_name(".hidden").front() != '.');
    CHECK(property::safe_file_name(std::string(5000, 'x')).size() < 80);
    CHECK(property::safe_file_name("").size() == 8);
    CHECK(property::safe_file_name("\xFF\n").size() == 8);
}

TEST_CASE("the file is beside the test's") {
    const property::corpus_place here = property::place_of_corpus("/src/tests/sort_test.cpp", "sorts", "");
    CHECK(here.parent == "/src/tests/corpus");
    CHECK(here.folder == "sort_test.cpp");
    CHECK(property::place_of_corpus("sort_test.cpp", "sorts", "").parent == "corpus");
    CHECK(property::place_of_corpus("../a/sort_test.cpp", "sorts", "/kept").path().find("/kept/sort_test.cpp/sorts-") ==
          0);
}

}  // namespace
