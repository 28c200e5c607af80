#include "run_child.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

using namespace process_test;

namespace {

constexpr std::uint64_t gib = 1024ull * 1024 * 1024;

outcome run_floods(std::vector<std::string> arguments) { return run("floods", std::move(arguments)); }

/// The number of bytes that a report says were left out.
std::uint64_t left_out(const std::string& text) {
    const std::string before = "[... ";
    const std::size_t at = text.find(before);
    return at == std::string::npos ? 0 : std::strtoull(text.c_str() + at + before.size(), nullptr, 10);
}

}  // namespace

TEST_CASE("2 GB of output neither stall the run nor grow it, and head and tail are kept") {
    for (const std::string mode : {"fork", "exec", "shard"}) {
        CAPTURE(mode);
        const outcome got =
            run_floods({"--isolate", mode, "-j1", "--timeout", "0", "prints before", "prints 2 GB", "prints after"});
        INFO(got);
        CHECK(got.exit_code == 0);
        CHECK(got.seconds < 100);
        // The default limit is 1 MiB.
        CHECK(got.peak_kib < 20 * 1024);
        CHECK(got.report["prints before"].last().out == "before\n");
        CHECK(got.report["prints after"].last().out == "after\n");
        const attempt_entry& flood = got.report["prints 2 GB"].last();
        CHECK(flood.truncated);
        CHECK(flood.out.rfind("the beginning\n", 0) == 0);
        CHECK(flood.err.find("\nthe end\n") != std::string::npos);
        CHECK(flood.out.size() + flood.err.size() <= 1024 * 1024 + 200);
        CHECK(flood.out.size() + flood.err.size() >= 900 * 1024);
        const std::uint64_t gap = left_out(flood.out) != 0 ? left_out(flood.out) : left_out(flood.err);
        CHECK(gap > 2 * gib - 1024 * 1024 - 200);
        CHECK(gap < 2 * gib);
    }
}

TEST_CASE("of long output the beginning and the end are kept, as whole as they were") {
    for (const std::string mode : {"fork", "exec", "shard"}) {
        const outcome got = run_floods({"--isolate", mode, "--output-limit", "64k", "prints numbered lines"});
        INFO(mode);
        const std::string& text = got.report["prints numbered lines"].last().out;
        CHECK(got.report["prints numbered lines"].last().truncated);
        CHECK(text.size() <= 64 * 1024 + 100);
        std::string all;
        for (int i = 0; i < 100'000; ++i) {
            all += "line " + std::to_string(i) + "\n";
        }
        const std::size_t gap = text.find("\n[... ");
        REQUIRE(gap != std::string::npos);
        const std::size_t after_gap = text.find(" ...]\n", gap) + 6;
        const std::string head = text.substr(0, gap);
        const std::string tail = text.substr(after_gap);
        CHECK(head.size() > 20 * 1024);
        CHECK(tail.size() > 10 * 1024);
        CHECK(all.compare(0, head.size(), head) == 0);
        CHECK(all.compare(all.size() - tail.size(), tail.size(), tail) == 0);
        CHECK(head.size() + tail.size() + left_out(text) == all.size());
    }
}

TEST_CASE("output within the limit is whole") {
    for (const std::string mode : {"fork", "exec", "shard"}) {
        CAPTURE(mode);
        const outcome got = run_floods(
            {"--isolate", mode, "-j3", "-x", "prints 2 GB", "-x", "gigabyte", "-x", "prints numbered lines"});
        const report_entry& report = got.report;
        CHECK(report["prints 60 kB without an end of line"].last().out == std::string(60'000, 'y'));
        CHECK(report["prints nothing"].last().out.empty());
        CHECK(report["prints through a program"].last().out == "from a shell\n");
        CHECK(report["prints through a program"].last().err == "to its errors\n");
        CHECK(report["prints, then crashes"].last().out == "about to\n");
        CHECK(report["prints, then crashes"].ending() == "crashed");
        // Each stretch of one stream counts as 64 bytes more, and here each byte may be one.
        CHECK(report["prints single bytes in turns"].last().out == std::string(5'000, 'o'));
        CHECK(report["prints single bytes in turns"].last().err == std::string(5'000, 'e'));
        for (const test_entry& test : report.tests) {
            CHECK(!test.last().truncated);
        }
        if (mode != "shard") CHECK(report["prints as it leaves"].last().out == "at exit\nbuffered ");
    }
}

TEST_CASE("the two streams are kept apart and shown in the order in which they came") {
    for (const std::string mode : {"fork", "exec", "shard"}) {
        CAPTURE(mode);
        const outcome got = run_floods({"--isolate", mode, "--color", "never", "prints in turns"});
        INFO(got);
        CHECK(got.report["prints in turns"].last().out ==
              "turn 0 out\nturn 1 out\nturn 2 out\nturn 3 out\nturn 4 out\n");
        CHECK(got.report["prints in turns"].last().err ==
              "turn 0 err\nturn 1 err\nturn 2 err\nturn 3 err\nturn 4 err\n");
        std::size_t at = 0;
        for (int i = 0; i < 5; ++i) {
            for (const std::string end : {" out", " err"}) {
                at = got.out.find("turn " + std::to_string(i) + end, at);
                CHECK(at != std::string::npos);
            }
        }
    }
}

TEST_CASE("bytes that are no text harm no report") {
    const outcome got = run_floods({"--color", "never", "prints every byte"});
    CHECK(got.exit_code == 1);
    const std::string& text = got.report["prints every byte"].last().out;
    // Each byte that is not UTF-8 stands as U+FFFD; the others are kept, also the null.
    CHECK(text.size() == 128 + 128 * 3);
    CHECK(text[0] == '\0');
    CHECK(text.substr(0x20, 4) == " !\"#");
    CHECK(text.substr(128, 3) == "\xEF\xBF\xBD");
    // The console shows no control characters that could move or recolour it.
    CHECK(std::count_if(got.out.begin(), got.out.end(),
                        [](char each) { return each >= 0 && each < 32 && each != '\n' && each != '\t'; }) == 0);
}

TEST_CASE("nothing is kept where nothing is wanted") {
    const outcome got = run_floods({"--output-limit", "0", "-j2", "-x", "prints 2 GB", "-x", "gigabyte"});
    INFO(got);
    for (const test_entry& test : got.report.tests) {
        CAPTURE(test.name);
        if (test.name == "prints nothing") continue;
        CHECK(test.last().truncated);
        CHECK(test.last().out.size() < 60);
    }
}
