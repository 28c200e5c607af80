#pragma once

#include <cordon/api/logging.hpp>

#include <string>
#include <string_view>

// Catch::StringMaker and Catch::Detail::stringify. A value's text is cordon's, unless the user has specialized
// StringMaker.

namespace Catch {

class StringRef {
  public:
    using size_type = std::size_t;
    using const_iterator = const char*;

    constexpr StringRef() noexcept = default;
    StringRef(const char* text) noexcept : start_(text), size_(__builtin_strlen(text)) {}
    constexpr StringRef(const char* text, size_type size) noexcept : start_(text), size_(size) {}
    StringRef(const std::string& text) noexcept : start_(text.data()), size_(text.size()) {}

    explicit operator std::string() const { return std::string(start_, size_); }
    constexpr const char* data() const noexcept { return start_; }
    constexpr size_type size() const noexcept { return size_; }
    constexpr bool empty() const noexcept { return size_ == 0; }
    constexpr const_iterator begin() const { return start_; }
    constexpr const_iterator end() const { return start_ + size_; }
    constexpr char operator[](size_type at) const noexcept { return start_[at]; }

    friend bool operator==(StringRef left, StringRef right) noexcept {
        return std::string_view(left.start_, left.size_) == std::string_view(right.start_, right.size_);
    }
    friend bool operator!=(StringRef left, StringRef right) noexcept { return !(left == right); }
    friend bool operator<(StringRef left, StringRef right) noexcept {
        return std::string_view(left.start_, left.size_) < std::string_view(right.start_, right.size_);
    }
    /// A template, so that <ostream> is needed only where it is used.
    template <typename Stream>
    friend auto operator<<(Stream& out, StringRef text) -> decltype(out.write("", 1)) {
        return out.write(text.data(), static_cast<long>(text.size()));
    }

  private:
    const char* start_ = "";
    size_type size_ = 0;
};

inline namespace literals {
inline StringRef operator""_catch_sr(const char* text, std::size_t size) noexcept { return StringRef(text, size); }
}  // namespace literals

struct SourceLineInfo {
    SourceLineInfo() = default;
    constexpr SourceLineInfo(const char* file_, std::size_t line_) noexcept : file(file_), line(line_) {}

    const char* file = "";
    std::size_t line = 0;
};

namespace cordon_compat {

inline std::string text_from(::cordon::detail::operand_text text) {
    std::string result;
    ::cordon::detail::text_into(text, &result, [](void* to, const char* data, std::size_t size) {
        static_cast<std::string*>(to)->assign(data, size);
    });
    return result;
}

/// What a StringMaker has that is not the user's.
struct own_text {};

}  // namespace cordon_compat

/// The user specializes it to say how a T is shown.
template <typename T, typename = void>
struct StringMaker : cordon_compat::own_text {
    template <typename Value>
    static std::string convert(const Value& value) {
        return cordon_compat::text_from(::cordon::detail::text_of(value));
    }
};

namespace cordon_compat {

template <class T>
inline constexpr bool has_string_maker = !__is_base_of(own_text, StringMaker<T>);

/// As Catch2: a type of the user, and none of the language.
template <class T>
inline constexpr bool may_have_string_maker = ::cordon::detail::is_object<T> || ::cordon::detail::is_enum<T>;

}  // namespace cordon_compat

namespace Detail {

template <typename T>
std::string stringify(const T& value) {
    using type = ::cordon::detail::bare<T>;
    return ::Catch::StringMaker<type>::convert(value);
}
template <std::size_t N>
std::string stringify(const char (&text)[N]) {
    return cordon_compat::text_from(::cordon::detail::text_of(text));
}

const std::string unprintableString = "{?}";

}  // namespace Detail

inline std::string toString(StringRef text) { return std::string(text); }

}  // namespace Catch

namespace cordon {

/// Found by argument-dependent lookup wherever cordon writes a value.
template <class T, detail::only_if<Catch::cordon_compat::may_have_string_maker<T>, int> = 0>
auto to_text(text_sink& out, const T& value) -> detail::only_if<Catch::cordon_compat::has_string_maker<T>> {
    out << Catch::StringMaker<T>::convert(value);
}

}  // namespace cordon
