#include <doctest/doctest.h>

#include <cordon/engine/model/event.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

// A struct of an event that has a field which its `fields` does not name would lose it in a recording.

using namespace cordon::engine;

// Which of two ways leads from `anything` to an optional does not matter here.
#pragma GCC diagnostic ignored "-Wconversion"

namespace {

struct anything {
    template <class Type>
    operator Type() const;
};

template <class Struct, class Places, class = void>
struct takes_so_many : std::false_type {};
template <class Struct, std::size_t... Places>
struct takes_so_many<Struct, std::index_sequence<Places...>,
                     std::void_t<decltype(Struct{(static_cast<void>(Places), anything{})...})>> : std::true_type {};

/// How many members an aggregate has: as many as it can be made from.
template <class Struct, std::size_t Count = 40>
constexpr std::size_t members_of() {
    if constexpr (takes_so_many<Struct, std::make_index_sequence<Count>>::value) {
        return Count;
    } else {
        return members_of<Struct, Count - 1>();
    }
}

struct counter {
    std::size_t count = 0;
    template <class... Fields>
    void operator()(Fields&&...) {
        count += sizeof...(Fields);
    }
};

template <class Struct>
std::size_t fields_of() {
    counter all;
    Struct{}.fields(all);
    return all.count;
}

}  // namespace

#define CHECK_ALL_FIELDS(type) CHECK_MESSAGE(fields_of<type>() == members_of<type>(), #type)

TEST_CASE("every field of an event is recorded") {
    CHECK_ALL_FIELDS(run_info);
    CHECK_ALL_FIELDS(run_started);
    CHECK_ALL_FIELDS(worker_started);
    CHECK_ALL_FIELDS(worker_lost);
    CHECK_ALL_FIELDS(attempt_started);
    CHECK_ALL_FIELDS(output_arrived);
    CHECK_ALL_FIELDS(attempt_ended);
    CHECK_ALL_FIELDS(test_finished);
    CHECK_ALL_FIELDS(notice);
    CHECK_ALL_FIELDS(tick);
    CHECK_ALL_FIELDS(run_finished);
    CHECK_ALL_FIELDS(flake_found);
    CHECK_ALL_FIELDS(flake_summary);
    CHECK_ALL_FIELDS(flake_signature);
    // The runs without the condition have two names of their own.
    CHECK(fields_of<flake_trial>() == members_of<flake_trial>() + 1);
    CHECK_ALL_FIELDS(flake_details);
    CHECK_ALL_FIELDS(run_counts);
    CHECK_ALL_FIELDS(flake_contrast);
    CHECK_ALL_FIELDS(attempt_figures);
    // All but the snapshots, which only the run itself needs.
    CHECK(fields_of<attempt_result>() + 1 == members_of<attempt_result>());
    CHECK_ALL_FIELDS(failure);
    CHECK_ALL_FIELDS(leaf_result);
    CHECK_ALL_FIELDS(output_piece);
    CHECK_ALL_FIELDS(captured_output);
    CHECK_ALL_FIELDS(resource_usage);
    CHECK_ALL_FIELDS(leftovers);
    CHECK_ALL_FIELDS(shard_choice);
    CHECK_ALL_FIELDS(test_info::resource_use);
    // All but what only the program itself has or asks for: require_assertions, left_out, is_property, registered; and
    // failure_reason, which verdicts say.
    CHECK(fields_of<test_info>() + 5 == members_of<test_info>());
}

TEST_CASE("events keep their numbers") {
    CHECK(event::index_of<run_started>() == 0);
    CHECK(event::index_of<worker_started>() == 1);
    CHECK(event::index_of<worker_lost>() == 2);
    CHECK(event::index_of<attempt_started>() == 3);
    CHECK(event::index_of<output_arrived>() == 4);
    CHECK(event::index_of<attempt_ended>() == 5);
    CHECK(event::index_of<test_finished>() == 6);
    CHECK(event::index_of<notice>() == 7);
    CHECK(event::index_of<tick>() == 8);
    CHECK(event::index_of<run_finished>() == 9);
    CHECK(event::index_of<flake_found>() == 10);
    CHECK(event::count() >= 11);
}
