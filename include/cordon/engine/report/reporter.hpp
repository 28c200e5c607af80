#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/report/formats.hpp>

#include <exception>
#include <string>
#include <type_traits>
#include <utility>

// Reports of the program itself. docs/reporters.md has an example.

namespace cordon {

/// Base class of a report: on(event) is called for everything that happens, finish() once at the end.
using reporter = engine::sink;
/// The output of a report. The constructor of a reporter takes it if it writes a report.
using report_output = engine::text_output;
/// One of the structs of cordon::events; happened.get_if<cordon::events::test_finished>() returns it if it is that one.
using event = engine::event;
/// The result of finish(): cordon::report_ok(), or cordon::report_error{"write", errno, path} for exit code 4.
using report_status = engine::status;
using report_error = engine::error;
inline report_status report_ok() { return engine::ok(); }

/// The verdict on a test; in events::test_finished.
using verdict = engine::verdict;
/// How an attempt ended; in the outcome of events::attempt_ended.
using ending = engine::ending;
/// The tests of the program; in events::run_started.
using test_list = engine::test_list;

namespace events {
using engine::attempt_ended;
using engine::attempt_started;
using engine::flake_found;
using engine::notice;
using engine::output_arrived;
using engine::run_finished;
using engine::run_started;
using engine::test_finished;
using engine::tick;
using engine::worker_lost;
using engine::worker_started;
}  // namespace events

namespace engine::report {

/// Keeps an exception of a user's report from ending the run: the report gets no more events, and the exit code is 4.
class guarded final : public sink {
  public:
    guarded(const char* name, owned<sink> inner) : name_(name), inner_(std::move(inner)) {}

    void on(const event& happened) override {
        if (!failure_) {
            attempt([&] { inner_->on(happened); });
        }
    }
    status finish() override {
        status done = ok();
        if (!failure_) {
            attempt([&] { done = inner_->finish(); });
        }
        if (failure_) return *failure_;
        return done;
    }

  private:
    template <class Call>
    void attempt(const Call& call) {
#if defined(CORDON_CONFIG_NO_EXCEPTIONS)
        call();
#else
        try {
            call();
        } catch (const std::exception& thrown) {
            fail(thrown.what());
        } catch (...) {
            fail("an exception of unknown type");
        }
#endif
    }
    void fail(const char* what) {
        failure_ = error{"go on with the report", 0, std::string(name_) + ", which threw: " + what};
    }

    const char* name_;
    owned<sink> inner_;
    optional<error> failure_;
};

owned<sink> guard(const char* name, sink* made) { return owned<sink>(new guarded(name, owned<sink>(made))); }

template <class Type>
constexpr bool writes = std::is_constructible_v<Type, text_output&>;

template <class Type>
owned<sink> make(const report::report_setup& setup, text_output& output) {
    static_assert(std::is_base_of_v<sink, Type>, "a reporter derives from cordon::reporter");
    if constexpr (writes<Type>) {
        return guard(setup.name, new Type(output));
    } else {
        static_assert(std::is_default_constructible_v<Type>,
                      "a reporter is made from cordon::report_output&, or from nothing if it writes no report");
        static_cast<void>(output);
        return guard(setup.name, new Type());
    }
}

/// Adds the format to the list.
struct registration {
    registration(const char* name, report::delivery how, decltype(report::format::make) make)
        : entry{{name, "of this program", how, make}, report::first_registered_format} {
        report::first_registered_format = &entry;
    }
    registration(const registration&) = delete;
    registration& operator=(const registration&) = delete;

    report::registered_format entry;
};

}  // namespace engine::report

}  // namespace cordon

/// Registers a class for `--report name`. Use it in the file with the engine, after the header.
#define CORDON_REPORTER(name, ...)                                                                   \
    static const ::cordon::engine::report::registration CORDON_UNIQUE(cordon_reporter_)(             \
        name,                                                                                        \
        ::cordon::engine::report::writes<__VA_ARGS__> ? ::cordon::engine::report::delivery::whole    \
                                                      : ::cordon::engine::report::delivery::nowhere, \
        ::cordon::engine::report::make<__VA_ARGS__>);
