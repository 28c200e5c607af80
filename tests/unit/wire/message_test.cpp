#include <doctest/doctest.h>
#include <cordon/engine/wire/message.hpp>

#include <set>

#include "samples.hpp"

using namespace cordon::engine;
using namespace cordon::engine::wire;

namespace {

template <class Message, class Variant>
Message passed_through(const Variant& original) {
    std::string payload;
    const cordon::engine::optional<Variant> back = decode<Variant>(samples::frame_of(original, payload));
    REQUIRE(back.has_value());
    REQUIRE(back->template get_if<Message>() != nullptr);
    return *back->template get_if<Message>();
}

template <class Message, class Variant>
const Message& sample(const vector<Variant>& all) {
    for (const Variant& each : all) {
        if (const Message* wanted = each.template get_if<Message>()) return *wanted;
    }
    FAIL("no sample of this kind");
    std::abort();
}

template <class Message>
Message passed(const Message& original) {
    return passed_through<Message>(report(original));
}

template <class Message>
Message ordered(const Message& original) {
    return passed_through<Message>(command(original));
}

}  // namespace

TEST_CASE("there is a sample of every message") {
    std::set<std::size_t> kinds;
    for (const command& each : samples::commands())
        kinds.insert(each.index());
    CHECK(kinds.size() == command::count());
    kinds.clear();
    for (const report& each : samples::reports())
        kinds.insert(each.index());
    CHECK(kinds.size() == report::count());
}

TEST_CASE("messages come back as the bytes that they were") {
    for (const command& each : samples::commands()) {
        std::string payload;
        const cordon::engine::optional<command> back = decode<command>(samples::frame_of(each, payload));
        REQUIRE(back.has_value());
        CHECK(back->index() == each.index());
        CHECK(samples::payload_of(*back) == payload);
    }
    for (const report& each : samples::reports()) {
        std::string payload;
        const cordon::engine::optional<report> back = decode<report>(samples::frame_of(each, payload));
        REQUIRE(back.has_value());
        CHECK(back->index() == each.index());
        CHECK(samples::payload_of(*back) == payload);
    }
}

// Field by field: one that `fields` forgets would come back at its default.

TEST_CASE("configure") {
    const configure sent = sample<configure>(samples::commands());
    const configure got = ordered(sent);
    CHECK(got.list_hash == sent.list_hash);
    CHECK(got.slot == sent.slot);
    CHECK(got.worker == sent.worker);
    CHECK(got.grace == sent.grace);
    CHECK(got.setup_limit == sent.setup_limit);
    CHECK(got.setup_limit == sent.setup_limit);
    CHECK(got.output_limit == sent.output_limit);
    CHECK(got.live_output == sent.live_output);
    CHECK(got.keep_temp == sent.keep_temp);
    CHECK(got.capture == sent.capture);
    CHECK(got.leaks == sent.leaks);
    CHECK(got.environment == sent.environment);
}

TEST_CASE("run") {
    const run sent = sample<run>(samples::commands());
    const run got = ordered(sent);
    REQUIRE(got.items.size() == sent.items.size());
    for (std::size_t i = 0; i < got.items.size(); ++i) {
        CHECK(got.items[i].ticket == sent.items[i].ticket);
        CHECK(got.items[i].test == sent.items[i].test);
        CHECK(got.items[i].number == sent.items[i].number);
        CHECK(got.items[i].of == sent.items[i].of);
        CHECK(got.items[i].mode == sent.items[i].mode);
        CHECK(got.items[i].seed == sent.items[i].seed);
        CHECK(got.items[i].timeout == sent.items[i].timeout);
        CHECK(got.items[i].memory_limit == sent.items[i].memory_limit);
        CHECK(got.items[i].fresh == sent.items[i].fresh);
        CHECK(got.items[i].snapshot == sent.items[i].snapshot);
    }
    CHECK(ordered(run()).items.empty());
}

TEST_CASE("enter") {
    const enter sent = sample<enter>(samples::commands());
    const enter got = ordered(sent);
    CHECK(got.group == sent.group);
    CHECK(got.setups == sent.setups);
    CHECK(got.limit == sent.limit);
}

TEST_CASE("hello, setup_ready, output_done, trouble") {
    const hello greeting = passed(sample<hello>(samples::reports()));
    CHECK(greeting.list_hash == 0xFEDCBA9876543210u);
    CHECK(greeting.tests == 100000);
    CHECK(greeting.threads == 2);
    const setup_ready ready = passed(sample<setup_ready>(samples::reports()));
    CHECK(ready.group == 4);
    CHECK(ready.threads == 3);
    CHECK(passed(output_done{9}).ticket == 9);
    const trouble bad = passed(trouble{9, "no process"});
    CHECK(bad.ticket == 9);
    CHECK(bad.text == "no process");
}

TEST_CASE("failed_assertion") {
    const failed_assertion sent = samples::a_failure();
    const failed_assertion got = passed(sent);
    CHECK(got.ticket == sent.ticket);
    CHECK(got.what.kind == sent.what.kind);
    CHECK(got.what.macro == sent.what.macro);
    CHECK(got.what.expression == sent.what.expression);
    CHECK(got.what.left == sent.what.left);
    CHECK(got.what.op == sent.what.op);
    CHECK(got.what.right == sent.what.right);
    CHECK(got.what.message == sent.what.message);
    CHECK(got.what.file == sent.what.file);
    CHECK(got.what.line == sent.what.line);
    CHECK(got.what.subcase == sent.what.subcase);
    CHECK(got.what.info == sent.what.info);
}

TEST_CASE("finished") {
    const finished got = passed(sample<finished>(samples::reports()));
    CHECK(got.ticket == 9);
    CHECK(got.how == finish::skipped);
    CHECK(got.has_output);
    CHECK(got.out_of_memory);
    CHECK(got.started == duration(11));
    CHECK(got.ended == duration(12));
    CHECK(got.assertions == 13);
    CHECK(got.failed_assertions == 14);
    CHECK(got.failures_dropped == 15);
    CHECK(got.reason == "not here");
}

TEST_CASE("output") {
    const output got = passed(sample<output>(samples::reports()));
    CHECK(got.ticket == 9);
    CHECK(got.from == stream::err);
    CHECK(got.dropped_before == 88);
    CHECK(got.live);
    CHECK(got.text == samples::any_bytes());
}

TEST_CASE("ended") {
    const ended sent = samples::an_end();
    const ended got = passed(sent);
    CHECK(got.ticket == sent.ticket);
    CHECK(got.pid == sent.pid);
    CHECK(got.by_signal == sent.by_signal);
    CHECK(got.code == sent.code);
    CHECK(got.why == sent.why);
    CHECK(got.out_of_memory == sent.out_of_memory);
    CHECK(got.forked == sent.forked);
    CHECK(got.started == sent.started);
    CHECK(got.gone == sent.gone);
    CHECK(got.usage.user == sent.usage.user);
    CHECK(got.usage.system == sent.usage.system);
    CHECK(got.usage.max_rss_bytes == sent.usage.max_rss_bytes);
    CHECK(got.usage.minor_faults == sent.usage.minor_faults);
    CHECK(got.usage.major_faults == sent.usage.major_faults);
    CHECK(got.usage.voluntary_switches == sent.usage.voluntary_switches);
    CHECK(got.usage.involuntary_switches == sent.usage.involuntary_switches);
    CHECK(got.orphans == sent.orphans);
    CHECK(got.orphan_commands == sent.orphan_commands);
}

TEST_CASE("left_behind") {
    const left_behind sent = sample<left_behind>(samples::reports());
    const left_behind got = passed(sent);
    CHECK(got.ticket == sent.ticket);
    CHECK(got.items == sent.items);
}

TEST_CASE("returned and left") {
    CHECK(passed(returned{{1, 127, 128}}).tickets == vector<std::uint32_t>{1, 127, 128});
    const left got = passed(sample<left>(samples::reports()));
    CHECK(got.group == 4);
    CHECK_FALSE(got.clean);
    CHECK(got.timed_out);
    CHECK(got.by_signal);
    CHECK(got.code == -11);
}

TEST_CASE("a frame's type has to be one of the connection's direction") {
    CHECK_FALSE(decode<report>({frame_version, static_cast<std::uint8_t>(report::count()), 1, {}}).has_value());
    CHECK_FALSE(decode<report>({frame_version, 255, 1, {}}).has_value());
    CHECK_FALSE(decode<command>({frame_version, static_cast<std::uint8_t>(command::count()), 1, {}}).has_value());
    CHECK(decode<command>({frame_version, type_of<leave, command>(), 1, {}}).has_value());
    CHECK_FALSE(decode<command>({frame_version, type_of<leave, command>(), 1, "x"}).has_value());
}

TEST_CASE("the bytes of a frame that docs/wire-protocol.md shows") {
    std::string bytes;
    append_command(bytes, 0xC0FFEE, 3, surrender());
    CHECK(bytes == std::string("\xDE\xC0\x01\x04\0\0\0\0\x03\0\0\0\0\0\0\0\xBB\x6F\x67\xA7\xE0\x37\xDF\x24", 24));
}

TEST_CASE("append_command makes a frame that a reader cuts out") {
    std::string stream;
    append_command(stream, 5, 1, run{{samples::item(3)}});
    append_command(stream, 5, 2, cancel());
    frame_reader reader(5);
    reader.feed(stream);
    const cordon::engine::optional<frame> first = reader.next();
    REQUIRE(first.has_value());
    const cordon::engine::optional<command> back = decode<command>(*first);
    REQUIRE(back.has_value());
    CHECK(back->get_if<run>()->items[0].ticket == 3);
    const cordon::engine::optional<frame> second = reader.next();
    REQUIRE(second.has_value());
    CHECK(second->number == 2);
    CHECK(second->type == type_of<cancel, command>());
}
