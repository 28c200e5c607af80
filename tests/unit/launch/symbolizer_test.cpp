#include <cordon/engine/launch/symbolizer.hpp>
#include <cordon/engine/os/system.hpp>

#include <doctest/doctest.h>

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

using namespace cordon::engine;
using launch::parse_frames;

TEST_CASE("a pair of lines is a frame, the innermost call first") {
    const auto frames =
        parse_frames("0x1234\nparse(char const*)\n/src/parse.cpp:41\nmain\n/src/main.cpp:7 (discriminator 3)\n", "");
    REQUIRE(frames.size() == 2);
    CHECK(frames[0].function == "parse(char const*)");
    CHECK(frames[0].file == "/src/parse.cpp");
    CHECK(frames[0].line == 41);
    CHECK(frames[1].function == "main");
    CHECK(frames[1].line == 7);
}

TEST_CASE("what is not known is left empty") {
    const auto frames = parse_frames("0x0\n??\n??:0\n", "");
    REQUIRE(frames.size() == 1);
    CHECK(frames[0].function.empty());
    CHECK(frames[0].file.empty());
    CHECK(frames[0].line == 0);

    const auto half = parse_frames("0x0\nf()\nfile.cpp:?\n", "");
    REQUIRE(half.size() == 1);
    CHECK(half[0].file == "file.cpp");
    CHECK(half[0].line == 0);
}

TEST_CASE("files are named from the folder that the user is in") {
    const auto frames = parse_frames("0x0\nf()\n/home/me/src/a.cpp:3\ng()\n/home/other/b.cpp:4\n", "/home/me/");
    REQUIRE(frames.size() == 2);
    CHECK(frames[0].file == "src/a.cpp");
    CHECK(frames[1].file == "/home/other/b.cpp");
}

TEST_CASE("an answer that is cut short, empty or too large a number is no trouble") {
    CHECK(parse_frames("", "").empty());
    CHECK(parse_frames("0x0", "").empty());
    CHECK(parse_frames("0x0\nf()", "").size() == 1);
    CHECK(parse_frames("0x0\nf()\na.cpp:99999999999\n", "")[0].line == 0);
}

TEST_CASE("after a rest it has no process, knows what it was told, and can be asked more") {
    const auto has_child = [] { return ::waitpid(-1, nullptr, WNOHANG) == 0; };
    launch::symbolizer symbols;
    const run::code_place here{os::running_program(), 0x1000, 1};
    const run::code_place there{os::running_program(), 0x2000, 2};
    const std::string function = symbols.name(here).front().function;
    symbols.rest();
    CHECK_FALSE(has_child());
    CHECK(symbols.name(here).front().function == function);
    CHECK_FALSE(has_child());
    CHECK(symbols.name(there).size() == 1);
    CHECK(symbols.name(there).front().address == 2);
    symbols.rest();
    CHECK_FALSE(has_child());
}

TEST_CASE("a tool that writes addresses of 32 bits is understood") {
    const std::string folder = std::filesystem::temp_directory_path() / ("symbolizer-" + std::to_string(::getpid()));
    std::filesystem::create_directory(folder);
    std::ofstream(folder + "/addr2line") << "#!/bin/sh\n"
                                            "while read address; do\n"
                                            "    case $address in\n"
                                            "    0xffffffffffffffff) printf '0xffffffff\\n??\\n??:0\\n' ;;\n"
                                            "    *) printf '0x00001000\\nf(int)\\na.cpp:3\\n' ;;\n"
                                            "    esac\n"
                                            "done\n";
    std::filesystem::permissions(folder + "/addr2line", std::filesystem::perms::owner_all);
    const std::string path = ::getenv("PATH");
    ::setenv("PATH", (folder + ":" + path).c_str(), 1);
    launch::symbolizer symbols;
    const stack_frame found = symbols.name({os::running_program(), 0x1000, 1}).front();
    ::setenv("PATH", path.c_str(), 1);
    std::filesystem::remove_all(folder);
    CHECK(found.function == "f(int)");
    CHECK(found.line == 3);
}
