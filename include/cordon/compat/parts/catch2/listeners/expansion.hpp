#pragma once

#include <cordon/api/listener/registration.hpp>
#include <cordon/compat/parts/catch2/listeners/events.hpp>

#include <string>
#include <type_traits>

// CATCH_REGISTER_LISTENER. The listener is told in the process of each test; that the run starts it is told there too,
// before the first test, so that it can set things up for the test.

namespace Catch::cordon_compat {

template <class L>
L& made_listener() {
    if constexpr (std::is_constructible<L, const IConfig*>::value) {
        static L only(getCurrentContext().getConfig());
        return only;
    } else if constexpr (std::is_constructible<L, const ReporterConfig&>::value) {
        static L only{ReporterConfig()};
        return only;
    } else {
        static L only;
        return only;
    }
}

template <class L>
class told_listener : public ::cordon::listener {
  public:
    void test_started(const test& which) override {
        begin_run();
        inner_.testCaseStarting(info_of(which));
    }
    void subcase_started(const test& which, const leaf& at) override { inner_.sectionStarting(section_of(which, at)); }
    void subcase_ended(const test& which, const leaf& at) override {
        inner_.sectionEnded({section_of(which, at), {}, 0, false});
    }
    void assertion_failed(const test&, const failure& what) override {
        const std::string expanded =
            *what.op == 0 ? what.left : std::string(what.left) + ' ' + what.op + ' ' + what.right;
        AssertionStats stats{{what.macro, what.expression, expanded, what.message, {what.file, what.line}}, {}, {}};
        stats.totals.assertions.failed = 1;
        for (const char* each : what.infos)
            stats.infoMessages.push_back({each});
        static_cast<void>(inner_.assertionEnded(stats));
    }
    void test_ended(const test& which, const result& what) override {
        TestCaseStats stats{TestCaseInfoAccess(info_of(which)), {}, {}, {}, false};
        stats.totals.assertions.failed = what.failed_assertions;
        stats.totals.assertions.passed = what.assertions - what.failed_assertions;
        Counts& tests = stats.totals.testCases;
        (what.how == ending::failed ? tests.failed : what.how == ending::skipped ? tests.skipped : tests.passed) = 1;
        inner_.testCaseEnded(stats);
    }
    void run_started(const run&) override { begin_run(); }
    void run_ended(const run&, const summary& what) override {
        TestRunStats stats{{"cordon"}, {}, what.cancelled};
        stats.totals.testCases.passed = what.passed;
        stats.totals.testCases.failed = what.failed;
        stats.totals.testCases.skipped = what.skipped;
        inner_.testRunEnded(stats);
    }

  private:
    void begin_run() {
        if (has_begun_) return;
        has_begun_ = true;
        inner_.testRunStarting({"cordon"});
    }
    static TestCaseInfo info_of(const test& which) {
        TestCaseInfo info{which.name, "", which.description, {}, {which.file, which.line}};
        for (const char* each : which.tags)
            info.tags.emplace_back(each);
        return info;
    }
    static SectionInfo section_of(const test& which, const leaf& at) {
        const char* const name = at.path.size == 0 ? which.name : at.path[at.path.size - 1];
        return {name, {which.file, which.line}};
    }

    L& inner_ = made_listener<L>();
    bool has_begun_ = false;
};

template <class>
inline constexpr bool is_never_supported = false;

}  // namespace Catch::cordon_compat

#if defined(CATCH_CONFIG_DISABLE)
#define CATCH_REGISTER_LISTENER(Class) static_assert(true, "disabled")
#else
#define CATCH_REGISTER_LISTENER(Class) \
    CORDON_REGISTER_LISTENER_(CORDON_UNIQUE(cordon_listener_), ::Catch::cordon_compat::told_listener<Class>, 0, );
#endif
#define CATCH_REGISTER_REPORTER(name, Class)                         \
    static_assert(::Catch::cordon_compat::is_never_supported<Class>, \
                  "cordon: reporters of Catch2 are not supported: choose a report with --report, or write a listener")
