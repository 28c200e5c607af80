#include <cordon/engine/archive/loose_ends.hpp>
#include <cordon/engine/archive/merge.hpp>
#include <cordon/engine/archive/recording.hpp>
#include <cordon/engine/report/formats.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

// The input is a recording's events after the first: for each its type, the size of its payload in two bytes, and that.
// Check sums are put in place here, so that what is in the payloads gets past them. Whatever the reader lets through,
// every report takes: one for each input, since all of them take many times as long as reading. The same bytes are also
// read as they are, as a whole file.

namespace {

using namespace cordon::engine;

class no_output final : public text_output {
  public:
    void write(std::string_view text) override { written += text.size(); }
    std::size_t written = 0;
};

event first_event() {
    std::shared_ptr<test_list> list(new test_list);
    for (const char* name : {"a", "b", "c"}) {
        list->tests.emplace_back();
        list->tests.back().name = name;
        list->tests.back().suite = "s/t";
    }
    run_started run;
    run.list = list;
    run.selected = {0, 1, 2};
    return run;
}

std::string recording_of(std::string_view input) {
    std::string bytes = codec::title_of(archive::recording_kind);
    archive::append_event(bytes, 0, first_event());
    for (std::uint64_t number = 1; input.size() >= 3; ++number) {
        const auto at = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(input[i])); };
        const std::string_view payload = input.substr(3, std::min(at(1) + 256 * at(2), input.size() - 3));
        codec::append_record(bytes, archive::recording_seal, static_cast<std::uint8_t>(at(0) % 16), number, payload);
        input.remove_prefix(3 + payload.size());
    }
    return bytes;
}

vector<event> read(std::string_view bytes) {
    archive::recording_reader reader;
    reader.feed(bytes);
    vector<event> events;
    while (cordon::engine::optional<event> next = reader.next())
        events.push_back(std::move(*next));
    return events;
}

/// In the format that the number draws.
void report_one(const vector<event>& events, std::uint64_t drawn) {
    std::size_t formats = 0;
    report::each_format([&](const report::format&) { ++formats; });
    std::size_t at = 0;
    report::each_format([&](const report::format& format) {
        if (at++ != drawn % formats) return;
        no_output output;
        const cordon::engine::owned<cordon::engine::sink> sink = format.make({format.name, {}, nullptr}, output);
        archive::loose_ends ends;
        for (const event& each : events) {
            ends.on(each);
            sink->on(each);
        }
        if (!ends.whole()) ends.tie_up(*sink);
        sink->finish().ignore();
    });
}

void merge_all(const vector<event>& events) {
    vector<archive::part> parts(2);
    for (archive::part& part : parts) {
        for (const event& each : events)
            part.on(each);
    }
    const archive::merge whole(std::move(parts));
    no_output output;
    report::json_document document(output);
    document.on(run_started(whole.begin()));
    for (std::size_t part = 0; part < 2; ++part) {
        for (const event& each : events)
            whole.pass(part, event(each), document);
    }
    whole.pass_missing(document);
    document.on(run_finished(whole.end()));
    document.finish().ignore();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const vector<event> events = read(recording_of(input));
    report_one(events, fast_hash(input));
    merge_all(events);
    read(input);
    return 0;
}
