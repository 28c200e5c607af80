#pragma once

#include <cordon/api/traits.hpp>

// Where generators draw from. A generator is any callable `T operator()(cordon::source&) const`: it makes choices, each
// a whole number, and builds a value from them. The engine records the choices of an example. It shrinks the choices,
// not the value, so that every smaller example also comes from the generator. Functions without a body here are
// compiled once, with the engine (engine/property/source.hpp).

namespace cordon {

/// The generator of a type; specialize it for your own types. It is a callable `T operator()(source&) const`.
template <class T, class = void>
struct arbitrary;

namespace detail {

/// The state of one example; the engine has its definition.
class drawing;

/// A whole number as its distance from the simplest one.
struct choice {
    unsigned long long distance;
    bool below;
};

/// How new choices are distributed. Recorded choices and shrinking do not depend on it.
enum class spread : unsigned char {
    even,   ///< every number is equally likely
    sized,  ///< mostly small ones; they grow with the example's size; sometimes a limit
};

/// The length of a container while it is filled.
struct length {
    size_t least;
    size_t most;
    size_t planned;  ///< new examples stop here
    size_t have = 0;
};

}  // namespace detail

/// The choices of one example.
class source {
  public:
    explicit source(detail::drawing& state) : state_(state) {}
    source(const source&) = delete;
    source& operator=(const source&) = delete;

    /// An arbitrary T.
    template <class T>
    detail::bare<T> any() {
        return draw(arbitrary<detail::bare<T>>());
    }
    /// A value of the generator.
    template <class Generator>
    auto draw(const Generator& generator) -> decltype(generator(*this)) {
        const span whole(*this, &label_of<Generator>, false);
        return generator(*this);
    }

    /// How large values should be: from 1 in the first examples to 100 in the last ones.
    size_t size() const;

    /// For the engine.
    detail::drawing& state() { return state_; }

    // ---- for generators that are not made of others ----

    /// A number at most `above` over the simplest one, or at most `below` under it.
    detail::choice choose(unsigned long long above, unsigned long long below, detail::spread how);
    /// Starts a container of at least `least` and at most `most` elements.
    detail::length plan(size_t least, size_t most);
    /// True if the container gets another element.
    bool wants_more(const detail::length& length);
    /// The example cannot be completed: it is discarded, as by assume(false).
    [[noreturn]] void discard();
    /// A generator was used wrongly: the test fails with this text, which must live as long as the program.
    [[noreturn]] void refuse(const char* why);

    /// The choices of one value. Shrinking removes those of an element as a whole, and replaces a value by a part of it
    /// that has the same label.
    class span {
      public:
        span(source& from, const void* label, bool is_element);
        ~span();
        span(const span&) = delete;
        span& operator=(const span&) = delete;

      private:
        source& from_;
        size_t index_;
        bool is_element_;
    };

    /// Another size while it lives.
    class resized {
      public:
        resized(source& from, size_t size);
        ~resized();
        resized(const resized&) = delete;
        resized& operator=(const resized&) = delete;

      private:
        source& from_;
        size_t before_;
    };

  private:
    template <class Generator>
    static constexpr char label_of = 0;

    detail::drawing& state_;
};

namespace detail {

// Values of the language's types. `bits` is the width of the type.
unsigned long long draw_integer(source& from, unsigned bits, bool is_signed);
/// From `low` to `high`, as two's complement; the simplest one is nearest to `simplest`.
unsigned long long draw_in_range(source& from, unsigned long long low, unsigned long long high,
                                 unsigned long long simplest, bool is_signed);
double draw_floating(source& from, bool single);
/// 'a' is the simplest one, then letters, digits, and any other byte.
char draw_character(source& from);
/// A Unicode code point, in the same order; no surrogate. `as_utf8`: it will be bytes.
char32_t draw_code_point(source& from, bool as_utf8);

}  // namespace detail
}  // namespace cordon
