#include <cordon/engine/archive/entry.hpp>

#include "queries.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>

using namespace process_test;

namespace {

/// Runs of one program with a history of their own.
struct remembered {
    outcome run(std::vector<std::string> arguments = {}, const std::string& fail = "", const std::string& sleep = "") {
        command what = command_for(std::move(arguments), fail, sleep);
        return process_test::run(what);
    }

    command command_for(std::vector<std::string> arguments, const std::string& fail = "",
                        const std::string& sleep = "") {
        command what;
        what.program = "history";
        what.arguments = std::move(arguments);
        what.arguments.push_back("--color=never");
        what.environment = {{"FAIL", fail}, {"SLEEP", sleep}, {"CORDON_HISTORY", history}};
        return what;
    }

    temp_folder folder;
    std::string history = folder / "history";
};

std::size_t size_of(const std::string& path) { return read_file(path).size(); }

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

void write_file(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

}  // namespace

TEST_CASE("a failed test is told what earlier runs knew of it") {
    remembered r;
    CHECK_FALSE(holds(r.run({}, "a").out, "runs"));
    for (int i = 0; i < 5; ++i)
        r.run({}, i == 2 ? "b" : "");
    const outcome got = r.run({}, "bc");
    INFO(got);
    CHECK(holds(got.out, "failed 1 of the last 6 runs; mixed verdicts on one build: flaky"));  // b
    CHECK(holds(got.out, "passed the last 6 runs; mixed verdicts on one build: flaky"));       // c
    CHECK(holds(got.report_text, R"("history": {"runs": 6, "failed": 1,)"));
    CHECK(holds(got.report_text, R"("passed_in_a_row": 2,)"));
    CHECK(holds(got.report_text, R"("history": null)"));
    CHECK(got.exit_code == 1);
    const outcome other = r.run({"--isolate=shard", "test d"}, "d");
    INFO(other);
    CHECK(holds(other.out, "passed the last 7 runs"));
    CHECK_FALSE(holds(other.out, "flaky"));  // another kind of isolation is another thing
}

TEST_CASE("a failed test is told when it began to fail") {
    remembered r;
    for (int i = 0; i < 8; ++i)
        r.run({"test d"}, i < 6 ? "" : "d");
    const outcome got = r.run({"test d"}, "d");
    INFO(got);
    CHECK(holds(got.out, "failed 2 of the last 8 runs; mixed verdicts on one build: flaky; began on 20"));
    CHECK(holds(got.out, ": failed 2 of 2 runs since, none of 6 before"));
    CHECK(holds(got.report_text,
                R"("with_another_build": false, "passed_before": 6, "runs_since": 2, "failed_since": 2})"));
}

TEST_CASE("runs with other inputs prove no flake") {
    remembered r;
    for (int i = 0; i < 3; ++i)
        r.run();
    const outcome seeded = r.run({"--seed=5", "test a"}, "a");
    INFO(seeded);
    CHECK(holds(seeded.out, "passed the last 3 runs"));
    CHECK_FALSE(holds(seeded.out, "flaky"));
    const outcome slower = r.run({"--timeout=50s", "test b"}, "b");
    INFO(slower);
    CHECK_FALSE(holds(slower.out, "flaky"));
    // Of this seed there is a failure now.
    r.run({"--seed=5", "test a"});
    const outcome again = r.run({"--seed=5", "test a"}, "a");
    INFO(again);
    CHECK(holds(again.out, "mixed verdicts on one build: flaky"));
}

TEST_CASE("in a shared process the other tests of a run are an input") {
    remembered r;
    r.run({"--isolate=shard", "-j1", "test"});
    const outcome fewer = r.run({"--isolate=shard", "-j1", "test a"}, "a");
    INFO(fewer);
    CHECK(holds(fewer.out, "passed its last run"));
    CHECK_FALSE(holds(fewer.out, "flaky"));
    const outcome same = r.run({"--isolate=shard", "-j1", "test"}, "b");
    INFO(same);
    CHECK(holds(same.out, "flaky"));
    for (const char* fail : {"", "c"}) {
        const outcome shuffled = r.run({"--isolate=shard", "-j1", "--order=random", "test c"}, fail);
        INFO(shuffled);
        CHECK_FALSE(holds(shuffled.out, "flaky"));
    }
}

TEST_CASE("a run under a condition is neither remembered nor compared") {
    remembered r;
    for (int i = 0; i < 3; ++i)
        r.run();
    const outcome changed = r.run({"--condition=tz=<-11>11"}, "a");
    INFO(changed);
    CHECK(changed.exit_code == 1);
    CHECK_FALSE(holds(changed.out, "the last 3 runs"));
    CHECK_FALSE(holds(changed.out, "flaky"));
    const outcome usual = r.run({}, "b");
    INFO(usual);
    CHECK(holds(usual.out, "passed the last 3 runs"));
}

TEST_CASE("--failed and failed() run what failed when it was last run") {
    remembered r;
    const outcome first = r.run({"--failed"});
    INFO(first);
    CHECK(first.exit_code == 3);
    CHECK(holds(first.err, "none of them failed in its last run"));
    r.run({}, "bd");
    CHECK(joined(names_of(r.run({"--failed"}, "d").report)) == "test b|test d");
    // b has passed meanwhile; what is not run keeps what it was.
    CHECK(joined(names_of(r.run({"-f", "failed() | name(test a)"}, "").report)) == "test a|test d");
    CHECK(r.run({"--failed"}).exit_code == 3);
    CHECK(r.run({"--failed", "--allow-empty"}).exit_code == 0);
}

TEST_CASE("--order slowest, slow() and --shard time: go by the times of earlier runs") {
    remembered r;
    r.run({}, "", "c400");
    const outcome got = r.run({"--order=slowest", "-j1", "test"});
    INFO(got);
    double started = 1e9;
    std::string first;
    for (const test_entry& each : got.report.tests) {
        if (each.last().started_ms < started) first = each.name;
        started = std::min(started, each.last().started_ms);
    }
    CHECK(first == "test c");
    // The median of two is the smaller one.
    r.run({}, "", "c400");
    CHECK(joined(names_of(r.run({"-f", "slow(200ms)"}, "", "c400").report)) == "test c");
    const std::string frozen = "read:" + r.history;
    std::vector<std::string> all;
    for (const char* shard : {"time:1/2", "time:2/2"}) {
        const outcome part = r.run({"--shard", shard, "--history", frozen});
        INFO(part);
        const std::vector<std::string> names = names_of(part.report);
        CHECK(names.size() == (all.empty() ? 1 : 4));  // c alone takes longer than the others together
        all.insert(all.end(), names.begin(), names.end());
    }
    CHECK(all.size() == 5);
    CHECK(all.front() == "test c");
}

TEST_CASE("the recordings of all shards are added to a history, once") {
    for (const std::string mode : {"fork", "shard"}) {
        for (const bool shards_remember : {false, true}) {
            CAPTURE(mode);
            CAPTURE(shards_remember);
            remembered r;
            const std::string elsewhere = r.folder / "elsewhere";
            const auto run_shards = [&](const std::string& prefix, const std::string& fail) {
                std::vector<std::string> recordings;
                for (const char* shard : {"1/2", "2/2"}) {
                    recordings.push_back(r.folder / (prefix + std::to_string(recordings.size())));
                    r.run({"--isolate", mode, "--shard", shard, "--record", recordings.back(), "--history",
                           shards_remember ? r.history : elsewhere},
                          fail);
                }
                return recordings;
            };
            const std::vector<std::string> first = run_shards("first", "bd");
            const std::vector<std::string> merge = {"--replay", first[0], first[1], "--history", r.history};
            const outcome merged = r.run(merge);
            INFO(merged);
            CHECK(merged.exit_code == 1);
            CHECK((merged.err == "") == !shards_remember);
            CHECK(
                joined(names_of(r.run({"--failed", "--isolate", mode, "--history", "read:" + r.history}, "").report)) ==
                "test b|test d");
            const std::string before = read_file(r.history);
            CHECK(holds(r.run(merge).err, "the history " + r.history + " has this run already"));
            CHECK(holds(r.run({"--replay", first[0], "--history", r.history}).err, "has this run already"));
            CHECK(read_file(r.history) == before);
            // Another run of the same shards, on the same build.
            const std::vector<std::string> second = run_shards("second", "");
            CHECK(r.run({"--replay", second[0], second[1], "--history", r.history}).exit_code == 0);
            const std::string bytes = read_file(r.history);
            const cordon::engine::archive::contents kept = cordon::engine::archive::decode(bytes);
            std::size_t entries = 0;
            for (const cordon::engine::archive::run_record& run : kept.runs)
                entries += run.entries.size();
            CHECK(entries == 10);
            if (shards_remember) continue;
            REQUIRE(kept.runs.size() == 2);
            CHECK(kept.runs[0].build == kept.runs[1].build);
        }
    }
}

TEST_CASE("a recording is added to no history but the one that the command names") {
    remembered r;
    const std::string recording = r.folder / "recording";
    r.run({"--record", recording}, "a");
    const std::string history = read_file(r.history);
    const std::string other = r.folder / "other";
    CHECK(r.run({"--replay", recording}).err == "");
    CHECK(r.run({"--replay", recording, "--history", "read:" + other}).err == "");
    CHECK_FALSE(exists(other));
    CHECK(r.run({"--replay", recording, "--history", other}).exit_code == 1);
    CHECK(read_file(other) == history);
    const outcome clash = r.run({"--replay", recording, "--history", r.folder / "./recording"});
    CHECK(clash.exit_code == 2);
    CHECK(holds(clash.err, "it is a recording to read"));
}

TEST_CASE("results that are equal by chance are added") {
    namespace archive = cordon::engine::archive;
    remembered r;
    const std::string recording = r.folder / "recording";
    r.run({"--record", recording});
    const std::string bytes = read_file(r.history);
    archive::run_record other = archive::decode(bytes).runs.front();
    for (std::size_t i = 1; i < other.entries.size(); ++i)
        other.entries[i].took += cordon::engine::duration(1);
    const std::string changed = r.folder / "changed";
    write_file(changed, bytes.substr(0, cordon::engine::codec::title_size) + archive::encode(other));
    CHECK(r.run({"--replay", recording, "--history", changed}).err == "");
    const std::string both = read_file(changed);
    const archive::contents kept = archive::decode(both);
    REQUIRE(kept.runs.size() == 2);
    CHECK(kept.runs[1].entries.size() == 5);
}

TEST_CASE("a recorded run that can be compared with no other is not added to a history") {
    remembered r;
    const std::string recording = r.folder / "recording";
    const std::vector<std::string> ways[] = {
        {"--isolate=none", "test a"}, {"--condition=tz=<-11>11", "test a"}, {"--stress=2", "test a"}};
    for (const std::vector<std::string>& how : ways) {
        std::vector<std::string> words = how;
        words.insert(words.end(), {"--record", recording});
        r.run(words);
        const outcome replayed = r.run({"--replay", recording, "--history", r.history});
        INFO(replayed);
        CHECK(holds(replayed.err, "keeps nothing of this run"));
        CHECK(replayed.exit_code == 0);
        CHECK_FALSE(exists(r.history));
    }
}

TEST_CASE("a timeout is told what passing runs take") {
    remembered r;
    for (int i = 0; i < 5; ++i)
        r.run({"test d"});
    const outcome hung = r.run({"test d"}, "", "d5000");
    INFO(hung);
    CHECK(holds(hung.out, "passed the last 5 runs"));
    CHECK(holds(hung.out, "passing runs took"));
    CHECK(holds(hung.out, "so it hung rather than being slow"));
    CHECK_FALSE(holds(hung.out, "would leave room"));
}

TEST_CASE("a timeout whose limit is near to what passing runs take is told a better one") {
    remembered r;
    for (int i = 0; i < 4; ++i)
        r.run({"test a"}, "", "a400");
    // Times are said of five runs and more.
    const outcome early = r.run({"--timeout=500ms", "test a"}, "", "a9000");
    INFO(early);
    CHECK(early.report["test a"].ending() == "timed_out");
    CHECK(holds(early.out, "passed the last 4 runs"));
    CHECK_FALSE(holds(early.out, "passing runs took"));
    r.run({"test a"}, "", "a400");
    const outcome near = r.run({"--timeout=500ms", "test a"}, "", "a9000");
    INFO(near);
    CHECK(holds(near.out, "failed 1 of the last 6 runs"));
    CHECK(holds(near.out, "99 % of its 5 passing runs took"));
    // Three times what they take, to the next number of 1, 2, 3 or 5 and noughts: 2 s, and more where all is slow.
    const double slowest = std::stod(value_after(near.report_text, R"("slow_case_ms": )"));
    CHECK(slowest >= 399);  // kept to a thousandth
    const int limits[] = {2, 3, 5, 10, 20, 30, 50};
    const int* const limit = std::lower_bound(std::begin(limits), std::end(limits), slowest * 3 / 1000);
    CHECK(holds(near.out, ": a limit of " + std::to_string(*limit) + " s would leave room"));
    CHECK_FALSE(holds(near.out, "it hung"));
    // The same times, and a failure that is no timeout.
    CHECK_FALSE(holds(r.run({"test a"}, "a").out, "would leave room"));
}

TEST_CASE("tests in quarantine do not fail the run, are listed, and may leave when they have been stable") {
    remembered r;
    const outcome bad = r.run({}, "q");
    INFO(bad);
    CHECK(bad.exit_code == 0);
    CHECK(bad.report["in quarantine"].verdict == "quarantined");
    CHECK(holds(bad.out, "Quarantined"));
    CHECK(holds(bad.out, "#12"));
    for (int i = 1; i < 29; ++i) {
        const outcome good = r.run({"quarantine"});
        CHECK(good.report["in quarantine"].verdict == "passed");
        CHECK_FALSE(holds(good.out, "May leave quarantine"));
    }
    const outcome stable = r.run();
    INFO(stable);
    CHECK(holds(stable.out, "May leave quarantine"));
    CHECK(holds(stable.out, "29 passes in a row: rate under 9.8 % (95 %)"));
    CHECK(holds(stable.report_text, R"("may_leave_quarantine": true)"));
    r.run({}, "q");
    CHECK_FALSE(holds(r.run().out, "May leave quarantine"));
}

TEST_CASE("runs at the same time lose nothing of each other") {
    remembered r;
    constexpr int at_once = 6;
    constexpr int rounds = 5;
    for (int round = 0; round < rounds; ++round) {
        std::vector<std::unique_ptr<running>> all;
        for (int i = 0; i < at_once; ++i)
            all.push_back(std::make_unique<running>(r.command_for({"-j1"}, round == 0 && i == 0 ? "a" : "")));
        for (const std::unique_ptr<running>& each : all)
            CHECK(each->wait().err.empty());
    }
    const outcome got = r.run({}, "a");
    INFO(got);
    CHECK(got.err.empty());
    CHECK(holds(got.out, "failed 1 of the last 30 runs"));
}

TEST_CASE("a file that is no history is set aside with a message, and nothing is lost") {
    remembered r;
    write_file(r.history, "my precious notes\n");
    const outcome got = r.run({}, "a");
    INFO(got);
    CHECK(got.exit_code == 1);
    CHECK(lines_of(got.err).size() == 1);
    CHECK(holds(got.err, "it was renamed to " + r.history + ".set-aside"));
    CHECK(read_file(r.history + ".set-aside") == "my precious notes\n");
    const outcome next = r.run({}, "a");
    INFO(next);
    CHECK(next.err.empty());
    CHECK(holds(next.out, "failed its last run"));
}

TEST_CASE("a history of a newer cordon is left as it is, with a message") {
    remembered r;
    r.run({}, "a");
    namespace codec = cordon::engine::codec;
    codec::seal under = cordon::engine::archive::history_seal;
    ++under.version;
    std::string payload = "what nobody here knows", whole(4, '\0'), bytes = read_file(r.history);
    codec::store(&whole[0], static_cast<std::uint32_t>(codec::record_header_size + payload.size() + 8));
    codec::append_record(bytes, under, 0, 0, payload + whole + "end\n");
    write_file(r.history, bytes);
    const outcome got = r.run({}, "a");
    INFO(got);
    CHECK(got.exit_code == 1);
    CHECK(lines_of(got.err).size() == 1);
    CHECK(holds(got.err, "the history " + r.history + " has format 2, but this is cordon "));
    CHECK(holds(got.err, ": use a newer cordon"));
    CHECK_FALSE(holds(got.out, "failed its last run"));
    CHECK(read_file(r.history) == bytes);
}

TEST_CASE("a damaged history is set aside, and goes on with what is whole") {
    remembered r;
    for (int i = 0; i < 3; ++i)
        r.run({}, "a");
    std::string bytes = read_file(r.history);
    bytes[60] = static_cast<char>(bytes[60] ^ 1);
    write_file(r.history, bytes);
    const outcome got = r.run({}, "a");
    INFO(got);
    CHECK(lines_of(got.err).size() == 1);
    CHECK(holds(got.err, "was damaged; it was renamed to"));
    CHECK(holds(got.err, "the 2 undamaged runs are kept"));
    CHECK(holds(got.out, "failed the last 2 runs"));
    CHECK(read_file(r.history + ".set-aside") == bytes);
    const outcome next = r.run({}, "a");
    CHECK(next.err.empty());
    CHECK(holds(next.out, "failed the last 3 runs"));
}

TEST_CASE("a record that was cut off by a crash is dropped without a word") {
    remembered r;
    for (int i = 0; i < 3; ++i)
        r.run({}, "a");
    const std::string bytes = read_file(r.history);
    for (const std::size_t cut : {1u, 7u, 9u, 20u, 63u}) {
        write_file(r.history, bytes.substr(0, bytes.size() - cut));
        CHECK(r.run().err.empty());  // only adds
        const outcome got = r.run({}, "a");
        INFO(got);
        CHECK(got.err.empty());
        CHECK(holds(got.out, "failed 2 of the last 3 runs"));
        CHECK_FALSE(exists(r.history + ".set-aside"));
    }
}

TEST_CASE("a history that cannot be used is told where it was asked for, and is no trouble of the run") {
    remembered r;
    for (const std::string& path : {r.folder / "no/such/folder", r.folder.path(), std::string("/dev/null")}) {
        r.history = path;
        const outcome got = r.run();
        INFO(got);
        CHECK(got.exit_code == 0);
        CHECK(lines_of(got.err).size() == 1);
        CHECK(holds(got.err, path));
    }
    r.history = "read:" + (r.folder / "none");
    CHECK(r.run().err.empty());
    CHECK_FALSE(exists(r.folder / "none"));
}

TEST_CASE("without the option it is in the user's cache folder, one file a program, and silent where there is none") {
    remembered r;
    command what = r.command_for({}, "a");
    what.environment = {{"FAIL", "a"}, {"CORDON_HISTORY", ""}, {"XDG_CACHE_HOME", r.folder / "cache"}};
    const outcome first = run(what);
    INFO(first);
    CHECK(first.err.empty());
    const outcome second = run(what);
    INFO(second);
    CHECK(holds(second.out, "failed its last run"));
    struct stat about {};
    REQUIRE(::stat((r.folder / "cache/cordon").c_str(), &about) == 0);
    CHECK((about.st_mode & 077) == 0);
    for (const char* home : {"/nonexistent", "/dev/null", "", "relative"}) {
        what.environment = {{"CORDON_HISTORY", ""}, {"XDG_CACHE_HOME", ""}, {"HOME", home}};
        const outcome got = run(what);
        INFO(got);
        CHECK(got.err.empty());
        CHECK(got.exit_code == 0);
    }
    what.environment = {{"CORDON_HISTORY", "off"}, {"XDG_CACHE_HOME", r.folder / "other"}};
    run(what);
    CHECK_FALSE(exists(r.folder / "other"));
}

TEST_CASE("the file does not grow without end") {
    remembered r;
    r.run({}, "a");
    const std::string one = read_file(r.history);
    const std::string title = one.substr(0, cordon::engine::codec::title_size);
    const std::string record = one.substr(title.size());
    std::string many = title;
    while (many.size() + record.size() < 4 * 1024 * 1024)
        many += record;
    write_file(r.history, many);
    for (int i = 0; i < 3; ++i) {
        const outcome got = r.run({}, "a");
        INFO(got);
        CHECK(got.err.empty());
        CHECK(holds(got.out, "failed the last 40 runs"));
        CHECK(size_of(r.history) <= 4 * 1024 * 1024);
    }
    CHECK(size_of(r.history) < 3 * 1024 * 1024);
}

TEST_CASE("nothing is remembered of a run without isolation, of a list, and of a wrong command line") {
    remembered r;
    r.run({"--isolate=none"});
    r.run({"--list"});
    r.run({"--no-such-option"});
    CHECK_FALSE(exists(r.history));
}
