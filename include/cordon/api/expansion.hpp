#pragma once

#include <cordon/api/exits.hpp>
#include <cordon/api/expression.hpp>
#include <cordon/api/logging.hpp>
#include <cordon/api/rows.hpp>
#include <cordon/api/test_case.hpp>
#include <cordon/api/translator.hpp>

// How the macros of macros.hpp expand. Each public macro makes its own text (#__VA_ARGS__) and its own unique name and
// passes both on. If one public macro used another, its text would show the user's own macros replaced.

#if defined(__clang__)
// `site << a == b` is intended.
#define CORDON_QUIET_BEGIN_ \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Woverloaded-shift-op-parentheses\"")
#define CORDON_QUIET_END_ _Pragma("clang diagnostic pop")
#define CORDON_LOOK_BEGIN_                                                                 \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wfloat-equal\"") \
        _Pragma("clang diagnostic ignored \"-Wdouble-promotion\"")                         \
            _Pragma("clang diagnostic ignored \"-Wunused-value\"")
#define CORDON_LOOK_END_ _Pragma("clang diagnostic pop")
#define CORDON_NULL_BEGIN_
#define CORDON_NULL_END_
// Tests must be registered before main().
#define CORDON_GLOBAL_BEGIN_ \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wglobal-constructors\"")
#define CORDON_GLOBAL_END_ _Pragma("clang diagnostic pop")
#define CORDON_CAST_BEGIN_
#define CORDON_CAST_END_
#else
#define CORDON_QUIET_BEGIN_
#define CORDON_QUIET_END_
#define CORDON_LOOK_BEGIN_                                                             \
    _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wfloat-equal\"") \
        _Pragma("GCC diagnostic ignored \"-Wdouble-promotion\"") _Pragma("GCC diagnostic ignored \"-Wuseless-cast\"")
#define CORDON_LOOK_END_ _Pragma("GCC diagnostic pop")
// CHECK_EQ(p, NULL) is intended.
#define CORDON_NULL_BEGIN_ _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wconversion-null\"")
#define CORDON_NULL_END_ _Pragma("GCC diagnostic pop")
#define CORDON_GLOBAL_BEGIN_
#define CORDON_GLOBAL_END_
// The user's expression may already be void.
#define CORDON_CAST_BEGIN_ _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wuseless-cast\"")
#define CORDON_CAST_END_ _Pragma("GCC diagnostic pop")
#endif

// ---- registration ----

// A class scope, in which `tag("x")` is always the decorator, even if the user has a `tag`. The scope covers nothing
// else. The first element has no effect; it allows a list without arguments.
#define CORDON_DECORATORS_(record, ...)                                              \
    namespace {                                                                      \
    struct record : ::cordon::detail::decorator_scope {                              \
        static inline const auto cordon_list =                                       \
            ::cordon::detail::list_of({::cordon::detail::decorator(), __VA_ARGS__}); \
    };                                                                               \
    }

#define CORDON_LIST_OF_(record) \
    record::cordon_list.items, sizeof(record::cordon_list) / sizeof(::cordon::detail::decorator)

#define CORDON_REGISTER_(name, ...)                                                                        \
    CORDON_GLOBAL_BEGIN_                                                                                   \
    CORDON_DECORATORS_(CORDON_CONCAT(name, _record), __VA_ARGS__)                                          \
    static const ::cordon::detail::test_case CORDON_CONCAT(name, _entry){                                  \
        &name, {__FILE__, __LINE__}, cordon_current_suite, CORDON_LIST_OF_(CORDON_CONCAT(name, _record))}; \
    CORDON_GLOBAL_END_

#define CORDON_TEST_CASE_(name, ...)    \
    static void name(const void*);      \
    CORDON_REGISTER_(name, __VA_ARGS__) \
    static void name(const void*)

#define CORDON_TEST_CASE_FIXTURE_(name, fixture, ...)                        \
    namespace {                                                              \
    struct CORDON_CONCAT(name, _fixture) : fixture {                         \
        void run();                                                          \
    };                                                                       \
    }                                                                        \
    static void name(const void*) { CORDON_CONCAT(name, _fixture)().run(); } \
    CORDON_REGISTER_(name, __VA_ARGS__)                                      \
    void CORDON_CONCAT(name, _fixture)::run()

// `x` without the parentheses around it, if it has some.
#define CORDON_BARE_(x) CORDON_BARE_PASTE_(CORDON_BARE_IF_ x)
#define CORDON_BARE_IF_(...) CORDON_BARE_IF_ __VA_ARGS__
#define CORDON_BARE_PASTE_(...) CORDON_BARE_DROP_(__VA_ARGS__)
#define CORDON_BARE_DROP_(...) CORDON_NO_##__VA_ARGS__
#define CORDON_NO_CORDON_BARE_IF_
#define CORDON_FIRST_OF_(first, ...) first
#define CORDON_FIRST_(...) CORDON_FIRST_OF_(__VA_ARGS__, )

// The engine replaces this test by those that `make` adds. The values are in a class scope, because cordon::row has
// decorators.
#define CORDON_TEST_CASE_PARAMS_(name, title, param, ...)                                                          \
    static void name(param);                                                                                       \
    CORDON_GLOBAL_BEGIN_                                                                                           \
    namespace {                                                                                                    \
    struct CORDON_CONCAT(name, _record) : ::cordon::detail::decorator_scope {                                      \
        static void cordon_run(const void* value) { ::cordon::detail::call_with(&name, value); }                   \
        static void cordon_make() {                                                                                \
            decltype(::cordon::detail::values_of(&name))::the_type_of_a_value_in_nested_braces_must_be_named(      \
                ::cordon::detail::rank<1>(), {__VA_ARGS__});                                                       \
        }                                                                                                          \
        static inline const auto cordon_list = ::cordon::detail::list_of(                                          \
            {::cordon::detail::decorator(::cordon::detail::decoration::values, nullptr, 0), CORDON_BARE_(title)}); \
        static constexpr ::cordon::detail::test_source cordon_source{&cordon_make};                                \
    };                                                                                                             \
    }                                                                                                              \
    static const ::cordon::detail::test_case CORDON_CONCAT(name, _entry){                                          \
        &CORDON_CONCAT(name, _record)::cordon_run,                                                                 \
        {__FILE__, __LINE__},                                                                                      \
        cordon_current_suite,                                                                                      \
        CORDON_LIST_OF_(CORDON_CONCAT(name, _record)),                                                             \
        &CORDON_CONCAT(name, _record)::cordon_source};                                                             \
    CORDON_GLOBAL_END_                                                                                             \
    static void name([[maybe_unused]] param)

// `id` becomes an object, so that INVOKE can take it with decorators: (id, skip("why")).
#define CORDON_TEST_CASE_TEMPLATE_DEFINE_(name, title, T, id)            \
    CORDON_TEMPLATE_RECORD_(name, title, T)                              \
    [[maybe_unused]] static constexpr CORDON_CONCAT(name, _record) id{}; \
    template <class T>                                                   \
    static void name(const void*)

#define CORDON_TEST_CASE_TEMPLATE_(name, title, T, ...)                                                            \
    CORDON_TEMPLATE_RECORD_(name, title, T)                                                                        \
    [[maybe_unused]] static constexpr CORDON_CONCAT(name, _record) CORDON_CONCAT(name, _id){};                     \
    CORDON_TYPES_(CORDON_CONCAT(name, _types), CORDON_CONCAT(name, _id), ::cordon::detail::type_list<__VA_ARGS__>) \
    template <class T>                                                                                             \
    static void name(const void*)

#define CORDON_TEMPLATE_RECORD_(name, title, T)                                                                   \
    template <class T>                                                                                            \
    static void name(const void*);                                                                                \
    namespace {                                                                                                   \
    struct CORDON_CONCAT(name, _record) : ::cordon::detail::decorator_scope {                                     \
        template <template <class...> class List, class... Type>                                                  \
        static void cordon_make(const ::cordon::detail::decorator* own, size_t count, List<Type...>*) {           \
            static constexpr ::cordon::detail::type_test tests[] = {                                              \
                {&name<Type>, ::cordon::detail::name_of_type<Type>}..., {nullptr, nullptr}};                      \
            ::cordon::detail::add_types(tests, sizeof...(Type), own, count);                                      \
        }                                                                                                         \
        [[maybe_unused]] static inline const auto cordon_list = ::cordon::detail::list_of(                        \
            {::cordon::detail::decorator(::cordon::detail::decoration::types, nullptr, 0), CORDON_BARE_(title)}); \
        [[maybe_unused]] static constexpr ::cordon::location cordon_where{__FILE__, __LINE__};                    \
        constexpr operator ::cordon::detail::decorator() const { return {}; }                                     \
    };                                                                                                            \
    }

// The rest of the arguments is a type list: std::tuple<int, char> or another template of types.
#define CORDON_TYPES_(name, id, ...)                                                                       \
    CORDON_GLOBAL_BEGIN_                                                                                   \
    using CORDON_CONCAT(name, _list) = __VA_ARGS__;                                                        \
    using CORDON_CONCAT(name, _tests) = ::cordon::detail::bare<decltype(CORDON_FIRST_(CORDON_BARE_(id)))>; \
    namespace {                                                                                            \
    struct CORDON_CONCAT(name, _record) : ::cordon::detail::decorator_scope {                              \
        static inline const auto cordon_list = ::cordon::detail::list_of({CORDON_BARE_(id)});              \
        static void cordon_make() {                                                                        \
            CORDON_CONCAT(name, _tests)::cordon_make(CORDON_LIST_OF_(CORDON_CONCAT(name, _record)),        \
                                                     static_cast<CORDON_CONCAT(name, _list)*>(nullptr));   \
        }                                                                                                  \
        static constexpr ::cordon::detail::test_source cordon_source{&cordon_make};                        \
    };                                                                                                     \
    }                                                                                                      \
    static const ::cordon::detail::test_case CORDON_CONCAT(name, _entry){                                  \
        nullptr, CORDON_CONCAT(name, _tests)::cordon_where, cordon_current_suite,                          \
        CORDON_LIST_OF_(CORDON_CONCAT(name, _tests)), &CORDON_CONCAT(name, _record)::cordon_source};       \
    CORDON_GLOBAL_END_

#define CORDON_TYPE_TO_STRING_AS_(text, ...)                                        \
    namespace cordon {                                                              \
    namespace detail {                                                              \
    template <>                                                                     \
    [[maybe_unused]] inline constexpr const char* name_of_type<__VA_ARGS__> = text; \
    }                                                                               \
    }                                                                               \
    static_assert(true, "TYPE_TO_STRING")

// In any scope; in a function, its first call registers the test.
#define CORDON_REGISTER_AS_(name, call, ...)                                                        \
    CORDON_GLOBAL_BEGIN_                                                                            \
    [[maybe_unused]] static const bool name = [] {                                                  \
        struct CORDON_CONCAT(name, _record) : ::cordon::detail::decorator_scope {                   \
            static auto cordon_list() {                                                             \
                return ::cordon::detail::list_of({::cordon::detail::decorator(), __VA_ARGS__});     \
            }                                                                                       \
        };                                                                                          \
        static const auto CORDON_CONCAT(name, _list) = CORDON_CONCAT(name, _record)::cordon_list(); \
        static const ::cordon::detail::test_case CORDON_CONCAT(name, _entry){                       \
            [](const void*) { call; },                                                              \
            {__FILE__, __LINE__},                                                                   \
            cordon_current_suite,                                                                   \
            CORDON_CONCAT(name, _list).items,                                                       \
            sizeof(CORDON_CONCAT(name, _list)) / sizeof(::cordon::detail::decorator)};              \
        return true;                                                                                \
    }();                                                                                            \
    CORDON_GLOBAL_END_                                                                              \
    static_assert(true, "REGISTER_TEST_CASE")

#define CORDON_SUITE_RECORD_(suite_name, record)                            \
    static constexpr ::cordon::detail::suite suite_name {                   \
        {__FILE__, __LINE__}, cordon_current_suite, CORDON_LIST_OF_(record) \
    }

// Inside the block, cordon_current_suite hides the outer one, which is used in the initializer.
#define CORDON_TEST_SUITE_(name, ...)                                                                           \
    CORDON_NAMESPACE_OF_FILE_BEGIN_(name)                                                                       \
    CORDON_DECORATORS_(CORDON_CONCAT(name, _record), __VA_ARGS__)                                               \
    [[maybe_unused]] CORDON_SUITE_RECORD_(cordon_this_suite, CORDON_CONCAT(name, _record));                     \
    [[maybe_unused]] static constexpr const ::cordon::detail::suite* cordon_current_suite = &cordon_this_suite; \
    CORDON_NAMESPACE_OF_FILE_END_                                                                               \
    namespace name

#define CORDON_TEST_SUITE_BEGIN_(name, ...)                                                                 \
    CORDON_DECORATORS_(CORDON_CONCAT(name, _record), __VA_ARGS__)                                           \
    CORDON_SUITE_RECORD_(CORDON_CONCAT(name, _suite), CORDON_CONCAT(name, _record));                        \
    CORDON_GLOBAL_BEGIN_                                                                                    \
    static const ::cordon::detail::suite_switch CORDON_CONCAT(name, _switch){&CORDON_CONCAT(name, _suite)}; \
    CORDON_GLOBAL_END_                                                                                      \
    static_assert(true, "TEST_SUITE_BEGIN")

#define CORDON_TEST_SUITE_END_(name)                           \
    CORDON_GLOBAL_BEGIN_                                       \
    static const ::cordon::detail::suite_switch name{nullptr}; \
    CORDON_GLOBAL_END_                                         \
    static_assert(true, "TEST_SUITE_END")

#define CORDON_SETUP_(name, owner)                                                                        \
    static void name();                                                                                   \
    CORDON_GLOBAL_BEGIN_                                                                                  \
    static const ::cordon::detail::setup CORDON_CONCAT(name, _entry){&name, {__FILE__, __LINE__}, owner}; \
    CORDON_GLOBAL_END_                                                                                    \
    static void name()

#define CORDON_SUBCASE_(unique, ...) if (const ::cordon::detail::subcase unique{__VA_ARGS__, __FILE__, __LINE__})

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
#define CORDON_EXCEPTION_TRANSLATOR_(name, ...)                                             \
    static ::cordon::detail::translation name(__VA_ARGS__);                                 \
    CORDON_GLOBAL_BEGIN_                                                                    \
    static const ::cordon::detail::exception_translator CORDON_CONCAT(name, _entry){&name}; \
    CORDON_GLOBAL_END_                                                                      \
    static ::cordon::detail::translation name(__VA_ARGS__)
#else
#define CORDON_EXCEPTION_TRANSLATOR_(name, ...) [[maybe_unused]] static ::cordon::detail::translation name(__VA_ARGS__)
#endif

// ---- assertions ----

// A passed-on argument needs parentheses, because its expansion may contain commas, as a nested assertion does.
#define CORDON_UNWRAP_(...) __VA_ARGS__

#define CORDON_SITE_(site, level, negated, macro, text)                             \
    static constexpr ::cordon::detail::assertion_site site {                        \
        __FILE__, macro, text, __LINE__, ::cordon::detail::severity::level, negated \
    }

// The same for an assertion in a constexpr function, which cannot have static variables before C++23.
#if CORDON_CPLUSPLUS >= 202002L
#define CORDON_PLACE_(site, level, negated, macro, text)                                                       \
    const ::cordon::detail::assertion_site* CORDON_CONCAT(site, _at) = ::cordon::detail::site_of<negated>([] { \
        CORDON_SITE_(site, level, negated, macro, text);                                                       \
        return &site;                                                                                          \
    })
#define CORDON_AT_(site) (*CORDON_CONCAT(site, _at))
#else
#define CORDON_PLACE_ CORDON_SITE_
#define CORDON_AT_(site) site
#endif

// The unevaluated expression as the user wrote it. So the compiler warns of comparing signed and unsigned values;
// templates cannot warn about constants.
#define CORDON_LOOK_AT_(...)          \
    CORDON_LOOK_BEGIN_                \
    CORDON_UNEVALUATED_(__VA_ARGS__); \
    CORDON_LOOK_END_

#define CORDON_WRITER_(unique, ...)                                            \
    [&](::cordon::text_sink& CORDON_CONCAT(unique, _out)) {                    \
        ::cordon::detail::message{CORDON_CONCAT(unique, _out)} << __VA_ARGS__; \
    }

// Makes the assertion's text available while the assertion runs.
#define CORDON_NOTE_(site, ...)             \
    const auto CORDON_CONCAT(site, _note) = \
        ::cordon::detail::info_by(CORDON_WRITER_(site, __VA_ARGS__), &CORDON_AT_(site))

#define CORDON_INFO_(unique, ...) const auto unique = ::cordon::detail::info_by(CORDON_WRITER_(unique, __VA_ARGS__))

#define CORDON_UNSCOPED_INFO_(unique, ...) \
    ::cordon::detail::add_unscoped_info(::cordon::detail::text_by(CORDON_WRITER_(unique, __VA_ARGS__)))

#define CORDON_CAPTURE_(unique, text, ...)                                                                \
    const auto unique = ::cordon::detail::info_by([&](::cordon::text_sink& CORDON_CONCAT(unique, _out)) { \
        ::cordon::detail::capture(CORDON_CONCAT(unique, _out), text, __VA_ARGS__);                        \
    })

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
#define CORDON_TRY_ try
#define CORDON_FAIL_BY_EXCEPTION_(site)                        \
    catch (...) {                                              \
        ::cordon::detail::fail_by_exception(CORDON_AT_(site)); \
    }
#else
#define CORDON_TRY_
#define CORDON_FAIL_BY_EXCEPTION_(site)
#endif

// WARN and CHECK continue after a failure. The outcome is assigned, not initialized: a comma in the expression would
// otherwise start another declaration.
#define CORDON_RUN_(site, ...)                                                    \
    CORDON_QUIET_BEGIN_                                                           \
    CORDON_TRY_ {                                                                 \
        [[maybe_unused]] ::cordon::detail::outcome CORDON_CONCAT(site, _outcome); \
        CORDON_CONCAT(site, _outcome) = __VA_ARGS__;                              \
    }                                                                             \
    CORDON_FAIL_BY_EXCEPTION_(site)                                               \
    CORDON_QUIET_END_

// REQUIRE leaves the test outside of its own try block.
#define CORDON_RUN_OR_LEAVE_(site, ...)                                                         \
    ::cordon::detail::outcome CORDON_CONCAT(site, _outcome){::cordon::detail::outcome::failed}; \
    CORDON_QUIET_BEGIN_                                                                         \
    CORDON_TRY_ { CORDON_CONCAT(site, _outcome) = __VA_ARGS__; }                                \
    CORDON_FAIL_BY_EXCEPTION_(site)                                                             \
    CORDON_QUIET_END_                                                                           \
    if (CORDON_CONCAT(site, _outcome).is != ::cordon::detail::outcome::passed) ::cordon::detail::leave_test()

#define CORDON_ASSERT_(run, level, negated, macro, text, site, ...)                             \
    do {                                                                                        \
        CORDON_PLACE_(site, level, negated, macro, text);                                       \
        CORDON_LOOK_AT_(__VA_ARGS__)                                                            \
        run(site, static_cast<::cordon::detail::passed_site>(CORDON_AT_(site)) << __VA_ARGS__); \
    } while (false)

#define CORDON_ASSERT_BY_(run, level, macro, text, site, function, ...)       \
    do {                                                                      \
        CORDON_PLACE_(site, level, false, macro, text);                       \
        CORDON_NULL_BEGIN_                                                    \
        run(site, ::cordon::detail::function(CORDON_AT_(site), __VA_ARGS__)); \
        CORDON_NULL_END_                                                      \
    } while (false)

#define CORDON_ASSERT_MESSAGE_(run, level, negated, macro, text, site, expression, ...)                       \
    do {                                                                                                      \
        CORDON_PLACE_(site, level, negated, macro, text);                                                     \
        CORDON_NOTE_(site, __VA_ARGS__);                                                                      \
        CORDON_LOOK_AT_(CORDON_UNWRAP_ expression)                                                            \
        run(site, static_cast<::cordon::detail::passed_site>(CORDON_AT_(site)) << CORDON_UNWRAP_ expression); \
    } while (false)

// `handlers` are catch blocks that set the outcome. `missing` is the text of the failure if nothing was thrown.
#define CORDON_THROWING_(level, macro, text, site, missing, handlers, ...)                           \
    do {                                                                                             \
        CORDON_SITE_(site, level, false, macro, text);                                               \
        ::cordon::detail::outcome CORDON_CONCAT(site, _outcome){::cordon::detail::outcome::pending}; \
        CORDON_TRY_ {                                                                                \
            CORDON_CAST_BEGIN_                                                                       \
            static_cast<void>(__VA_ARGS__);                                                          \
            CORDON_CAST_END_                                                                         \
        }                                                                                            \
        handlers ::cordon::detail::conclude_throwing(site, CORDON_CONCAT(site, _outcome), missing);  \
    } while (false)

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
#define CORDON_CATCH_ANY_(site, call)                           \
    catch (...) {                                               \
        CORDON_CONCAT(site, _outcome) = ::cordon::detail::call; \
    }

#define CORDON_CATCH_TYPE_(site, call, ...)                     \
    catch (::cordon::detail::catch_of<__VA_ARGS__>) {           \
        CORDON_CONCAT(site, _outcome) = ::cordon::detail::call; \
    }                                                           \
    CORDON_CATCH_ANY_(site, fail_wrong_exception(site, #__VA_ARGS__))

#define CORDON_THROWS_(level, macro, text, site, ...)                     \
    CORDON_THROWING_(level, macro, text, site, "no exception was thrown", \
                     CORDON_CATCH_ANY_(site, pass_by_exception(site)), __VA_ARGS__)

#define CORDON_THROWS_AS_(level, macro, text, site, expression, ...)                              \
    CORDON_THROWING_(level, macro, text, site, "no exception was thrown, expected " #__VA_ARGS__, \
                     CORDON_CATCH_TYPE_(site, pass_by_exception(site), __VA_ARGS__), expression)

#define CORDON_THROWS_WITH_(level, macro, text, site, expression, ...)    \
    CORDON_THROWING_(level, macro, text, site, "no exception was thrown", \
                     CORDON_CATCH_ANY_(site, check_exception_text(site, __VA_ARGS__)), expression)

#define CORDON_THROWS_WITH_AS_(level, macro, text, site, expression, words, ...)                  \
    CORDON_THROWING_(level, macro, text, site, "no exception was thrown, expected " #__VA_ARGS__, \
                     CORDON_CATCH_TYPE_(site, check_exception_text(site, words), __VA_ARGS__), expression)
#else
#define CORDON_WITHOUT_EXCEPTIONS_(macro) \
    static_assert(sizeof(macro) == 0, "cordon: this assertion needs exceptions, and this file is compiled without")
#define CORDON_THROWS_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#define CORDON_THROWS_AS_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#define CORDON_THROWS_WITH_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#define CORDON_THROWS_WITH_AS_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#endif

#define CORDON_NOTHROW_(run, level, macro, text, site, ...)                                    \
    do {                                                                                       \
        CORDON_PLACE_(site, level, false, macro, text);                                        \
        CORDON_CAST_BEGIN_                                                                     \
        run(site, (static_cast<void>(__VA_ARGS__), ::cordon::detail::pass(CORDON_AT_(site)))); \
        CORDON_CAST_END_                                                                       \
    } while (false)

// The block is the last argument, and its commas are not separators.
#define CORDON_EXITS_(level, macro, text, site, how, ...)                             \
    do {                                                                              \
        CORDON_SITE_(site, level, false, macro, text);                                \
        if (!::cordon::detail::check_exit(site, how, [&] { __VA_ARGS__; }) &&         \
            ::cordon::detail::severity::level == ::cordon::detail::severity::require) \
            ::cordon::detail::leave_test();                                           \
    } while (false)

#define CORDON_FAIL_CHECK_(level, macro, text, site, ...)                                                   \
    do {                                                                                                    \
        CORDON_SITE_(site, level, false, macro, text);                                                      \
        ::cordon::detail::fail_message(site, ::cordon::detail::text_by(CORDON_WRITER_(site, __VA_ARGS__))); \
    } while (false)

#define CORDON_FAIL_(level, macro, text, site, ...)                \
    do {                                                           \
        CORDON_FAIL_CHECK_(level, macro, text, site, __VA_ARGS__); \
        ::cordon::detail::leave_test();                            \
    } while (false)

#define CORDON_SUCCEED_(site)                            \
    do {                                                 \
        CORDON_SITE_(site, check, false, "SUCCEED", ""); \
        ::cordon::detail::pass(site);                    \
    } while (false)

// Counts as a passed assertion at run time.
#define CORDON_STATIC_(macro, site, text, ...)          \
    do {                                                \
        static_assert(__VA_ARGS__, text);               \
        CORDON_PLACE_(site, check, false, macro, text); \
        ::cordon::detail::pass(CORDON_AT_(site));       \
    } while (false)

#define CORDON_SKIP_(text, site, ...)                                                                    \
    do {                                                                                                 \
        CORDON_SITE_(site, require, false, "SKIP", text);                                                \
        ::cordon::detail::skip_test(site, ::cordon::detail::text_by(CORDON_WRITER_(site, __VA_ARGS__))); \
    } while (false)
