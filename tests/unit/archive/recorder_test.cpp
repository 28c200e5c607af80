#include "recorded.hpp"

using namespace recorded;

TEST_CASE("a recording is at hand before the run is over") {
    scripted::run script;
    const auto test = script.add("", "a");
    script.start();
    script.begin(test, scripted::ms(1));
    scripted::string_output output;
    archive::recorder recorder(output);
    for (const event& each : script.events)
        recorder.on(each);
    recorder.on(tick{scripted::ms(100)});
    CHECK(reading(output.text).events.size() == script.events.size() + 1);
}

TEST_CASE("what happens in a moment goes out together") {
    scripted::run script;
    vector<std::size_t> tests;
    for (int i = 0; i < 200; ++i)
        tests.push_back(script.add("", "a"));
    script.start();
    for (const std::size_t test : tests)
        script.pass(test, scripted::us(1));
    scripted::string_output output;
    archive::recorder recorder(output);
    for (const event& each : script.events)
        recorder.on(each);
    CHECK(output.writes < script.events.size());
}

TEST_CASE("with tests in this process each event goes out at once") {
    scripted::run script;
    const auto test = script.add("", "a");
    script.info.isolation = cordon::isolate::none;
    script.start();
    script.begin(test, scripted::ms(1));
    scripted::string_output output;
    archive::recorder recorder(output);
    std::size_t events = 0;
    for (const event& each : script.events) {
        recorder.on(each);
        CHECK(reading(output.text).events.size() == ++events);
    }
}
