// Names, values and output that a terminal or a parser could choke on.

#include <cordon/cordon.hpp>

#include <array>
#include <cstdio>
#include <string>

namespace {

constexpr std::size_t long_length = 64 * 1024;

constexpr std::array<char, long_length + 1> make_long_name() {
    std::array<char, long_length + 1> name{};
    for (std::size_t i = 0; i < long_length; ++i) {
        name[i] = static_cast<char>('a' + static_cast<int>(i % 26));
    }
    return name;
}

constexpr std::array<char, long_length + 1> long_name = make_long_name();

void print(const std::string& bytes) { std::fwrite(bytes.data(), 1, bytes.size(), stdout); }

}  // namespace

TEST_CASE("bell \a, escape \x1b[2J\x1b[31m, return \r and line\nend") { CHECK(false); }

TEST_CASE("no UTF-8: \xff\xfe \xc3( \xed\xa0\x80 \xf4\x90\x80\x80", tag("t\xffg"), description("\x80")) {
    CHECK(false);
}

TEST_CASE("turned \u202eback, zero\u200bwidth, \"quoted\" 'twice', $HOME `id` \\ </a>&amp;") { CHECK(false); }

TEST_CASE(long_name.data()) { CHECK(false); }

TEST_CASE("") { CHECK(false); }

TEST_SUITE("suite\twith\x7f") {
    TEST_CASE("prints everything") {
        print(std::string("nul \0 in the middle\n", 20));
        print("\x1b[2J\x1b[H\x1b]0;title\a\x1b[31mred\x1b[0m\n");
        print("\xff\xfe no UTF-8\n");
        print("over\rwritten\b\b\n");
        for (int i = 1; i < 256; ++i) {
            print(std::string(1, static_cast<char>(i)));
        }
        print("\n" + std::string(long_length, '\xe2') + "\n");
        CHECK(false);
    }

    TEST_CASE("fails with everything") {
        INFO("info \x1b[2J \xff");
        constexpr char written[] = "nul \0, escape \x1b[2J, \xff\xfe\n\t\x7f";
        const std::string bytes(written, sizeof written - 1);
        CHECK(bytes == std::string(100'000, '\x1b'));
        CHECK_MESSAGE(false, "message \x1b[2J \xff");
        SUBCASE("sub \x1b[2J \xff") { CHECK(bytes.empty()); }
    }

    TEST_CASE("skips with everything") { SKIP("why \x1b[2J \xff"); }
}

TEST_SUITE("suite turned \u202eback") {
    TEST_CASE("says \u2066what\u2069 is turned", tag("t\u202eag"), skip("why \u202enot", false)) {
        print("\u202e printed \U000e0041\u200b\n");
        INFO("in\u00adfo \u202e");
        CHECK_MESSAGE(std::string("a\u200bb \u202e") == "ab \U000e0041", "a \u061cmessage");
    }
}
