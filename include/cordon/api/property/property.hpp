#pragma once

#include <cordon/api/expansion.hpp>
#include <cordon/api/property/code.hpp>
#include <cordon/api/property/generators.hpp>
#include <cordon/api/test_case.hpp>

namespace cordon {
namespace detail {

/// What the macro PROPERTY knows. `run` makes the values of an example and calls the body with them.
struct property {
    void (*run)(source& from, const property& which);
    void (*body)();          ///< a function of the parameters' types
    const char* parameters;  ///< as written: "int x, std::vector<int> v"
};

/// The body of the test: tries examples, shrinks and reports one that fails. `which` is a property.
void check_property(const void* which);

/// The values of an example are complete. In the run that reports an example, their code is kept before the body can
/// crash.
void tell_values(const char* parameters, const operand_text* values, size_t count);
/// The same for draw() in the body.
void tell_drawn(const char* signature, operand_text value);
source& running_example();

template <size_t, class Parameter>
struct argument {
    bare<Parameter> value;
    explicit argument(source& from) : value(from.any<Parameter>()) {}
};
template <class Indices, class... Parameter>
struct arguments;
template <size_t... I, class... Parameter>
struct arguments<indices<I...>, Parameter...> : argument<I, Parameter>... {
    // Base classes are initialized in order.
    explicit arguments([[maybe_unused]] source& from) : argument<I, Parameter>(from)... {}

    void pass_to(const property& which) {
        const operand_text codes[] = {code_of(argument<I, Parameter>::value)..., operand_text()};
        tell_values(which.parameters, codes, sizeof...(Parameter));
        reinterpret_cast<void (*)(Parameter...)>(which.body)(
            static_cast<Parameter&&>(argument<I, Parameter>::value)...);
    }
};

template <class... Parameter>
void run_example(source& from, const property& which) {
    arguments<make_indices<sizeof...(Parameter)>, Parameter...>(from).pass_to(which);
}

template <class... Parameter>
property property_of(void (*body)(Parameter...), const char* parameters) {
    return {&run_example<Parameter...>, reinterpret_cast<void (*)()>(body), parameters};
}

inline constexpr decorator property_mark{decoration::property, nullptr, 1};

/// The decorators of a PROPERTY.
struct property_scope : decorator_scope {
    /// How many examples must pass, instead of --examples.
    static constexpr decorator(examples)(int n) noexcept {
        return {decoration::examples, nullptr, static_cast<double>(n)};
    }
    /// Seconds that one example may take, instead of a limit derived from those that passed.
    static constexpr decorator(example_timeout)(double seconds) noexcept {
        return {decoration::example_timeout, nullptr, seconds};
    }
};

}  // namespace detail

/// Leaves the example, which then counts as discarded, unless the condition holds.
void assume(bool condition);

/// A value of the generator, in the body of a PROPERTY: it shrinks with the parameters, and is reported.
template <class Generator>
auto draw(const Generator& generator) {
    auto value = detail::running_example().draw(generator);
    detail::tell_drawn(detail::signature_of<decltype(value)>(), detail::code_of(value));
    return value;
}
/// An arbitrary T, in the body of a PROPERTY.
template <class T>
T draw() {
    return draw(arbitrary<T>());
}

/// Counts the examples with this label; the report of the property has their shares. Any number of labels.
void classify(bool condition, const char* label);

}  // namespace cordon
