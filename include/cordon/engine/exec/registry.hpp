#pragma once

#include <cordon/api/test_case.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/suite_path.hpp>
#include <cordon/engine/model/test_names.hpp>

#include <cstdint>

namespace cordon::engine::exec {

// Plain pointers, because registration runs in static initializers, before any object of the engine is constructed.
const detail::test_case* first_test = nullptr;
const detail::test_case* last_test = nullptr;
const detail::setup* first_setup = nullptr;
const detail::setup* last_setup = nullptr;
/// The suite between TEST_SUITE_BEGIN and TEST_SUITE_END.
const detail::suite* begun_suite = nullptr;

}  // namespace cordon::engine::exec

namespace cordon::detail {

suite_switch::suite_switch(const suite* begun) noexcept { engine::exec::begun_suite = begun; }

const suite* enclosing_suite(const suite* block) noexcept {
    return block != nullptr ? block : engine::exec::begun_suite;
}

test_case::test_case(void (*body_)(const void*), location where_, const suite* owner_, const decorator* decorators_,
                     size_t count_, const void* context_) noexcept
    : body(body_),
      where(where_),
      owner(enclosing_suite(owner_)),
      decorators(decorators_),
      count(count_),
      context(context_),
      next(nullptr) {
    const test_case*& slot =
        engine::exec::last_test == nullptr ? engine::exec::first_test : engine::exec::last_test->next;
    slot = this;
    engine::exec::last_test = this;
}

setup::setup(void (*body_)(), location where_, const suite* owner_) noexcept
    : body(body_), where(where_), owner(owner_), next(nullptr) {
    const setup*& slot =
        engine::exec::first_setup == nullptr ? engine::exec::first_setup : engine::exec::last_setup->next;
    slot = this;
    engine::exec::last_setup = this;
}

}  // namespace cordon::detail

namespace cordon::engine::exec {

/// The registered tests by their index in messages, and only what running a test needs: every fork copies a worker's
/// memory.
struct registered_tests {
    vector<const detail::test_case*> tests;
    std::uint64_t hash = 0;  ///< equals test_list::hash of the same program
};

registered_tests all_tests() {
    name_tests(first_test);
    registered_tests all;
    const detail::suite* suite = nullptr;
    std::uint64_t suite_hash = fast_hash(suite_path(nullptr));
    for (const detail::test_case* each = first_test; each != nullptr; each = each->next) {
        if (each->owner != suite) suite_hash = fast_hash(suite_path(each->owner));
        suite = each->owner;
        all.hash = list_hash_with(all.hash, fast_hash(each->name(), suite_hash), each->where.file);
        all.tests.push_back(each);
    }
    return all;
}

/// Setup blocks in order of registration. Messages use their index.
vector<const detail::setup*> all_setups() {
    vector<const detail::setup*> all;
    for (const detail::setup* each = first_setup; each != nullptr; each = each->next) {
        all.push_back(each);
    }
    return all;
}

/// Its position in all_setups(), from 1.
std::uint32_t number_of(const detail::setup& block) {
    std::uint32_t number = 1;
    for (const detail::setup* each = first_setup; each != nullptr && each != &block; each = each->next) {
        ++number;
    }
    return number;
}

vector<const detail::setup*> setups_at(const vector<std::uint32_t>& indices) {
    const vector<const detail::setup*> all = all_setups();
    vector<const detail::setup*> chosen;
    for (const std::uint32_t index : indices) {
        if (index < all.size()) chosen.push_back(all[index]);
    }
    return chosen;
}

}  // namespace cordon::engine::exec
