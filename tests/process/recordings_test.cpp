#include <doctest/doctest.h>

#include <cordon/engine/archive/recording.hpp>

#include "run_child.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>

using namespace process_test;
namespace fs = std::filesystem;

namespace {

outcome run_plain(const std::string& program, std::vector<std::string> arguments) {
    command what;
    what.program = program;
    what.arguments = std::move(arguments);
    what.report = false;
    return run(what);
}

struct place {
    temp_folder folder;
    std::string operator[](const std::string& name) const { return folder / name; }
};

std::vector<std::string> both_reports(const place& in, const std::string& name) {
    return {"--report", "json=" + in[name + ".json"], "--report", "console=" + in[name + ".txt"]};
}

std::vector<std::string> operator+(std::vector<std::string> a, const std::vector<std::string>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

/// The recording's first event as one of another version.
std::string of_version(std::uint8_t version, std::string recording) {
    namespace codec = cordon::engine::codec;
    char* header = &recording[codec::title_size];
    const std::string_view payload(header + codec::record_header_size, codec::load<std::uint32_t>(header + 4));
    codec::seal under = cordon::engine::archive::recording_seal;
    under.version = version;
    codec::write_record_header(header, under, static_cast<std::uint8_t>(header[3]), 0, payload);
    return recording;
}

void check_same_file(const std::string& a, const std::string& b) {
    CHECK(!read_file(a).empty());
    CHECK_MESSAGE(read_file(a) == read_file(b), a);
}

}  // namespace

TEST_CASE("a replay reports what the run did, byte for byte, and exits as it did") {
    const std::pair<std::string, std::vector<std::string>> runs[] = {
        {"assertions", {"-v", "--show-output", "all"}},
        {"hostile", {"-v", "--show-output", "all"}},
        {"hostile", {"--isolate", "exec", "-q"}},
        {"decorators", {"--retries", "2"}},
        {"output", {"--isolate", "none", "--show-output", "all"}},
        {"output", {"--order", "random", "--seed", "7"}},
        {"output", {"--fail-fast", "-j1"}},
        {"output", {"--output-limit", "16", "--color", "always", "--show-output", "all"}},
        {"setup_troubles", {"-x", "hang", "-x", "thread"}},
    };
    for (const auto& each : runs) {
        const place in;
        CAPTURE(each.first);
        const std::vector<std::string> looks = {"--color", "never"};
        const outcome live = run_plain(each.first, looks + each.second + both_reports(in, "live") +
                                                       std::vector<std::string>{"--record", in["it"]});
        // What chooses tests and how they run is the recording's; how it looks is said again.
        std::vector<std::string> again = looks;
        for (std::size_t i = 0; i < each.second.size(); ++i) {
            const std::string& word = each.second[i];
            if (word == "-v" || word == "-q") again.push_back(word);
            if (word == "--show-output" || word == "--color")
                again = again + std::vector<std::string>{word, each.second[i + 1]};
        }
        // Another program may do it: all that a report says is in the recording.
        const outcome replayed =
            run_plain("empty", again + both_reports(in, "replayed") + std::vector<std::string>{"--replay", in["it"]});
        INFO(live << replayed);
        CHECK(replayed.err.empty());
        CHECK(replayed.exit_code == live.exit_code);
        check_same_file(in["live.txt"], in["replayed.txt"]);
        check_same_file(in["live.json"], in["replayed.json"]);
    }
}

TEST_CASE("output of running tests is replayed as it came") {
    const place in;
    const outcome live =
        run_plain("output", {"-j1", "--show-output", "live", "--color", "never", "--record", in["it"]});
    const outcome again = run_plain("output", {"--show-output", "live", "--color", "never", "--replay", in["it"]});
    INFO(live << again);
    CHECK(again.out == live.out);
}

TEST_CASE("the recording of a killed run holds what had happened") {
    const place in;
    command what;
    what.program = "environment";
    what.arguments = {"-j1", "--timeout", "60s", "--record", in["it"], "*hangs*", "*seed*"};
    what.report = false;
    what.may_leave_processes = true;
    {
        running on_its_way(what);
        REQUIRE(eventually([&] { return fs::exists(in["it"]) && fs::file_size(in["it"]) > 600; }));
        sleep_ms(400);
        on_its_way.send(SIGKILL);
        REQUIRE(eventually([&] { return on_its_way.has_ended(); }));
        CHECK(eventually([&] { return on_its_way.survivors().empty(); }));
    }
    const outcome got = run_plain("empty", {"--replay", in["it"], "--color", "never"});
    INFO(got);
    CHECK(got.exit_code == 1);
    CHECK(got.err == "cordon: " + in["it"] + " ends before its run did; the report has the events in it\n");
    CHECK(got.out.find("the recording ends here") != std::string::npos);
    CHECK(got.out.find("not run") != std::string::npos);
    const outcome strict = run_plain("empty", {"--replay", in["it"], "--replay-strict"});
    CHECK(strict.exit_code == 4);
    CHECK(lines_of(strict.err).size() == 1);
}

TEST_CASE("recordings that cannot be read are named, with the reason") {
    const place in;
    REQUIRE(run_plain("output", {"--record", in["good"]}).exit_code == 1);
    const std::string good = read_file(in["good"]);
    std::ofstream(in["text"]) << "no recording";
    std::ofstream(in["nothing"]).flush();
    std::ofstream(in["newer"], std::ios::binary) << of_version(99, good);
    std::ofstream(in["unreleased"], std::ios::binary) << "\x8A"
                                                         "cordon\n\1";
    fs::create_directory(in["folder"]);
    const std::pair<const char*, const char*> cases[] = {
        {"text", "it is not a recording of cordon"},
        {"nothing", "it ends before its first event"},
        {"newer", "reads up to format 1: use a newer cordon"},
        {"unreleased", "from before cordon's first release: record it again"},
        {"missing", "No such file or directory"},
        {"folder", "Is a directory"},
    };
    for (const auto& each : cases) {
        const outcome got = run_plain("empty", {"--replay", in[each.first], "--report", "json=" + in["report"]});
        INFO(got);
        CHECK(got.exit_code == 4);
        CHECK(got.out.empty());
        CHECK(lines_of(got.err).size() == 1);
        CHECK(got.err.find(in[each.first]) != std::string::npos);
        CHECK(got.err.find(each.second) != std::string::npos);
        CHECK_FALSE(fs::exists(in["report"]));
    }
    std::string damaged = good;
    damaged[good.size() - 100] = static_cast<char>(damaged[good.size() - 100] ^ 4);
    std::ofstream(in["damaged"], std::ios::binary) << damaged;
    const outcome got = run_plain("empty", {"--replay", in["damaged"]});
    INFO(got);
    CHECK(got.exit_code == 4);
    CHECK(got.err.find("it is damaged after byte ") != std::string::npos);
    CHECK(got.out.find("5 tests") != std::string::npos);
}

TEST_CASE("recordings of all shards are reported as one run") {
    const place in;
    const outcome whole = run("output", {});
    for (const char* cut : {"", "hash:"}) {
        std::vector<std::string> paths;
        for (const char* index : {"3", "1", "2"}) {
            paths.push_back(in[std::string(cut == std::string() ? "s" : "h") + index]);
            run_plain("output", {"--shard", std::string(cut) + index + "/3", "--record", paths.back()});
        }
        command what;
        what.program = "empty";
        what.arguments = std::vector<std::string>{"--replay"} + paths;
        const outcome merged = run(what);
        INFO(merged);
        CHECK(merged.exit_code == whole.exit_code);
        CHECK(merged.err.empty());
        REQUIRE(merged.report.tests.size() == whole.report.tests.size());
        for (std::size_t i = 0; i < whole.report.tests.size(); ++i) {
            CHECK(merged.report.tests[i].name == whole.report.tests[i].name);
            CHECK(merged.report.tests[i].verdict == whole.report.tests[i].verdict);
            CHECK(merged.report.tests[i].attempts[0].out == whole.report.tests[i].attempts[0].out);
        }
    }
}

TEST_CASE("a merge that lacks something names it and reports nothing, but with --merge-partial") {
    const place in;
    for (const char* index : {"1", "2", "3"})
        run_plain("output", {"--shard", std::string(index) + "/3", "--record", in[index]});
    const outcome refused = run_plain("empty", {"--replay", in["1"], "--replay", in["3"]});
    INFO(refused);
    CHECK(refused.exit_code == 4);
    CHECK(refused.out.empty());
    CHECK(refused.err.find("cordon: cannot merge: shard 2 of 3 is missing\n") != std::string::npos);
    CHECK(refused.err.find(" ran in none of them\n") != std::string::npos);
    const outcome partial = run_plain("empty", {"--replay", in["1"], in["3"], "--merge-partial", "--color", "never"});
    INFO(partial);
    CHECK(partial.exit_code == 1);
    CHECK(partial.out.find("warning: shard 2 of 3 is missing") != std::string::npos);
    CHECK(partial.out.find(" not run") != std::string::npos);
    run_plain("output", {"--shard", "2/3", "--record", in["again"]});
    const outcome twice = run_plain("empty", {"--replay", in["1"], in["2"], in["3"], in["again"]});
    INFO(twice);
    CHECK(twice.exit_code == 4);
    CHECK(twice.err.find("are both shard 2 of 3") != std::string::npos);
    CHECK(twice.err.find("' ran in " + in["2"] + " and in " + in["again"]) != std::string::npos);
    run_plain("assertions", {"--shard", "2/3", "--record", in["other"]});
    const outcome other = run_plain("empty", {"--replay", in["1"], in["other"], in["3"]});
    INFO(other);
    CHECK(other.exit_code == 4);
    CHECK(other.err.find(in["other"] + " has other tests than " + in["1"]) != std::string::npos);
}

TEST_CASE("a recording that cannot be written is exit code 4, and the reports come") {
    const place in;
    const outcome got = run_plain("output", {"--record", in["not/there"]});
    INFO(got);
    CHECK(got.exit_code == 4);
    CHECK(got.err == "cordon: cannot write " + in["not/there"] + ": No such file or directory\n");
    CHECK(got.out.find("5 tests") != std::string::npos);
    if (!fs::exists("/dev/full")) return;
    const outcome full = run_plain("output", {"--record", "/dev/full"});
    CHECK(full.exit_code == 4);
    CHECK(full.err.find("No space left on device") != std::string::npos);
}

TEST_CASE("options that go against a recording are refused") {
    const std::vector<std::string> cases[] = {
        {"--replay", "a", "--filter", "all()"},
        {"--replay", "a", "--shard", "1/2"},
        {"--replay", "a", "--list"},
        {"--replay", "a", "--record", "a"},
        {"--merge-partial"},
        {"--replay-strict"},
        {"--record", "-"},
        {"--replay", ""},
        {"--record", "a", "--report", "json=a"},
        {"--replay", "a", "--report", "json=a"},
    };
    for (const auto& each : cases) {
        const outcome got = run_plain("output", each);
        INFO(got);
        CHECK(got.exit_code == 2);
        CHECK(got.out.empty());
        CHECK(lines_of(got.err).size() == 1);
    }
}
