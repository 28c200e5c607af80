#pragma once

#include <cordon/api/check.hpp>
#include <cordon/api/listener/listener.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/context.hpp>
#include <cordon/engine/exec/told_test.hpp>
#include <cordon/engine/exec/unwind.hpp>
#include <cordon/engine/model/test_list_build.hpp>
#include <cordon/engine/os/machine.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/wire/message.hpp>

#include <atomic>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

/// The registered listeners in the order in which they are told. A plain pointer, because they register in static
/// initializers. Null for most programs, so the engine asks for it before it does anything.
const detail::listener_entry* first_listener = nullptr;

/// This thread is in a listener: what it does there is told to nobody.
thread_local bool is_in_listener = false;

/// Held while a listener is told something: one call at a time. In a copy of the process nobody holds it, because only
/// the thread that made the copy exists there.
class listener_lock {
  public:
    void lock() {
        const os::process_id here = os::own_process_id();
        for (os::process_id found = 0; !holder_.compare_exchange_strong(found, here);) {
            if (found == here) {
                os::pause_briefly();
                found = 0;
            }
        }
    }
    void unlock() { holder_.store(0); }

  private:
    std::atomic<os::process_id> holder_{0};
};

/// Tells the listeners about the test of this process.
class listening {
  public:
    /// False if the body must not run: a listener failed, or has skipped the test.
    bool begin_test(const detail::test_case& test, const wire::work_item& item) {
        list_builder builder(1);
        if (!builder.add(test)) return true;  // checked before the run
        list_ = builder.take();
        test_ = told_test(list_.tests.front(), item.number, item.of, context().leaves().is_continued());
        path_.clear();
        is_on_ = true;
        return each("test_started", [this](listener& to) { to.test_started(test_.facts()); });
    }

    void end_test() {
        if (!is_asked()) return;
        each("test_ended", [this](listener& to) { to.test_ended(test_.facts(), result_of(context().end())); });
        is_on_ = false;
    }

    void begin_pass() {
        if (!is_asked()) return;
        path_.clear();
        deepest_.clear();
        begin_figures();
        each("leaf_started", [this](listener& to) { to.leaf_started(test_.facts()); });
    }

    void end_pass() {
        if (!is_asked()) return;
        leave_subcases(0);
        const subcase_tree& tree = context().subcases();
        const bool is_whole = !context().is_stopped_pass() && (!tree.any() || tree.entered_leaf());
        each("leaf_ended", [&](listener& to) {
            const null_ended_texts path(deepest_);
            to.leaf_ended(test_.facts(), {path.all(), is_whole}, result_of_pass());
        });
    }

    /// The innermost subcase is entered, and has its name.
    void enter_subcase() {
        if (!is_asked()) return;
        if (process_ != os::own_process_id()) begin_figures();  // a copy that runs only this subcase
        vector<std::string> entered = context().subcase_path();
        leave_subcases(entered.size() - 1);
        deepest_ = path_ = std::move(entered);
        tell_subcase("subcase_started", &listener::subcase_started);
    }

    /// `depth`: the number of subcases that are still entered.
    void leave_subcases(std::size_t depth) {
        for (; path_.size() > depth; path_.pop_back()) {
            if (is_asked()) tell_subcase("subcase_ended", &listener::subcase_ended);
        }
    }

    void hear(const failure& what) {
        if (!is_asked() || what.kind == failure_kind::log) return;
        each("assertion_failed", [&](listener& to) {
            const null_ended_texts path(what.subcase.empty() ? path_ : what.subcase);
            const null_ended_texts infos(what.info);
            to.assertion_failed(
                test_.facts(),
                {kind_of(what.kind), what.macro.c_str(), what.expression.c_str(), what.left.c_str(), what.op.c_str(),
                 what.right.c_str(), what.message.c_str(), what.file.c_str(), what.line, path.all(), infos.all()});
        });
    }

  private:
    struct figures {
        std::uint64_t assertions = 0;
        std::uint64_t failed = 0;
        duration at{};
    };

    bool is_asked() const { return is_on_ && !context().is_trial(); }

    void begin_figures() {
        const wire::finished& seen = context().end();
        before_ = {seen.assertions, seen.failed_assertions, seen.ended};
        process_ = os::own_process_id();
    }

    static listener::ending ending_of(wire::finish how) {
        return how == wire::finish::failed    ? listener::ending::failed
               : how == wire::finish::skipped ? listener::ending::skipped
                                              : listener::ending::passed;
    }

    static listener::result result_of(const wire::finished& seen) {
        return {ending_of(seen.how), seen.reason.c_str(), seen.assertions, seen.failed_assertions,
                seconds(seen.ended - seen.started)};
    }

    listener::result result_of_pass() const {
        const wire::finished& seen = context().end();
        const wire::finish how = context().end_of_pass();
        return {ending_of(how), how == wire::finish::skipped ? seen.reason.c_str() : "",
                seen.assertions - before_.assertions, seen.failed_assertions - before_.failed,
                seconds(seen.ended - before_.at)};
    }

    static listener::failure::kind kind_of(failure_kind kind) {
        using to = listener::failure::kind;
        switch (kind) {
            case failure_kind::assertion:
                return to::assertion;
            case failure_kind::exception:
                return to::exception;
            case failure_kind::warning:
                return to::warning;
            case failure_kind::explicit_:
                return to::stated;
            default:
                return to::process;
        }
    }

    void tell_subcase(const char* when, void (listener::*call)(const listener::test&, const listener::leaf&)) {
        each(when, [&](listener& to) {
            const null_ended_texts path(path_);
            (to.*call)(test_.facts(), {path.all(), true});
        });
    }

    /// Tells all listeners, unless this thread is in one of them. False if one was left by an exception or REQUIRE.
    template <class Call>
    bool each(const char* when, const Call& call) {
        if (is_in_listener) return true;
        is_in_listener = true;
        lock_.lock();
        bool returned = true;
        for (const detail::listener_entry* entry = first_listener; entry != nullptr; entry = entry->next)
            returned = tell(*entry, when, [&] { call(entry->object()); }) && returned;
        lock_.unlock();
        is_in_listener = false;
        return returned;
    }

    struct call_of_listener {
        const char* name;
        const char* when;

        static void write(text_sink& out, const void* self) {
            const auto& call = *static_cast<const call_of_listener*>(self);
            out << "in the listener " << call.name << ", " << call.when;
        }
    };

    /// A crash, a hang or a failed assertion in the listener is the test's, and its report has this INFO.
    template <class Call>
    bool tell(const detail::listener_entry& entry, const char* when, const Call& call) {
        const call_of_listener what{entry.name, when};
        const detail::assertion_site* const last = detail::current_thread.last;
        bool returned = false;
        {
            const detail::info_scope scope({&call_of_listener::write, &what}, nullptr);
            returned = is_survived(entry, when, call);
        }
        detail::current_thread.last = last;
        return returned && !context().skipped();
    }

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
    template <class Call>
    bool is_survived(const detail::listener_entry& entry, const char* when, const Call& call) {
        const bool was_leaving = std::exchange(is_leaving, false);
        bool returned = false;
        try {
            call();
            returned = true;
        } catch (const leaving_the_test&) {
        } catch (const os::passing_exception&) {  // only observes
        } catch (...) {
            record_exception_of(entry, when);
        }
        is_leaving = was_leaving;
        return returned;
    }

    void record_exception_of(const detail::listener_entry& entry, const char* when) {
        failure what;
        what.kind = failure_kind::exception;
        what.message =
            "the listener " + std::string(entry.name) + " threw in " + when + ": " + current_exception_text();
        what.file = entry.where.file;
        what.line = entry.where.line;
        take_unwound_infos(what.info);
        context().record(std::move(what));
    }
#else
    template <class Call>
    bool is_survived(const detail::listener_entry&, const char*, const Call& call) {
        std::jmp_buf here;
        std::jmp_buf* const before = std::exchange(way_out, &here);
        volatile bool returned = false;
        if (setjmp(here) == 0) {
            call();
            returned = true;
        }
        way_out = before;
        return returned;
    }
#endif

    listener_lock lock_;
    bool is_on_ = false;
    test_list list_;
    told_test test_;
    vector<std::string> path_;     ///< as told
    vector<std::string> deepest_;  ///< of this pass
    figures before_;               ///< at the beginning of the pass, or of this copy
    os::process_id process_ = 0;
};

listening& listeners_here() {
    static auto* only = new listening;  // never destroyed
    return *only;
}

void hear_failure(const failure& what) { listeners_here().hear(what); }

}  // namespace cordon::engine::exec

namespace cordon::detail {

listener_entry::listener_entry(const char* name_, location where_, listener& (*object_)(), int order_) noexcept
    : name(name_), where(where_), object(object_), order(order_) {
    using namespace engine::exec;
    const listener_entry** place = &first_listener;
    while (*place != nullptr && (*place)->order <= order)
        place = &(*place)->next;
    next = *place;
    *place = this;
    engine::exec::failure_hearer = hear_failure;
}

}  // namespace cordon::detail

CORDON_CHEAP_END
