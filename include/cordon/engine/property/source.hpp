#pragma once

#include <cordon/api/property/source.hpp>
#include <cordon/engine/base/random.hpp>
#include <cordon/engine/property/choices.hpp>

#include <cstdint>
#include <cstring>
#include <limits>

// Definitions of the functions that api/property/source.hpp declares, except those that leave an example.

namespace cordon::detail {

using engine::property::drawn_log;

/// Makes the choices of one example, by chance or as they were recorded, and logs them.
class drawing {
  public:
    /// Random choices. `size`: 1 to 100.
    drawing(drawn_log& log, std::uint64_t seed, std::size_t size) : log_(log), random_(seed) { begin(size); }
    /// The recorded choices, which must outlive this; then the simplest ones.
    drawing(drawn_log& log, const choice* recorded, std::size_t count)
        : log_(log), random_(0), recorded_(recorded), count_(count), replays_(true) {
        begin(1);
    }

    bool replays() const { return replays_; }
    engine::random_source& random() { return random_; }
    std::size_t size() const { return size_; }
    void set_size(std::size_t size) { size_ = size < 1 ? 1 : size > 100 ? 100 : size; }
    bool full() const { return log_.choice_count == drawn_log::most_choices; }
    /// Containers around this choice.
    std::size_t depth() const { return depth_; }

    /// Logs the choice: the recorded one if there is one, brought into the limits, or else `proposed`.
    choice make(unsigned long long above, unsigned long long below, choice proposed) {
        if (full()) return {0, false};
        choice made = replays_ ? next_recorded() : proposed;
        const choice wanted = made;
        if (made.below && below == 0) made.below = false;
        const unsigned long long limit = made.below ? below : above;
        if (made.distance > limit) made.distance = limit;
        if (made.distance == 0) made.below = false;
        if (!engine::property::is_same(made, wanted)) log_.misfit = true;
        log_.made[log_.choice_count++] = made;
        return made;
    }
    /// Logs a choice that has only one result, so that the others keep their places.
    void force(bool value) {
        choice& made = log_.made[log_.choice_count];
        make(1, 0, {});
        made = {value ? 1u : 0u, false};
    }
    /// The next span of an element includes the choice made before it.
    void begin_element_before() { element_from_ = log_.choice_count == 0 ? 0 : log_.choice_count - 1; }

    std::size_t begin_span(const void* label, bool is_element) {
        if (is_element) ++depth_;
        const bool has_more = is_element && element_from_ + 1 == log_.choice_count;
        element_from_ = no_element;
        if (log_.span_count == drawn_log::most_spans) return drawn_log::most_spans;
        log_.spans[log_.span_count] = {log_.choice_count - (has_more ? 1 : 0), 0, label, is_element};
        return log_.span_count++;
    }
    void end_span(std::size_t index, bool is_element) {
        if (is_element) --depth_;
        if (index < log_.span_count) log_.spans[index].end = log_.choice_count;
    }

    /// After the last choice: recorded ones that are left over did not fit.
    void finish() {
        if (replays_ && at_ != count_) log_.misfit = true;
    }

  private:
    static constexpr std::uint32_t no_element = static_cast<std::uint32_t>(-2);

    /// The first choice is the size, because generators may depend on it.
    void begin(std::size_t size) {
        log_.choice_count = log_.span_count = 0;
        log_.misfit = false;
        set_size(size);
        set_size(1 + static_cast<std::size_t>(make(99, 0, {size_ - 1, false}).distance));
    }
    choice next_recorded() {
        if (at_ < count_) return recorded_[at_++];
        log_.misfit = true;
        return {0, false};
    }

    drawn_log& log_;
    engine::random_source random_;
    std::size_t size_ = 1;
    std::size_t depth_ = 0;
    const choice* recorded_ = nullptr;
    std::size_t count_ = 0;
    std::size_t at_ = 0;
    bool replays_ = false;
    std::uint32_t element_from_ = no_element;
};

unsigned bits_of(unsigned long long value) {
    unsigned bits = 0;
    for (; value != 0; value >>= 1)
        ++bits;
    return bits;
}

/// At most `limit`; each width in bits up to `most_bits` is equally likely.
unsigned long long random_of_width(engine::random_source& random, unsigned long long limit, unsigned most_bits) {
    const auto bits = static_cast<unsigned>(random.below(most_bits + 1u));
    const unsigned long long value = bits == 0 ? 0 : random.next() >> (64 - bits);
    return value < limit ? value : limit;
}

choice random_sized(engine::random_source& random, unsigned long long above, unsigned long long below,
                    std::size_t size) {
    choice made{0, below != 0 && random.below(2) == 0};
    const unsigned long long limit = made.below ? below : above;
    const std::uint64_t kind = random.below(32);
    if (kind < 2) {
        made.distance = limit - (limit == 0 ? 0 : kind);
    } else {
        const auto bits = static_cast<unsigned>(bits_of(limit) * size / 100);
        made.distance = random_of_width(random, limit, bits < 2 ? 2 : bits);
    }
    return made;
}

choice random_even(engine::random_source& random, unsigned long long above, unsigned long long below) {
    constexpr unsigned long long wide = 1 << 16;
    const unsigned long long range = above + below;  // all numbers if it is 2^64 - 1
    if (range >= wide && random.below(2) == 0) return random_sized(random, above, below, 100);
    if (range >= 8 && random.below(16) == 0) return random.below(2) == 0 ? choice{above, false} : choice{below, true};
    const unsigned long long drawn = range == ~0ull ? random.next() : random.below(range + 1);
    return drawn <= above ? choice{drawn, false} : choice{drawn - above, true};
}

/// Letters, digits, other characters that can be printed, and at last all others.
char nth_ascii(unsigned n) {
    static const char order[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _.,*+-/=()[]{}<>!?&|^~%$#@:;'\"\\`\n\t\r";
    constexpr unsigned listed = sizeof order - 1;
    if (n < listed) return order[n];
    unsigned left = n - listed;
    for (unsigned c = 0; c < 32; ++c) {
        if (c != '\n' && c != '\t' && c != '\r' && left-- == 0) return static_cast<char>(c);
    }
    return static_cast<char>(127);
}

unsigned long long draw_integer(source& from, unsigned bits, bool is_signed) {
    const unsigned long long most = ~0ull >> (64 - bits);
    const choice made = from.choose(is_signed ? most >> 1 : most, is_signed ? (most >> 1) + 1 : 0, spread::sized);
    return made.below ? 0 - made.distance : made.distance;
}

/// A double of 64 bits, or a float of 32.
double from_bits(unsigned long long bits, bool single) {
    double value = 0;
    if (single) {
        float small = 0;
        const auto low = static_cast<std::uint32_t>(bits);
        std::memcpy(&small, &low, sizeof small);
        value = static_cast<double>(small);
    } else {
        std::memcpy(&value, &bits, sizeof value);
    }
    return value;
}

template <class T>
double nth_special(unsigned long long n) {
    using limits = std::numeric_limits<T>;
    const T all[] = {limits::infinity(), -limits::infinity(),  limits::quiet_NaN(), limits::max(), limits::lowest(),
                     limits::min(),      limits::denorm_min(), limits::epsilon(),   -T(0)};
    return static_cast<double>(all[n < sizeof all / sizeof *all ? n : 0]);
}

double draw_floating(source& from, bool single) {
    drawing& state = from.state();
    // The simplest kind first; a decimal fraction such as 0.1 is simpler than 2^-1074.
    enum : unsigned { whole, decimal, special, bits };
    static constexpr unsigned char kinds[] = {whole, whole, whole, decimal, decimal, decimal, special, bits};
    const unsigned long long exact = 1ull << (single ? 24 : 53);
    const choice kind = state.make(bits, 0, {kinds[state.random().below(sizeof kinds)], false});
    if (kind.distance == bits)
        return from_bits(from.choose(single ? 0xFFFFFFFFu : ~0ull, 0, spread::even).distance, single);
    if (kind.distance == special) {
        const auto n = from.choose(8, 0, spread::even).distance;
        return single ? nth_special<float>(n) : nth_special<double>(n);
    }
    const choice number = from.choose(exact, exact, spread::sized);
    double value = static_cast<double>(number.distance);
    if (number.below) value = -value;
    if (kind.distance == whole) return value;
    double divisor = 10;
    for (auto digits = from.choose(single ? 5 : 14, 0, spread::even).distance; digits != 0; --digits)
        divisor *= 10;
    return value / divisor;
}

char draw_character(source& from) {
    drawing& state = from.state();
    const std::uint64_t proposed = state.random().below(state.random().below(8) == 0 ? 256 : 95);
    const auto n = static_cast<unsigned>(state.make(255, 0, {proposed, false}).distance);
    return n < 128 ? nth_ascii(n) : static_cast<char>(n);
}

char32_t draw_code_point(source& from, bool as_utf8) {
    constexpr unsigned surrogates = 0x800;
    constexpr unsigned most = 0x10FFFF - surrogates;
    // Mostly ASCII; then Latin to Arabic, the first plane, symbols and emoji, everything.
    static constexpr unsigned limits[] = {95, 95, 95, 95, 128, 0x800, 0xF800, most + 1};
    drawing& state = from.state();
    const std::uint64_t proposed = state.random().below(limits[state.random().below(8)]);
    const auto n = static_cast<char32_t>(state.make(most, 0, {proposed, false}).distance);
    if (n < 128) return static_cast<unsigned char>(nth_ascii(static_cast<unsigned>(n)));
    const char32_t point = n < 0xD800 ? n : n + surrogates;
    // One character of three bytes would be simpler than three letters. So the choices of two letters follow it.
    const int more_bytes = !as_utf8 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    for (int i = 0; i < more_bytes && !state.full(); ++i) {
        state.force(true);
        if (!state.full()) state.force(false);
    }
    return point;
}

unsigned long long draw_in_range(source& from, unsigned long long low, unsigned long long high,
                                 unsigned long long simplest, bool is_signed) {
    // Adding 2^63 makes the order of signed numbers that of unsigned ones.
    const unsigned long long shift = is_signed ? 1ull << 63 : 0;
    if (low + shift > simplest + shift || simplest + shift > high + shift)
        from.refuse(
            "in_range(low, high, simplest): the first must not be over the last, nor the simplest outside them");
    const choice made = from.choose(high - simplest, simplest - low, spread::even);
    return made.below ? simplest - made.distance : simplest + made.distance;
}

}  // namespace cordon::detail

namespace cordon {

std::size_t source::size() const { return state_.size(); }

detail::choice source::choose(unsigned long long above, unsigned long long below, detail::spread how) {
    if (above == 0 && below == 0) return {0, false};
    if (state_.replays()) return state_.make(above, below, {});
    return state_.make(above, below,
                       how == detail::spread::even ? detail::random_even(state_.random(), above, below)
                                                   : detail::random_sized(state_.random(), above, below, size()));
}

detail::length source::plan(std::size_t least, std::size_t most) {
    if (least > most) refuse("container_of(generator, least, most): the least size is over the largest one");
    const std::size_t depth = state_.depth();
    const std::size_t usual = depth > 3 ? 0 : (size() >> (1 + 2 * depth)) + 1;
    const std::size_t more = most - least < usual ? most - least : usual;
    return {least, most, least + static_cast<std::size_t>(state_.random().below(more + 1))};
}

bool source::wants_more(const detail::length& length) {
    bool more = length.have < length.least;
    if (state_.full()) return more;
    if (more || length.have >= length.most) {
        state_.force(more);
    } else {
        more = state_.make(1, 0, {length.have < length.planned ? 1u : 0u, false}).distance != 0;
    }
    state_.begin_element_before();
    return more;
}

source::span::span(source& from, const void* label, bool is_element)
    : from_(from), index_(from.state_.begin_span(label, is_element)), is_element_(is_element) {}
source::span::~span() { from_.state_.end_span(index_, is_element_); }

source::resized::resized(source& from, std::size_t size) : from_(from), before_(from.size()) {
    from.state_.set_size(size);
}
source::resized::~resized() { from_.state_.set_size(before_); }

}  // namespace cordon
