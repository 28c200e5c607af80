#include <cordon/engine/codec/codec.hpp>
#include <cordon/engine/model/conditions.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/flake.hpp>
#include <cordon/engine/text/flake_cause.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace cordon::engine;

TEST_CASE("the rows of tables stand where the enumeration says") {
    for (std::size_t i = 0; i < std::size(flake_categories); ++i)
        CHECK(static_cast<std::size_t>(flake_categories[i].what) == i);
    for (std::size_t i = 0; i < std::size(flake_causes); ++i)
        CHECK(static_cast<std::size_t>(flake_causes[i].what) == i);
    for (std::size_t i = 0; i < std::size(text::cause_sentences); ++i)
        CHECK(static_cast<std::size_t>(text::cause_sentences[i].what) == i);
}

TEST_CASE("categories have the names that reports know") {
    CHECK(name_of(flake_category::not_run) == "not_run");
    CHECK(name_of(flake_category::start_up) == "start_up");
    CHECK(name_of(flake_category::unexplained) == "unexplained");
}

TEST_CASE("each condition has a row, arrangements have none") {
    for (std::size_t i = 0; i < std::size(condition_names); ++i) {
        const auto kind = static_cast<condition_kind>(i);
        CAPTURE(name_of(kind));
        CHECK((row_of(kind) != nullptr) == (kind < condition_kind::alone));
        CHECK(condition_kind_named(name_of(kind)) == kind);
    }
}

TEST_CASE("a variation is read as it was written") {
    CHECK(variation("hogs=4").kind == condition_kind::hogs);
    CHECK(variation("tz=a=b").kind == condition_kind::tz);
    CHECK(variation("timer-slack").kind == condition_kind::timer_slack);
    CHECK(variation("alone").kind == condition_kind::alone);
    CHECK(variation("alone, hogs=4").kind == condition_kind::alone_and_busy);
    CHECK(variation("hog=4").kind == condition_kind::unknown);
    for (const char* text : {"hogs=4", "tz=", "alone, hogs=4", "of a later cordon=7", ""})
        CHECK(variation(text).text == text);
    CHECK(variation(condition_kind::order).text == "order");
    CHECK(variation("tz=") != variation("tz"));
    CHECK(with_value("tz").text == "tz=<+1345>-13:45");
    CHECK(with_value("tz=").text == "tz=");
}

TEST_CASE("a summary comes back from a recording") {
    flake_summary made;
    made.set_cause(flake_cause::spoiled_by_others);
    made.polluters = {"a", "b"};
    made.details.before = {40, 3};
    made.details.after = {40, 30};
    made.details.no_command = true;
    made.details.not_asked = 2002;
    made.trials.push_back({"hogs=4", 20, 3, 0.5, true, {40, 2}});
    std::string bytes;
    codec::encoder<std::string, codec::form::lasting>{bytes}(made);
    flake_summary back;
    codec::decoder<codec::form::lasting> read(bytes);
    read(back);
    CHECK(read.complete());
    CHECK(back.category == flake_category::victim);
    CHECK(back.cause == flake_cause::spoiled_by_others);
    CHECK(text::cause_in_words(back) == text::cause_in_words(made));
    REQUIRE(back.trials.size() == 1);
    CHECK(back.trials[0].condition == variation("hogs=4"));
    CHECK(back.trials[0].condition.kind == condition_kind::hogs);
}
