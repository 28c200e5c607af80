#pragma once

#include <cordon/api/config.hpp>
#include <cordon/api/rows.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/hash_index.hpp>
#include <cordon/engine/base/quote.hpp>
#include <cordon/engine/base/utf8.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/context.hpp>
#include <cordon/engine/exec/registry.hpp>
#include <cordon/engine/exec/stringify.hpp>
#include <cordon/engine/exec/text_sink.hpp>
#include <cordon/engine/exec/type_text.hpp>
#include <cordon/engine/exec/unwind.hpp>
#include <cordon/engine/model/namesakes.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/model/test_names.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

// Replaces each TEST_CASE_PARAMS and TEST_CASE_TEMPLATE among the registered tests by its tests, and names them.

// What runs for each row is not in CORDON_CHEAP.

namespace cordon::engine::exec {

/// The tests of one source while its `make` runs.
struct made_rows {
    const detail::test_case* source;
    detail::row* first = nullptr;
    detail::row* last = nullptr;
    std::size_t count = 0;
};
made_rows* now_made = nullptr;
bool rows_are_made = false;

/// In bytes. Longer labels are cut: nobody selects a test by so long a name.
constexpr std::size_t longest_label = 240;

/// Appends what follows the source's name: "/LABEL" or "<TYPE>". A value without a text of its own is called by its
/// number: names must be the same in each process.
void append_label(std::string& to, const detail::row& made, std::size_t number) {
    bool& shows_memory = detail::stringify_detail::shows_memory;
    shows_memory = false;
    std::string label = written({made.write_label, made.context});
    if (shows_memory) label = std::to_string(number);
    if (label.size() > longest_label) label.replace(code_point_start(label, longest_label), std::string::npos, "...");
    const bool is_type = made.decorators[0].kind == detail::decoration::types;
    to += is_type ? '<' : '/';
    to += label;
    if (is_type) to += '>';
    if (!is_type && label.empty()) to += "\"\"";
}

/// Gives names to the tests of one source. A second test of the same name gets " #2".
class row_names {
  public:
    explicit row_names(const made_rows& of) : prefix_(of.source->name()), known_(of.count) { names_.reserve(of.count); }

    void name(detail::row& made) {
        wanted_ = prefix_;
        append_label(wanted_, made, ++number_);
        const std::size_t first = place_of(wanted_);
        if (first != names_.size()) number_name(first);
        names_.push_back({keep_text(wanted_), 1});
        made.made_name = names_.back().text;
    }

  private:
    struct known_name {
        const char* text;
        std::uint32_t used;  ///< the last number after it
    };

    CORDON_COLD void number_name(std::size_t first) {
        const std::string taken = wanted_;
        do {
            wanted_ = taken + " #" + std::to_string(++names_[first].used);
        } while (place_of(wanted_) != names_.size());
    }

    /// The place of the name in names_; the next place, if it is new.
    std::size_t place_of(const std::string& name) {
        return known_.find_or_enter(fast_hash(name), names_.size(),
                                    [this, &name](std::size_t other) { return names_[other].text == name; });
    }

    std::string prefix_;
    std::string wanted_;  // keeps its memory
    hash_index known_;
    vector<known_name> names_;
    std::size_t number_ = 0;
};

}  // namespace cordon::engine::exec

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

/// A test that stands for a source without usable values.
struct failing_row : detail::row {
    explicit failing_row(std::string_view why_) : row(nullptr, this), why(keep_text(why_)) { body = fail; }

    static void fail(const void* context) {
        const auto& test = *static_cast<const failing_row*>(context);
        failure what;
        what.kind = failure_kind::process;
        what.message = test.why;
        what.file = test.where.file;
        what.line = test.where.line;
        exec::context().record(std::move(what));
    }

    const char* why;
};

/// Calls the user's code. Returns why it did not give all values; empty if it did.
std::string why_incomplete(const detail::test_source& source) {
#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
    try {
        source.make();
    } catch (...) {
        return "its values could not be made: " + current_exception_text();
    }
#else
    source.make();
#endif
    if (now_made->count != 0) return {};
    return now_made->source->decorators[0].kind == detail::decoration::types ? "it has no types" : "it has no values";
}

made_rows rows_of(const detail::test_case& source) {
    made_rows made{&source};
    now_made = &made;
    const std::string why = why_incomplete(*static_cast<const detail::test_source*>(source.context));
    row_names names(made);
    for (const detail::test_case* each = made.first; each != nullptr; each = each->next)
        names.name(*static_cast<detail::row*>(const_cast<detail::test_case*>(each)));
    if (!why.empty()) detail::add_row(*new failing_row(why));
    now_made = nullptr;
    return made;
}

/// Call it once, before anything else reads the registered tests. It runs the user's code.
void make_rows() {
    const detail::test_case* before = nullptr;
    for (const detail::test_case* test = first_test; test != nullptr; before = test, test = test->next) {
        if (!test->is_row()) continue;
        const made_rows made = rows_of(*test);
        made.last->next = test->next;
        (before == nullptr ? first_test : before->next) = made.first;
        if (last_test == test) last_test = made.last;
        test = made.last;
    }
    name_tests(first_test);
    tell_namesakes_apart(first_test);
    rows_are_made = true;
}

}  // namespace cordon::engine::exec

namespace cordon::detail {

decorator* copied(const decorator* items, size_t count) {
    decorator* const copy = new decorator[count];
    for (size_t i = 0; i < count; ++i)
        copy[i] = items[i];
    return copy;
}

row::row(void (*write_label_)(text_sink&, const void*), const void* value) noexcept
    : test_case(*engine::exec::now_made->source), write_label(write_label_) {
    context = value;
    next = nullptr;
}

void add_row(row& made, const decorator* own, size_t count) {
    if (count != 0) made.own_decorators = copied(own, count);
    made.own_count = count;
    engine::exec::made_rows& to = *engine::exec::now_made;
    if (to.first == nullptr) {
        to.first = &made;
    } else {
        to.last->next = &made;
    }
    to.last = &made;
    ++to.count;
}

void add_types(const type_test* tests, size_t count, const decorator* own, size_t own_count) {
    for (size_t i = 0; i < count; ++i) {
        row& made = *new row(
            [](text_sink& out, const void* type) { out << engine::exec::type_text(static_cast<const char*>(type)); },
            tests[i].type);
        made.body = tests[i].body;
        add_row(made, own, own_count);
    }
}

void refuse_missing_state() {
    engine::failure what;
    what.kind = engine::failure_kind::process;
    what.message = "a cordon::suite_state is used before a setup of this test has called make()";
    if (const assertion_site* last = current_thread.last) {
        what.file = last->file;
        what.line = last->line;
    }
    engine::exec::context().record(std::move(what));
    leave_test();
}

void add_test(const name_here& name, void (*body)(const void*), const void* context, const decorator* items,
              size_t count) {
    if (engine::exec::rows_are_made) {
        engine::failure what;
        what.kind = engine::failure_kind::process;
        what.message = "cordon::add_test(" + engine::quoted({name.name.data, name.name.size}) +
                       ") comes too late: tests must be added before cordon::run";
        what.file = name.where.file;
        what.line = name.where.line;
        return engine::exec::context().record(std::move(what));
    }
    decorator* const kept = copied(items, count);
    for (size_t i = 0; i < count; ++i) {
        if (kept[i].text != nullptr) kept[i].text = engine::keep_text(kept[i].text);
    }
    kept[0] = decorator(engine::keep_text({name.name.data, name.name.size}));
    new test_case(body, {engine::keep_text(name.where.file), name.where.line}, nullptr, kept, count, context);
}

}  // namespace cordon::detail

CORDON_CHEAP_END
