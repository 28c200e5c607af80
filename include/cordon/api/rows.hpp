#pragma once

#include <cordon/api/check.hpp>
#include <cordon/api/test_case.hpp>

// One body, many tests: TEST_CASE_PARAMS, TEST_CASE_TEMPLATE, add_test. None of this code runs before the engine builds
// the list of tests, except add_test.

namespace cordon {

/// The decorators outside of a macro: decorators::tag("slow").
using decorators = detail::decorator_scope;

namespace detail {

// ---- TEST_CASE_PARAMS ----

/// A value of TEST_CASE_PARAMS that has decorators of its own.
template <class T, size_t N>
struct decorated_value {
    T value;
    decorator own[N];
};

template <class T>
void put_label(rank<0>, text_sink& out, const T& value) {
    out.operator<<(value);
}
template <class T>
auto put_label(rank<1>, text_sink& out, const T& value) -> decltype(void(out.operator<<(value.name))) {
    out.operator<<(value.name);
}
template <class T>
auto put_label(rank<2>, text_sink& out, const T& value) -> decltype(void(out.operator<<(value.name()))) {
    out.operator<<(value.name());
}

/// The test of one value.
template <class T>
struct value_row : row {
    template <class V>
    explicit value_row(V&& from)
        : row([](text_sink& out, const void* at) { put_label(rank<2>(), out, *static_cast<const T*>(at)); },
              __builtin_addressof(value)),
          value(static_cast<V&&>(from)) {}

    T value;
};

template <class T>
void take(const T&);
template <class From, class To, class = void>
inline constexpr bool converts = false;
template <class From, class To>
inline constexpr bool converts<From, To, decltype(take<To>(declare<From>()))> = true;

template <class R>
auto first_of(R& range) -> decltype(*range.begin());
template <class E, size_t N>
auto first_of(E (&array)[N]) -> only_if<!is_text_unit<E>, E&>;

/// True if R is a range of values that convert to T. A string is no range of numbers.
template <class T, class R, class = void>
inline constexpr bool is_range_of = false;
template <class T, class R>
inline constexpr bool is_range_of<T, R, decltype(void(first_of(declare<R&>())))> =
    converts<decltype(first_of(declare<R&>())), T> &&
    (!is_text_unit<decltype(first_of(declare<R&>()))> || is_text_unit<T>);

template <class>
inline constexpr bool makes_decorators = false;
template <class... A>
inline constexpr bool makes_decorators<decorator(A...) noexcept> = true;

/// One argument among the values of TEST_CASE_PARAMS. Its constructors add the tests.
template <class T>
struct row_argument {
    template <class V>
    row_argument(V&& given) {
        using type = bare<V>;
        constexpr bool is_range = !is_same<type, T> && is_range_of<T, type>;
        static_assert(!makes_decorators<type>,
                      "cordon: in TEST_CASE_PARAMS the name of a decorator hides yours: write ::name");
        static_assert(!is_same<type, decorator>,
                      "cordon: the decorators of TEST_CASE_PARAMS stand beside its name: (\"name\", tag(\"x\"))");
        static_assert(is_range || converts<V, T>,
                      "cordon: each argument after the parameter of TEST_CASE_PARAMS must be a value that converts to "
                      "its type, cordon::row(value, decorators...), or a range of such values");
        if constexpr (is_range) {
            for (auto&& each : given)
                add_element(static_cast<decltype(each)&&>(each));
        } else if constexpr (converts<V, T>) {
            add_row(*new value_row<T>(static_cast<V&&>(given)));
        }
    }
    template <class V, size_t N>
    row_argument(decorated_value<V, N> given) {
        static_assert(converts<V, T>, "cordon: the value of cordon::row does not convert to the parameter's type");
        add_row(*new value_row<T>(static_cast<V&&>(given.value)), given.own, N);
    }
    /// {1, 2, 3}
    template <class A, class B, class... More, class = decltype(T{declare<A>(), declare<B>(), declare<More>()...})>
    row_argument(A&& a, B&& b, More&&... more) {
        add_row(*new value_row<T>(T{static_cast<A&&>(a), static_cast<B&&>(b), static_cast<More&&>(more)...}));
    }

  private:
    /// The value may be a view of an element that lives no longer than the range. So the element is kept.
    template <class E>
    static void add_element(E&& each) {
        using element = bare<E>;
        if constexpr (is_object<element> && !is_same<element, T>) {
            add_row(*new value_row<T>(*new element(static_cast<E&&>(each))));
        } else {
            add_row(*new value_row<T>(static_cast<E&&>(each)));
        }
    }
};

/// Receives the values of TEST_CASE_PARAMS as a list in braces, so that each of them may be in braces too.
template <class T>
struct value_list {
    template <size_t N>
    static auto the_type_of_a_value_in_nested_braces_must_be_named(rank<1>, T (&&values)[N])
        -> only_if<(N > 1 && !converts<decorated_value<T, 1>, T>)> {
        for (T& each : values)
            add_row(*new value_row<T>(static_cast<T&&>(each)));
    }
    template <size_t N>
    static auto the_type_of_a_value_in_nested_braces_must_be_named(rank<0>, T (&&value)[N])
        -> only_if<(N == 1 && is_object<T>)> {
        add_row(*new value_row<T>(static_cast<T&&>(value[0])));
    }
    static void the_type_of_a_value_in_nested_braces_must_be_named(rank<0>, row_argument<T> (&&)[1]) {}
    template <size_t N>
    static void the_type_of_a_value_in_nested_braces_must_be_named(rank<0>, row_argument<T> (&&)[N]) {}
};

template <class P>
value_list<bare<P>> values_of(void (*)(P));

template <class P>
void call_with(void (*body)(P), const void* value) {
    body(static_cast<P>(*static_cast<bare<P>*>(const_cast<void*>(value))));
}

// ---- TEST_CASE_TEMPLATE ----

struct type_test {
    void (*body)(const void*);
    const char* type;  ///< its name, or a signature with it
};

template <class...>
struct type_list {};

/// TYPE_TO_STRING specializes it.
template <class T>
inline constexpr const char* name_of_type = signature_of<T>();

/// Adds the tests of a TEST_CASE_TEMPLATE. The tests and decorators must live as long as the program.
void add_types(const type_test* tests, size_t count, const decorator* own, size_t own_count);

// ---- METHOD_AS_TEST_CASE, add_test ----

template <class C>
void run_method(void (C::*method)()) {
    C object;
    (object.*method)();
}

/// A name, and the place of the call that it is an argument of.
struct name_here {
    template <class S>
    name_here(const S& text, const char* file = __builtin_FILE(), unsigned line = __builtin_LINE())
        : name(text), where{file, line} {}

    text_view name;
    location where;
};

/// Copies the texts.
void add_test(const name_here& name, void (*body)(const void*), const void* context, const decorator* items,
              size_t count);

[[noreturn]] void refuse_missing_state();

}  // namespace detail

/// An object that a SUITE_SETUP or GLOBAL_SETUP makes for tests. It is never destroyed: memory goes with the process. A
/// test that uses it without that setup fails and ends.
template <class T>
class suite_state {
  public:
    template <class... A>
    T& make(A&&... arguments) {
        made_ = new T{static_cast<A&&>(arguments)...};
        return *made_;
    }
    T& operator*() const {
        if (made_ == nullptr) detail::refuse_missing_state();
        return *made_;
    }
    T* operator->() const { return __builtin_addressof(**this); }

  private:
    T* made_ = nullptr;
};

/// A value of TEST_CASE_PARAMS with decorators of its own: row(3, skip("too slow")).
template <class T, class... Decorator>
detail::decorated_value<T, sizeof...(Decorator) + 1> row(T value, const Decorator&... own) {
    return {static_cast<T&&>(value), {detail::decorator(), own...}};
}

/// Adds a test whose body is `function`, which is copied. Call it in a static initializer or before cordon::run, in
/// each process in the same order: workers must have the same tests. Decorators: decorators::tag("slow") and so on.
template <class Body, class... Decorator>
void add_test(const detail::name_here& name, Body function, const Decorator&... more) {
    const detail::decorator items[] = {detail::decorator(), more...};
    detail::add_test(
        name, [](const void* context) { static_cast<void>((*static_cast<Body*>(const_cast<void*>(context)))()); },
        new Body(static_cast<Body&&>(function)), items, sizeof...(Decorator) + 1);
}

}  // namespace cordon
