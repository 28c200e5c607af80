#pragma once

// Version 2 of Catch2, whose implementation is compiled here, or version 3, with which the program is linked.

#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>
#include <catch2/catch_test_case_info.hpp>
#include <catch2/interfaces/catch_interfaces_registry_hub.hpp>
#include <catch2/interfaces/catch_interfaces_reporter_factory.hpp>
#include <catch2/internal/catch_reporter_registry.hpp>
#include <catch2/internal/catch_run_context.hpp>
#include <catch2/internal/catch_test_case_registry_impl.hpp>
#include <catch2/reporters/catch_reporter_event_listener.hpp>
#include <catch2/reporters/catch_reporter_multi.hpp>
#elif __has_include(<catch_amalgamated.hpp>)
#include <catch_amalgamated.hpp>
#else
#if !defined(CATCH_CONFIG_RUNNER)
#define CATCH_CONFIG_RUNNER
#endif
#if !defined(CATCH_CONFIG_NO_POSIX_SIGNALS)
#define CATCH_CONFIG_NO_POSIX_SIGNALS  // cordon tells how a test has crashed
#endif
#if __has_include(<catch2/catch.hpp>)
#include <catch2/catch.hpp>
#else
#include <catch.hpp>
#endif
#define CORDON_CATCH2_VERSION_2
#endif

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cordon::catch2_adapter {

template <class Text>
std::string text_of(const Text& text) {
    return static_cast<std::string>(text);
}

#if defined(CORDON_CATCH2_VERSION_2)

using test_handle = ::Catch::TestCase;
using listener_base = ::Catch::TestEventListenerBase;
using told_by_listener = bool;
using catch_config = std::shared_ptr<::Catch::Config>;

inline const ::Catch::TestCaseInfo& info_of(const test_handle& test) { return test.getTestCaseInfo(); }
inline std::string text_of_tag(const std::string& tag) { return tag; }

/// A configuration that lives as long as the program.
inline catch_config lasting_config(::Catch::Session& session) {
    return std::make_shared<::Catch::Config>(session.configData());
}

/// The user's listeners, then `Reporter`.
template <class Reporter>
::Catch::IStreamingReporterPtr all_listeners(const catch_config& config) {
    auto all = std::make_unique<::Catch::ListeningReporter>();
    for (const auto& each : ::Catch::getRegistryHub().getReporterRegistry().getListeners())
        all->addListener(each->create(::Catch::ReporterConfig(config)));
    all->addReporter(std::make_unique<Reporter>(::Catch::ReporterConfig(config)));
    return all;
}

inline void add_tags_of_files(const ::Catch::Config& config) { ::Catch::applyFilenamesAsTags(config); }

inline ::Catch::Totals run_in(::Catch::RunContext& context, const std::string& program, const test_handle& test) {
    context.testGroupStarting(program, 1, 1);
    const ::Catch::Totals totals = context.runTest(test);
    context.testGroupEnded(program, totals, 1, 1);
    return totals;
}

#else

using test_handle = ::Catch::TestCaseHandle;
using listener_base = ::Catch::EventListenerBase;
using told_by_listener = void;
using catch_config = const ::Catch::Config*;

inline const ::Catch::TestCaseInfo& info_of(const test_handle& test) { return test.getTestCaseInfo(); }
inline std::string text_of_tag(const ::Catch::Tag& tag) { return text_of(tag.original); }

inline catch_config lasting_config(::Catch::Session& session) { return new ::Catch::Config(session.configData()); }

template <class Reporter>
::Catch::IEventListenerPtr all_listeners(catch_config config) {
    auto all = ::Catch::Detail::make_unique<::Catch::MultiReporter>(config);
    for (const auto& each : ::Catch::getRegistryHub().getReporterRegistry().getListeners())
        all->addListener(each->create(config));
    all->addReporter(::Catch::Detail::make_unique<Reporter>(config));
    return all;
}

inline void add_tags_of_files(const ::Catch::Config&) {
    for (auto* each : ::Catch::getRegistryHub().getTestCaseRegistry().getAllInfos())
        each->addFilenameTag();
}

inline ::Catch::Totals run_in(::Catch::RunContext& context, const std::string&, const test_handle& test) {
    return context.runTest(test);
}

#endif

// Since 3.3 a test can skip itself.

template <class Result = ::Catch::ResultWas, int Skip = Result::ExplicitSkip>
bool is_skip(::Catch::ResultWas::OfType type, int) {
    return type == Skip;
}
template <class Result = ::Catch::ResultWas>
bool is_skip(::Catch::ResultWas::OfType, long) {
    return false;
}

template <class Counts>
auto was_skipped(const Counts& counts, int) -> decltype(counts.skipped != 0) {
    return counts.skipped != 0;
}
template <class Counts>
bool was_skipped(const Counts&, long) {
    return false;
}

}  // namespace cordon::catch2_adapter
