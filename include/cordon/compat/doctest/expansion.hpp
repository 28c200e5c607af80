#pragma once

#include <cordon/compat/doctest/test_case.hpp>
#include <cordon/compat/doctest/texts.hpp>

// How the macros of macros.hpp expand: to parts of cordon's own. They differ where doctest's do: an assertion may be an
// expression with a result, an expression of the THROWS family may be a declaration, and comparing signed with unsigned
// values gives no warning.

// ---- registration ----

#define CORDON_DOCTEST_REGISTER_(function, name, prefix, ...)                               \
    CORDON_GLOBAL_BEGIN_                                                                    \
    static prefix const ::doctest::detail::attributes CORDON_CONCAT(name, _list) =          \
        ::doctest::detail::attributes() * __VA_ARGS__;                                      \
    static prefix const ::doctest::detail::registered_test CORDON_CONCAT(name, _entry){     \
        &function, {__FILE__, __LINE__}, cordon_current_suite, CORDON_CONCAT(name, _list)}; \
    CORDON_GLOBAL_END_

#define CORDON_DOCTEST_TEST_CASE_(name, ...)            \
    static void name(const void*);                      \
    CORDON_DOCTEST_REGISTER_(name, name, , __VA_ARGS__) \
    static void name(const void*)

// Only the body of a member function knows members that are declared later.
#define CORDON_DOCTEST_TEST_CASE_CLASS_(name, ...)                                  \
    static void CORDON_CONCAT(name, _call)(const void*) { name(); }                 \
    CORDON_DOCTEST_REGISTER_(CORDON_CONCAT(name, _call), name, inline, __VA_ARGS__) \
    static void name()

#define CORDON_DOCTEST_TEST_CASE_FIXTURE_(name, fixture, ...)                \
    namespace {                                                              \
    struct CORDON_CONCAT(name, _fixture) : public fixture {                  \
        void run();                                                          \
    };                                                                       \
    }                                                                        \
    static void name(const void*) { CORDON_CONCAT(name, _fixture)().run(); } \
    CORDON_DOCTEST_REGISTER_(name, name, , __VA_ARGS__)                      \
    inline void CORDON_CONCAT(name, _fixture)::run()

#define CORDON_DOCTEST_TEMPLATE_(name, record, T, ...)                                               \
    template <typename T>                                                                            \
    static void name(const void*);                                                                   \
    namespace {                                                                                      \
    struct record {                                                                                  \
        template <template <class...> class List, class... Type>                                     \
        static void cordon_make(List<Type...>*) {                                                    \
            static constexpr ::cordon::detail::type_test tests[] = {                                 \
                {&name<Type>, ::cordon::detail::name_of_type<Type>}..., {nullptr, nullptr}};         \
            ::cordon::detail::add_types(tests, sizeof...(Type), nullptr, 0);                         \
        }                                                                                            \
        [[maybe_unused]] static ::doctest::detail::attributes cordon_list() {                        \
            return ::doctest::detail::attributes(::cordon::detail::decoration::types) * __VA_ARGS__; \
        }                                                                                            \
    };                                                                                               \
    }                                                                                                \
    template <typename T>                                                                            \
    static void name(const void*)

#define CORDON_DOCTEST_TYPES_(name, record, ...)                                                   \
    CORDON_GLOBAL_BEGIN_                                                                           \
    namespace {                                                                                    \
    struct CORDON_CONCAT(name, _source) {                                                          \
        using types = __VA_ARGS__;                                                                 \
        static void cordon_make() { record::cordon_make(static_cast<types*>(nullptr)); }           \
        static constexpr ::cordon::detail::test_source cordon_source{&cordon_make};                \
    };                                                                                             \
    }                                                                                              \
    static const ::doctest::detail::attributes CORDON_CONCAT(name, _list) = record::cordon_list(); \
    static const ::doctest::detail::registered_test CORDON_CONCAT(name, _entry){                   \
        nullptr,                                                                                   \
        {__FILE__, __LINE__},                                                                      \
        cordon_current_suite,                                                                      \
        CORDON_CONCAT(name, _list),                                                                \
        &CORDON_CONCAT(name, _source)::cordon_source};                                             \
    CORDON_GLOBAL_END_

#define CORDON_DOCTEST_TEST_CASE_TEMPLATE_(name, T, decorators, ...)                                    \
    CORDON_DOCTEST_TEMPLATE_(name, CORDON_CONCAT(name, _record), T, decorators);                        \
    CORDON_DOCTEST_TYPES_(name, CORDON_CONCAT(name, _record), ::cordon::detail::type_list<__VA_ARGS__>) \
    template <typename T>                                                                               \
    static void name(const void*)

#define CORDON_DOCTEST_SUITE_RECORD_(name, ...)                                                                \
    CORDON_GLOBAL_BEGIN_                                                                                       \
    static const ::doctest::detail::attributes CORDON_CONCAT(name, _list) =                                    \
        ::doctest::detail::attributes() * __VA_ARGS__;                                                         \
    static constexpr ::cordon::detail::suite name{                                                             \
        {__FILE__, __LINE__}, nullptr, CORDON_CONCAT(name, _list).items, ::doctest::detail::attributes::most}; \
    CORDON_GLOBAL_END_

// Suites of doctest do not nest: the inner name replaces the outer one.
#define CORDON_DOCTEST_TEST_SUITE_(name, ...)                                                                   \
    namespace name {                                                                                            \
    CORDON_DOCTEST_SUITE_RECORD_(cordon_this_suite, __VA_ARGS__)                                                \
    [[maybe_unused]] static constexpr const ::cordon::detail::suite* cordon_current_suite = &cordon_this_suite; \
    }                                                                                                           \
    namespace name

#define CORDON_DOCTEST_TEST_SUITE_BEGIN_(name, ...)                                  \
    CORDON_DOCTEST_SUITE_RECORD_(name, __VA_ARGS__)                                  \
    CORDON_GLOBAL_BEGIN_                                                             \
    static const ::cordon::detail::suite_switch CORDON_CONCAT(name, _switch){&name}; \
    CORDON_GLOBAL_END_                                                               \
    static_assert(true, "TEST_SUITE_BEGIN")

// ---- assertions ----

// The place of an assertion. The lambda allows assertions in a constexpr function template that runs as any other:
// there a static variable of its own would be an error.
#define CORDON_DOCTEST_AT_(site, level, negated, macro, text)   \
    const ::cordon::detail::assertion_site& site = *[] {        \
        CORDON_SITE_(cordon_site, level, negated, macro, text); \
        return &cordon_site;                                    \
    }()

#if defined(DOCTEST_CONFIG_ASSERTS_RETURN_VALUES)
#define CORDON_DOCTEST_BEGIN_ [&]
#define CORDON_DOCTEST_END_ ()
#define CORDON_DOCTEST_RESULT_(site) return CORDON_CONCAT(site, _outcome).is == ::cordon::detail::outcome::passed
#define CORDON_DOCTEST_FAILED_ return false
#else
#define CORDON_DOCTEST_BEGIN_ do
#define CORDON_DOCTEST_END_ while (false)
#define CORDON_DOCTEST_RESULT_(site)
#define CORDON_DOCTEST_FAILED_
#endif

#if defined(DOCTEST_CONFIG_VOID_CAST_EXPRESSIONS)
#define CORDON_DOCTEST_EVALUATE_(...)                  \
    CORDON_CAST_BEGIN_ static_cast<void>(__VA_ARGS__); \
    CORDON_CAST_END_
#else
#define CORDON_DOCTEST_EVALUATE_(...) __VA_ARGS__;
#endif

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
#define CORDON_DOCTEST_TRY_(site, ...)             \
    try {                                          \
        __VA_ARGS__                                \
    } catch (...) {                                \
        ::cordon::detail::fail_by_exception(site); \
    }
#else
#define CORDON_DOCTEST_TRY_(site, ...) __VA_ARGS__
#endif

#define CORDON_DOCTEST_CONCLUDE_warn(site)
#define CORDON_DOCTEST_CONCLUDE_check(site)
#define CORDON_DOCTEST_CONCLUDE_require(site) \
    if (CORDON_CONCAT(site, _outcome).is != ::cordon::detail::outcome::passed) ::cordon::detail::leave_test();

#if defined(DOCTEST_CONFIG_TREAT_CHAR_STAR_AS_STRING)
#define CORDON_DOCTEST_SITE_(site) \
    ::doctest::detail::site_of_texts { site }
#define CORDON_DOCTEST_COMPARE_ ::doctest::detail::compare
#else
#define CORDON_DOCTEST_SITE_(site) static_cast<::cordon::detail::passed_site>(site)
#define CORDON_DOCTEST_COMPARE_ ::cordon::detail::compare
#endif

#define CORDON_DOCTEST_RUN_(level, site, ...)                                                                    \
    [[maybe_unused]] ::cordon::detail::outcome CORDON_CONCAT(site, _outcome){::cordon::detail::outcome::failed}; \
    CORDON_QUIET_BEGIN_                                                                                          \
    CORDON_DOCTEST_TRY_(site, CORDON_CONCAT(site, _outcome) = __VA_ARGS__;)                                      \
    CORDON_QUIET_END_                                                                                            \
    CORDON_DOCTEST_CONCLUDE_##level(site) CORDON_DOCTEST_RESULT_(site)

#define CORDON_DOCTEST_ASSERT_(level, negated, macro, text, site, ...)               \
    CORDON_DOCTEST_BEGIN_ {                                                          \
        CORDON_DOCTEST_AT_(site, level, negated, macro, text);                       \
        CORDON_DOCTEST_RUN_(level, site, CORDON_DOCTEST_SITE_(site) << __VA_ARGS__); \
    }                                                                                \
    CORDON_DOCTEST_END_

// The message of a _MESSAGE form; a `note` below is this, or nothing.
#define CORDON_DOCTEST_NOTE_(site, ...) \
    const auto CORDON_CONCAT(site, _note) = ::cordon::detail::info_by(CORDON_WRITER_(site, __VA_ARGS__), &site);

#define CORDON_DOCTEST_MESSAGE_(level, negated, macro, text, site, expression, ...)                \
    CORDON_DOCTEST_BEGIN_ {                                                                        \
        CORDON_DOCTEST_AT_(site, level, negated, macro, text);                                     \
        CORDON_DOCTEST_NOTE_(site, __VA_ARGS__)                                                    \
        CORDON_DOCTEST_RUN_(level, site, CORDON_DOCTEST_SITE_(site) << CORDON_UNWRAP_ expression); \
    }                                                                                              \
    CORDON_DOCTEST_END_

#define CORDON_DOCTEST_BY_(level, macro, text, site, comparer, ...)                                               \
    CORDON_DOCTEST_BEGIN_ {                                                                                       \
        CORDON_DOCTEST_AT_(site, level, false, macro, text);                                                      \
        CORDON_NULL_BEGIN_                                                                                        \
        CORDON_DOCTEST_RUN_(level, site, CORDON_DOCTEST_COMPARE_<::cordon::detail::comparer>(site, __VA_ARGS__)); \
        CORDON_NULL_END_                                                                                          \
    }                                                                                                             \
    CORDON_DOCTEST_END_

#define CORDON_DOCTEST_NOTHROW_(level, macro, text, site, note, ...)                                                   \
    CORDON_DOCTEST_BEGIN_ {                                                                                            \
        CORDON_DOCTEST_AT_(site, level, false, macro, text);                                                           \
        note [[maybe_unused]] ::cordon::detail::outcome CORDON_CONCAT(site,                                            \
                                                                      _outcome){::cordon::detail::outcome::failed};    \
        CORDON_DOCTEST_TRY_(                                                                                           \
            site, CORDON_DOCTEST_EVALUATE_(__VA_ARGS__) CORDON_CONCAT(site, _outcome) = ::cordon::detail::pass(site);) \
        CORDON_DOCTEST_CONCLUDE_##level(site) CORDON_DOCTEST_RESULT_(site);                                            \
    }                                                                                                                  \
    CORDON_DOCTEST_END_

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
#define CORDON_DOCTEST_THROWING_(level, macro, text, site, note, missing, handlers, ...)                  \
    CORDON_DOCTEST_BEGIN_ {                                                                               \
        CORDON_DOCTEST_AT_(site, level, false, macro, text);                                              \
        note ::cordon::detail::outcome CORDON_CONCAT(site, _outcome){::cordon::detail::outcome::pending}; \
        try {                                                                                             \
            CORDON_DOCTEST_EVALUATE_(__VA_ARGS__)                                                         \
        }                                                                                                 \
        handlers ::cordon::detail::conclude_throwing(site, CORDON_CONCAT(site, _outcome), missing);       \
        CORDON_DOCTEST_RESULT_(site);                                                                     \
    }                                                                                                     \
    CORDON_DOCTEST_END_
#define CORDON_DOCTEST_THROWS_(level, macro, text, site, note, ...)                     \
    CORDON_DOCTEST_THROWING_(level, macro, text, site, note, "no exception was thrown", \
                             CORDON_CATCH_ANY_(site, pass_by_exception(site)), __VA_ARGS__)
#define CORDON_DOCTEST_THROWS_AS_(level, macro, text, site, note, expression, ...)                              \
    CORDON_DOCTEST_THROWING_(level, macro, text, site, note, "no exception was thrown, expected " #__VA_ARGS__, \
                             CORDON_CATCH_TYPE_(site, pass_by_exception(site), __VA_ARGS__),                    \
                             CORDON_UNWRAP_ expression)
#define CORDON_DOCTEST_THROWS_WITH_(level, macro, text, site, note, expression, ...)           \
    CORDON_DOCTEST_THROWING_(level, macro, text, site, note, "no exception was thrown",        \
                             CORDON_CATCH_ANY_(site, check_exception_text(site, __VA_ARGS__)), \
                             CORDON_UNWRAP_ expression)
#define CORDON_DOCTEST_THROWS_WITH_AS_(level, macro, text, site, note, expression, words, ...)                  \
    CORDON_DOCTEST_THROWING_(level, macro, text, site, note, "no exception was thrown, expected " #__VA_ARGS__, \
                             CORDON_CATCH_TYPE_(site, check_exception_text(site, words), __VA_ARGS__),          \
                             CORDON_UNWRAP_ expression)
#elif defined(DOCTEST_CONFIG_NO_EXCEPTIONS_BUT_WITH_ALL_ASSERTS)
#define CORDON_DOCTEST_THROWS_(...) CORDON_DOCTEST_NOTHING_
#define CORDON_DOCTEST_THROWS_AS_(...) CORDON_DOCTEST_NOTHING_
#define CORDON_DOCTEST_THROWS_WITH_(...) CORDON_DOCTEST_NOTHING_
#define CORDON_DOCTEST_THROWS_WITH_AS_(...) CORDON_DOCTEST_NOTHING_
#else
#define CORDON_DOCTEST_THROWS_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#define CORDON_DOCTEST_THROWS_AS_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#define CORDON_DOCTEST_THROWS_WITH_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#define CORDON_DOCTEST_THROWS_WITH_AS_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#endif

#if defined(DOCTEST_CONFIG_ASSERTS_RETURN_VALUES)
#define CORDON_DOCTEST_NOTHING_ [] { return false; }()
#else
#define CORDON_DOCTEST_NOTHING_ static_cast<void>(0)
#endif

// `message` is in parentheses; it is text of the assertion.
#define CORDON_DOCTEST_WITH_NOTE_(form, level, macro, text, site, message, ...) \
    CORDON_DOCTEST_##form##_(level, macro, text, site, CORDON_DOCTEST_NOTE_(site, CORDON_UNWRAP_ message), __VA_ARGS__)

// ---- messages ----

// The place is given when the program runs.
#define CORDON_DOCTEST_FAIL_AT_(level, macro, file, line, site, end, ...)                                   \
    CORDON_DOCTEST_BEGIN_ {                                                                                 \
        const ::cordon::detail::assertion_site site{                                                        \
            file, macro, "", static_cast<unsigned>(line), ::cordon::detail::severity::level, false};        \
        ::cordon::detail::fail_message(site, ::cordon::detail::text_by(CORDON_WRITER_(site, __VA_ARGS__))); \
        end;                                                                                                \
        CORDON_DOCTEST_FAILED_;                                                                             \
    }                                                                                                       \
    CORDON_DOCTEST_END_

#define CORDON_DOCTEST_LOG_(site, ...)                                                            \
    CORDON_DOCTEST_BEGIN_ {                                                                       \
        ::cordon::detail::log_text(::cordon::detail::text_by(CORDON_WRITER_(site, __VA_ARGS__))); \
        CORDON_DOCTEST_FAILED_;                                                                   \
    }                                                                                             \
    CORDON_DOCTEST_END_
