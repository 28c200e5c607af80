#include "recorded.hpp"

#include <cordon/engine/report/as_json/document.hpp>
#include <cordon/engine/report/console/console.hpp>

using namespace recorded;

namespace {

template <class Make>
std::string report_of(const Make& make, const reading& from) {
    scripted::string_output output;
    const auto report = make(output);
    from.feed(*report);
    return output.text;
}
template <class Make>
std::string report_of(const Make& make, const scripted::run& from) {
    scripted::string_output output;
    const auto report = make(output);
    from.feed(*report);
    return output.text;
}

scripted::run with_every_field() {
    scripted::run script;
    script.info.shard = shard_choice{2, 3, true};
    script.info.filtered_out = 4;
    script.info.shuffled = true;
    const auto index = script.add("outer/inner", "named", 77, {"a", "b"});
    test_info& test = script.list->tests[index];
    test.description = "described";
    test.timeout = scripted::ms(250);
    test.slow_after = duration{0};
    test.retries = 3;
    test.skip = "skipped";
    test.todo = "";
    test.quarantine = "issue 5";
    test.only = test.should_fail = test.may_fail = test.exclusive = true;
    test.expected_failures = 9;
    test.serial = "group";
    test.threads = 4;
    test.resources = {{"gpu", 1}, {"port", 65535}};
    test.memory_limit = 1ull << 40;
    test.isolation = cordon::isolate::exec;
    script.start();
    script.finish(scripted::ms(1));
    return script;
}

const test_info& only_test(const reading& from) { return from.events[0].get_if<run_started>()->list->tests[0]; }

}  // namespace

TEST_CASE("reports of a recording are those of the run, byte for byte") {
    const auto json = [](text_output& to) { return cordon::engine::owned<sink>(new report::json_document(to)); };
    const auto console = [](text_output& to) {
        text::console_style style;
        style.verbose = true;
        style.output = show_output::all;
        return report::make_console(style, to);
    };
    for (const scripted::run& script : {scripted::of_everything(), scripted::of_hostile_bytes(), with_every_field()}) {
        const std::string bytes = bytes_of(script);
        for (const std::size_t step : {std::string::npos, std::size_t(1), std::size_t(4096)}) {
            const reading again(bytes, step);
            CHECK(again.reader.damage() == "");
            CHECK(again.reader.pending() == 0);
            CHECK(again.reader.position() == bytes.size());
            CHECK(again.events.size() == script.events.size());
            CHECK(report_of(json, again) == report_of(json, script));
            CHECK(report_of(console, again) == report_of(console, script));
        }
    }
}

TEST_CASE("a test list comes back whole, and owns its texts") {
    reading again(bytes_of(with_every_field()));
    const test_info& test = only_test(again);
    CHECK(test.name == "named");
    CHECK(test.suite == "outer/inner");
    CHECK(test.file == "tests/sample.cpp");
    CHECK(test.line == 77);
    CHECK(test.description == "described");
    CHECK(test.tags == vector<std::string_view>{"a", "b"});
    CHECK(test.timeout == scripted::ms(250));
    CHECK(test.slow_after == duration{0});
    CHECK(test.retries == 3u);
    CHECK(test.skip == "skipped");
    CHECK(test.todo == "");
    CHECK(test.quarantine == "issue 5");
    CHECK((test.only && test.should_fail && test.may_fail && test.exclusive));
    CHECK(test.expected_failures == 9);
    CHECK(test.serial == "group");
    CHECK(test.threads == 4);
    REQUIRE(test.resources.size() == 2);
    CHECK(test.resources[1].name == "port");
    CHECK(test.resources[1].limit == 65535);
    CHECK(test.memory_limit == 1ull << 40);
    CHECK(test.isolation == cordon::isolate::exec);
    CHECK(test.registered == nullptr);
    const run_info& info = again.events[0].get_if<run_started>()->info;
    REQUIRE(info.shard);
    CHECK(info.shard->index == 2);
    CHECK(info.shard->count == 3);
    CHECK(info.shard->by_hash);
    // Also when all that it was read from is gone.
    const std::shared_ptr<const test_list> list = again.events[0].get_if<run_started>()->list;
    again = reading("");
    CHECK(list->tests[0].name == "named");
    CHECK(list->tests[0].resources[1].name == "port");
}

TEST_CASE("a recording that was cut anywhere gives what is before, and is not called damaged") {
    const scripted::run script = scripted::of_everything();
    const std::string bytes = bytes_of(script);
    std::size_t events = 0;
    for (std::size_t size = 0; size < bytes.size(); size += size < 200 ? 1 : 7) {
        const reading cut(std::string_view(bytes).substr(0, size));
        CHECK(cut.reader.damage() == "");
        CHECK(cut.events.size() >= events);
        CHECK(cut.events.size() < script.events.size());
        events = cut.events.size();
    }
    CHECK(events > 20);
}

TEST_CASE("a recording with any byte changed is called damaged, or ends early") {
    scripted::run script;
    script.pass(script.add("suite", "name"), scripted::ms(1));
    script.start();
    script.finish(scripted::ms(1));
    vector<event> ordered;
    script.events.clear();
    script.start();
    script.pass(0, scripted::ms(1));
    script.finish(scripted::ms(1));
    const std::string bytes = bytes_of(script);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        for (const int change : {1, 0x80, 0xFF}) {
            std::string changed = bytes;
            changed[at] = static_cast<char>(changed[at] ^ change);
            const reading what(changed);
            const bool noticed = !what.reader.damage().empty() || what.events.size() < script.events.size();
            // But for the text that says who wrote it.
            CHECK_MESSAGE((noticed || (at >= archive::recording_kind.size() && at < codec::title_size)), "byte " << at);
        }
    }
}

TEST_CASE("frames that are missing, doubled or moved are damage") {
    scripted::run script;
    script.add("", "a");
    script.start();
    script.finish(scripted::ms(1));
    const std::string head = bytes_of(scripted::run());
    std::string first, second, whole = codec::title_of(archive::recording_kind);
    REQUIRE(archive::append_event(first, 0, script.events[0]));
    REQUIRE(archive::append_event(second, 1, script.events[1]));
    CHECK(head == whole);
    CHECK(reading(whole + first + second).events.size() == 2);
    for (const std::string& wrong : {whole + second, whole + first + first, whole + second + first}) {
        const reading got(wrong);
        CHECK(got.reader.damage().find("is damaged after byte") != std::string::npos);
    }
}

TEST_CASE("what is no recording, and what another cordon wrote, is refused by name") {
    CHECK(reading("#include <cordon/cordon.hpp>").reader.damage() == "it is not a recording of cordon");
    CHECK(reading("{}").reader.damage() == "it is not a recording of cordon");
    CHECK(reading(codec::title_of("cordon-history")).reader.damage() == "it is not a recording of cordon");
    CHECK(reading("").reader.damage() == "");
    CHECK_FALSE(reading("").reader.is_recording());
    const reading unreleased(
        "\x8A"
        "cordon\n\1\0\0\0");
    CHECK(unreleased.reader.damage() == "it is a recording from before cordon's first release: record it again");
    CHECK_FALSE(unreleased.reader.is_recording());
}

TEST_CASE("a recording of a newer version is refused, and what to do is said") {
    std::string newer = codec::title_of(archive::recording_kind);
    newer.replace(newer.find(CORDON_VERSION), std::string(CORDON_VERSION).size(), "9.8.7");
    codec::seal under = archive::recording_seal;
    under.version = archive::recording_version + 1;
    codec::append_record(newer, under, 0, 0, "whatever it is");
    const reading got(newer);
    CHECK(got.events.empty());
    CHECK(got.reader.damage() == "it has format 2, but this is cordon " CORDON_VERSION
                                 ", which reads up to format 1: use a newer cordon (the file was begun by 9.8.7)");
}

TEST_CASE("fields that an older recording does not have keep their defaults") {
    scripted::run script;
    script.add("", "a");
    script.start();
    std::string bytes = codec::title_of(archive::recording_kind);
    REQUIRE(archive::append_event(bytes, 0, script.events[0]));
    // A test_finished that has only the test, and one with a field more than this version knows.
    const auto type = static_cast<std::uint8_t>(event::index_of<test_finished>());
    codec::append_record(bytes, archive::recording_seal, type, 1, std::string_view("\1\0", 2));
    const std::string more = bytes;
    codec::append_record(bytes, archive::recording_seal, type, 2, std::string_view("\2\0\1", 3));
    const reading got(bytes);
    REQUIRE(got.events.size() == 3);
    CHECK(got.events[1].get_if<test_finished>()->what == verdict::not_run);
    CHECK(got.events[2].get_if<test_finished>()->what == verdict::failed);
    CHECK_FALSE(got.events[2].get_if<test_finished>()->earlier);
    std::string too_many = more;
    codec::append_record(too_many, archive::recording_seal, type, 2, std::string_view("\6\0\1\0\0\0\0", 7));
    CHECK(reading(too_many).reader.damage().find("an invalid event") != std::string::npos);
}

TEST_CASE("events of tests that are not in the list make no sense") {
    scripted::run script;
    script.add("", "a");
    script.start();
    for (const event& wrong : {event(test_finished{1, verdict::passed, {}}), event(attempt_started{7, 1, 0, 1, {}}),
                               event(output_arrived{1, stream::out, {}}), event(run_started())}) {
        std::string bytes = codec::title_of(archive::recording_kind);
        REQUIRE(archive::append_event(bytes, 0, script.events[0]));
        REQUIRE(archive::append_event(bytes, 1, wrong));
        const reading got(bytes);
        CHECK(got.events.size() == 1);
        CHECK(got.reader.damage().find("an invalid event") != std::string::npos);
    }
}

TEST_CASE("the decoder takes only what fits") {
    const auto takes = [](std::string_view bytes, auto value) {
        codec::decoder<codec::form::lasting> read(bytes);
        read(value);
        return read.complete();
    };
    using namespace std::string_view_literals;
    CHECK(takes("\x05"sv, std::uint32_t()));
    CHECK_FALSE(takes("\xFF\xFF\xFF\xFF\x7F"sv, std::uint32_t()));
    CHECK_FALSE(takes("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"sv, std::uint64_t()));
    CHECK_FALSE(takes("\x02"sv, bool()));
    CHECK_FALSE(takes("\x0A"sv, verdict::passed));
    CHECK(takes("\x09"sv, verdict::passed));
    CHECK_FALSE(
        takes("\x05"
              "abc"sv,
              std::string()));
    CHECK_FALSE(takes("\x02\x00"sv, cordon::engine::optional<bool>()));
    CHECK_FALSE(
        takes("\xFF\xFF\xFF\x7F"
              "abc"sv,
              vector<std::string>()));
    CHECK_FALSE(takes("\x01"sv, tick()));
    CHECK(takes("\x01\x02"sv, tick()));
    CHECK(takes("\x00"sv, tick()));
    CHECK_FALSE(takes("\x04\1\1\1\1"sv, tick()));
    CHECK_FALSE(takes("\x03\0"sv, vector<tick>()));  // items without a byte would be as many as one likes
    CHECK(takes("\x03\1\1\1\1"sv, vector<tick>()));
}
