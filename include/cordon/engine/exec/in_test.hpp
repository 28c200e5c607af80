#pragma once

#include <cordon/api/config.hpp>
#include <cordon/api/in_test.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/lasting.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/brief_lock.hpp>
#include <cordon/engine/exec/context.hpp>
#include <cordon/engine/exec/memory_limit.hpp>
#include <cordon/engine/exec/test_environment.hpp>
#include <cordon/engine/exec/unwind.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/port_hold.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/surroundings.hpp>

#include <clocale>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

/// What a pass through a test has changed about its process by cordon's functions. It is undone after the pass: the
/// next pass begins as the first, and other tests in the process see nothing of it.
class process_changes {
  public:
    bool any() const { return any_; }

    /// The present changes stay, because a setup made them.
    void keep() {
        const std::lock_guard<brief_lock> lock(mutex_);
        forget();
    }

    void undo() {
        const std::lock_guard<brief_lock> lock(mutex_);
        while (!list_.empty()) {
            undo(list_.back());
            list_.pop_back();
        }
        forget();
    }

    result<std::uint32_t> hold_port() {
        const std::lock_guard<brief_lock> lock(mutex_);
        result<std::uint32_t> port = os::hold_free_port();
        if (port) add({change::port, {}, {}, port.value()});
        return port;
    }

    void set_variable(const std::string& name, const char* value) {
        const std::lock_guard<brief_lock> lock(mutex_);
        const char* before = std::getenv(name.c_str());
        add({before != nullptr ? change::variable : change::no_variable, name, before != nullptr ? before : "", 0});
        if (value != nullptr) {
            os::set_environment(name, value);
        } else {
            os::unset_environment(name);
        }
    }

    status set_folder(const std::string& path) {
        const std::lock_guard<brief_lock> lock(mutex_);
        std::string before = os::current_folder();
        status done = os::change_folder(path);
        if (done) add({change::folder, std::move(before), {}, 0});
        return done;
    }

    bool set_locale(const char* name) {
        const std::lock_guard<brief_lock> lock(mutex_);
        std::string before = std::setlocale(LC_ALL, nullptr);
        if (std::setlocale(LC_ALL, name) == nullptr) return false;
        add({change::locale, std::move(before), {}, 0});
        return true;
    }

    status set_limit(limit what, std::uint64_t value) {
        const std::lock_guard<brief_lock> lock(mutex_);
        const std::string which(1, static_cast<char>(what));
        if (what == limit::memory) {
            add({change::bound, which, {}, limit_here.bytes()});
            limit_here.change(value);
            return ok();
        }
        const result<std::uint64_t> before = os::limit_now(what);
        if (!before) return before.failure();
        status done = os::change_limit(what, what == limit::cpu ? os::used_cpu_seconds() + value : value);
        if (done) add({change::bound, which, {}, before.value()});
        return done;
    }

    random_engine& random() {
        const std::lock_guard<brief_lock> lock(mutex_);
        if (!std::exchange(seeded_, true)) random_ = random_engine(environment_of_tests().seed());
        any_ = true;
        return random_;
    }

  private:
    enum class change : unsigned char { port, variable, no_variable, folder, locale, bound };
    struct made {
        change what;
        std::string name;  ///< or the value before, if there is no name
        std::string before;
        std::uint64_t number;
    };

    void add(made what) {
        list_.push_back(std::move(what));
        any_ = true;
    }

    void forget() {
        list_.clear();
        seeded_ = false;
        any_ = false;
    }

    static void undo(const made& what) {
        switch (what.what) {
            case change::port:
                return os::give_back_port(static_cast<std::uint32_t>(what.number));
            case change::variable:
                os::set_environment(what.name, what.before);
                if (what.name.rfind("CORDON_", 0) == 0) environment_of_tests().place_again();
                return;
            case change::no_variable:
                return os::unset_environment(what.name);
            case change::folder:
                return os::change_folder(what.name).ignore();
            case change::locale:
                std::setlocale(LC_ALL, what.name.c_str());
                return;
            case change::bound:
                return undo_limit(static_cast<limit>(what.name[0]), what.number);
        }
    }
    static void undo_limit(limit which, std::uint64_t value) {
        if (which == limit::memory) return limit_here.change(value);
        os::change_limit(which, value).ignore();
    }

    brief_lock mutex_;
    bool any_ = false;
    bool seeded_ = false;
    vector<made> list_;
    random_engine random_{0};
};

process_changes& changes_here = *make_lasting<process_changes>();

/// Ends the test at the place of a call that cannot do what it promises.
[[noreturn]] void end_test_at(const location& where, const error& why) {
    failure what;
    what.kind = failure_kind::explicit_;
    what.message = "cannot " + os::describe(why);
    what.file = where.file;
    what.line = where.line;
    context().record(std::move(what));
    leave_test();
}

}  // namespace cordon::engine::exec

namespace cordon {

unsigned slot() { return engine::exec::environment_of_tests().slot(); }
unsigned attempt() { return engine::exec::environment_of_tests().attempt(); }

random_engine::result_type random_engine::operator()() {
    state_ += 0x9e3779b97f4a7c15u;
    return engine::mix_bits(state_);
}

random_engine& random() { return engine::exec::changes_here.random(); }

int free_port(location where) {
    const engine::result<std::uint32_t> port = engine::exec::changes_here.hold_port();
    if (!port) engine::exec::end_test_at(where, port.failure());
    return static_cast<int>(port.value());
}

void set_env(const char* name, const char* value, location where) {
    const std::string wanted = name != nullptr ? name : "";
    if (wanted.empty() || wanted.find('=') != std::string::npos)
        engine::exec::end_test_at(where, {"set the variable", 0, "\"" + wanted + "\": it is not a name"});
    engine::exec::changes_here.set_variable(wanted, value);
}

void set_cwd(const char* folder, location where) {
    const engine::status done = engine::exec::changes_here.set_folder(folder != nullptr ? folder : "");
    if (!done) engine::exec::end_test_at(where, done.failure());
}

bool set_locale(const char* name) { return engine::exec::changes_here.set_locale(name != nullptr ? name : ""); }

void set_limit(limit what, unsigned long long value, location where) {
    const engine::status done = engine::exec::changes_here.set_limit(what, value);
    if (!done) engine::exec::end_test_at(where, done.failure());
}

}  // namespace cordon

CORDON_CHEAP_END
