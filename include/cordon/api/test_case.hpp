#pragma once

#include <cordon/api/config.hpp>
#include <cordon/api/location.hpp>

namespace cordon {

class text_sink;

/// The process that a test runs in; see docs/isolation.md. `by_default` leaves the choice to the command line.
enum class isolate : unsigned char { by_default, fork, exec, shard, none, rewind };

namespace detail {

enum class decoration : unsigned char {
    none,
    name,
    tag,
    description,
    timeout,
    slow_after,
    retries,
    skip,
    todo,
    only,
    should_fail,
    may_fail,
    expected_failures,
    quarantine,
    serial,
    exclusive,
    threads,
    resource,
    memory_limit,
    isolation,
    require_assertions,
    property,  ///< the first of a PROPERTY; the next two are its own
    examples,
    example_timeout,
    left_out,     ///< by an option of another framework, see adapters/
    shares_name,  ///< of a test written for another framework, see compat/
    values,       ///< the first of a TEST_CASE_PARAMS
    types,        ///< the first of a TEST_CASE_TEMPLATE
};

/// One argument of TEST_CASE or TEST_SUITE: its name, or a decorator. Text must live as long as the program.
struct decorator {
    constexpr decorator() noexcept : kind(decoration::none), text(nullptr), number(0) {}
    constexpr decorator(const char* name) noexcept : kind(decoration::name), text(name), number(0) {}
    constexpr decorator(decoration kind_, const char* text_, double number_) noexcept
        : kind(kind_), text(text_), number(number_) {}

    decoration kind;
    const char* text;
    double number;
};

/// The arguments of one TEST_CASE or TEST_SUITE.
template <size_t N>
struct decorator_list {
    decorator items[N];
};

template <size_t N>
constexpr decorator_list<N> list_of(const decorator (&items)[N]) noexcept {
    decorator_list<N> list;
    for (size_t i = 0; i < N; ++i)
        list.items[i] = items[i];
    return list;
}

/// The decorators. Their names are in scope only inside the parentheses of TEST_CASE and TEST_SUITE: a class scope
/// hides a `tag` or `timeout` of the user, and adds nothing to the body of the test. The parentheses around the names
/// protect them from macros of the user.
struct decorator_scope {
    static constexpr decorator(tag)(const char* name) noexcept { return {decoration::tag, name, 0}; }
    static constexpr decorator(description)(const char* text) noexcept { return {decoration::description, text, 0}; }
    /// Seconds; 0 means no limit.
    static constexpr decorator(timeout)(double seconds) noexcept { return {decoration::timeout, nullptr, seconds}; }
    static constexpr decorator(slow_after)(double seconds) noexcept {
        return {decoration::slow_after, nullptr, seconds};
    }
    static constexpr decorator(retries)(int n) noexcept {
        return {decoration::retries, nullptr, static_cast<double>(n)};
    }
    static constexpr decorator(skip)(const char* why = "", bool when = true) noexcept {
        return {decoration::skip, why, when ? 1.0 : 0.0};
    }
    static constexpr decorator(todo)(const char* why = "") noexcept { return {decoration::todo, why, 1}; }
    static constexpr decorator(only)() noexcept { return {decoration::only, nullptr, 1}; }
    static constexpr decorator(should_fail)(bool on = true) noexcept {
        return {decoration::should_fail, nullptr, on ? 1.0 : 0.0};
    }
    static constexpr decorator(may_fail)(bool on = true) noexcept {
        return {decoration::may_fail, nullptr, on ? 1.0 : 0.0};
    }
    static constexpr decorator(expected_failures)(int n) noexcept {
        return {decoration::expected_failures, nullptr, static_cast<double>(n)};
    }
    static constexpr decorator(quarantine)(const char* issue) noexcept { return {decoration::quarantine, issue, 1}; }
    /// Tests of one serial group never run at the same time.
    static constexpr decorator(serial)(const char* group = "") noexcept { return {decoration::serial, group, 1}; }
    /// Runs while no other test runs.
    static constexpr decorator(exclusive)() noexcept { return {decoration::exclusive, nullptr, 1}; }
    /// The test keeps n processors busy, so it counts as n of --jobs.
    static constexpr decorator(threads)(int n) noexcept {
        return {decoration::threads, nullptr, static_cast<double>(n)};
    }
    /// The test holds the named resource. At most n tests of the run hold it at the same time.
    static constexpr decorator(resource)(const char* name, int n = 1) noexcept {
        return {decoration::resource, name, static_cast<double>(n)};
    }
    static constexpr decorator(memory_limit)(double bytes) noexcept {
        return {decoration::memory_limit, nullptr, bytes};
    }
    static constexpr decorator(isolation)(isolate mode) noexcept {
        return {decoration::isolation, nullptr, static_cast<double>(static_cast<unsigned char>(mode))};
    }
    /// The test fails if it passes without an assertion; with false it never does.
    static constexpr decorator(require_assertions)(bool on = true) noexcept {
        return {decoration::require_assertions, nullptr, on ? 1.0 : 0.0};
    }
};

/// A TEST_SUITE block. Several blocks may have the same name; each applies its own decorators to its tests.
struct suite {
    const char* name() const;  ///< never null

    location where;
    const suite* parent;
    const decorator* decorators;
    size_t count;
};

/// A registered test: only what the macro knows at compile time. One function can be the body of many tests: `context`
/// tells it which of them runs, and must live as long as the program.
struct test_case {
    test_case(void (*body)(const void* context), location where, const suite* owner, const decorator* decorators,
              size_t count, const void* context = nullptr) noexcept;

    const char* name() const;  ///< never null; final after the engine has built the list of tests
    bool is_row() const { return count != 0 && decorators[0].kind >= decoration::values; }

    void (*body)(const void* context);
    location where;
    const suite* owner;
    const decorator* decorators;
    size_t count;
    const void* context;
    mutable const test_case* next;
    mutable const char* made_name = nullptr;  ///< of a row, or of a test without a name
};

/// What the `context` of a registered TEST_CASE_PARAMS or TEST_CASE_TEMPLATE points to. The engine replaces such a test
/// by the tests that `make` adds, when it builds the list of tests.
struct test_source {
    void (*make)();
};

/// A test of one value or of one type.
struct row : test_case {
    /// Belongs to the source whose `make` runs. `write_label` writes `value` as the test's name shows it.
    row(void (*write_label)(text_sink&, const void* value), const void* value) noexcept;

    void (*write_label)(text_sink&, const void* value);
    const decorator* own_decorators = nullptr;
    size_t own_count = 0;
};

/// The row must live as long as the program. Its own decorators are copied.
void add_row(row& made, const decorator* own = nullptr, size_t count = 0);

/// A GLOBAL_SETUP (owner is null) or SUITE_SETUP block.
struct setup {
    setup(void (*body)(), location where, const suite* owner) noexcept;

    void (*body)();
    location where;
    const suite* owner;
    mutable const setup* next;
};

/// TEST_SUITE_BEGIN and TEST_SUITE_END. Tests registered between the two, outside any TEST_SUITE block, belong to the
/// suite. Null ends it.
struct suite_switch {
    explicit suite_switch(const suite* begun) noexcept;
};

/// Returns the suite of a block: the TEST_SUITE around it, else the suite of TEST_SUITE_BEGIN, else null.
const suite* enclosing_suite(const suite* block) noexcept;

}  // namespace detail
}  // namespace cordon

/// The suite of a test that is registered here. TEST_SUITE declares the same name inside its block, which hides this
/// one.
[[maybe_unused]] static constexpr const ::cordon::detail::suite* cordon_current_suite = nullptr;
