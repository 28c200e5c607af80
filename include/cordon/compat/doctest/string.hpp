#pragma once

#include <cordon/api/compat/support.hpp>
#include <cordon/compat/doctest/config.hpp>
#include <cordon/cordon.hpp>

// doctest::String, and a value as text: toString, StringMaker.

namespace doctest {

using std::size_t;

/// The text that toString returns and a test's own conversions make.
class String {
  public:
    using size_type = unsigned;
    static constexpr size_type npos = static_cast<size_type>(-1);

    String() noexcept : String("", 0) {}
    String(const char* text) : String(text, text == nullptr ? 0 : static_cast<size_type>(__builtin_strlen(text))) {}
    String(const char* text, size_type size) : data_(new char[size + 1]), size_(size) {
        if (size != 0) __builtin_memcpy(data_, text, size);
        data_[size] = '\0';
    }
    template <class S, class = typename S::traits_type, class = decltype(cordon::detail::declare<const S&>().c_str())>
    String(const S& text) : String(text.data(), static_cast<size_type>(text.size())) {}
    String(const String& other) : String(other.data_, other.size_) {}
    String(String&& other) noexcept : data_(other.data_), size_(other.size_) {
        other.data_ = nullptr;
        other.size_ = 0;
    }
    ~String() { delete[] data_; }
    String& operator=(String other) noexcept {
        char* const mine = data_;
        data_ = other.data_;
        size_ = other.size_;
        other.data_ = mine;
        return *this;
    }
    String& operator+=(const String& other);

    char operator[](size_type i) const { return data_[i]; }
    char& operator[](size_type i) { return data_[i]; }
    const char* c_str() const { return data_ == nullptr ? "" : data_; }
    char* c_str() { return data_; }
    const char* data() const { return c_str(); }
    size_type size() const { return size_; }
    size_type capacity() const { return size_; }

    String substr(size_type at, size_type count = npos) const;
    size_type find(char c, size_type from = 0) const;
    size_type rfind(char c, size_type from = npos) const;
    int compare(const char* other, bool no_case = false) const;
    int compare(const String& other, bool no_case = false) const { return compare(other.c_str(), no_case); }

  private:
    char* data_;
    size_type size_;
};

String operator+(const String& left, const String& right);
inline bool operator==(const String& left, const String& right) { return left.compare(right) == 0; }
inline bool operator!=(const String& left, const String& right) { return left.compare(right) != 0; }
inline bool operator<(const String& left, const String& right) { return left.compare(right) < 0; }
inline bool operator>(const String& left, const String& right) { return left.compare(right) > 0; }
inline bool operator<=(const String& left, const String& right) { return left.compare(right) <= 0; }
inline bool operator>=(const String& left, const String& right) { return left.compare(right) >= 0; }
std::ostream& operator<<(std::ostream& out, const String& text);
inline void to_text(cordon::text_sink& out, const String& text) {
    cordon::detail::write_string(out, text.c_str(), text.size(), 1);
}

namespace detail {

String text_as_string(cordon::detail::operand_text text);

/// A text as it is, and any other value as cordon's reports show it.
template <class T>
String plain_string(const T& value) {
    return text_as_string(cordon::detail::text_by([&](cordon::text_sink& out) { out.operator<<(value); }));
}

}  // namespace detail

/// Tests specialize it for their types.
template <class T>
struct StringMaker {
    using is_made_by_cordon = void;
    static String convert(const T& value) { return detail::plain_string(value); }
};

// A lookup by argument does not find these, because it ignores using directives. So it finds only functions of a test,
// for its own types.
namespace for_all_types {

template <class T>
String toString() {
    return detail::text_as_string({[](cordon::text_sink& out, const void*) {
                                       cordon::detail::write_type_name(out, cordon::detail::name_of_type<T>);
                                   },
                                   nullptr});
}
template <class T>
String toString(const T& value) {
    return StringMaker<T>::convert(value);
}
inline String toString(const String& text) { return text; }
inline String toString(const char* text) { return text == nullptr ? String("NULL") : String(text); }

}  // namespace for_all_types
using namespace for_all_types;

}  // namespace doctest

namespace cordon {
namespace doctest_lookup {

template <class T>
auto own_text(detail::rank<0>, const T&) -> detail::enable<false, void>;
template <class T>
auto own_text(detail::rank<1>, const T& value)
    -> detail::only_if<detail::is_same<decltype(toString(value)), ::doctest::String>, detail::enable<true, void>>;

template <class T, class = void>
inline constexpr bool has_maker = true;
template <class T>
inline constexpr bool has_maker<T, typename ::doctest::StringMaker<T>::is_made_by_cordon> = false;

template <class T>
inline constexpr bool has_function =
    detail::is_same<decltype(own_text(detail::rank<1>(), detail::declare<const T&>())), detail::enable<true, void>>;

template <class T>
auto text(detail::rank<1>, const T& value) -> detail::only_if<has_function<T>, ::doctest::String> {
    return toString(value);
}
template <class T>
auto text(detail::rank<0>, const T& value) -> ::doctest::String {
    return ::doctest::StringMaker<T>::convert(value);
}

}  // namespace doctest_lookup

/// How a test's own toString or StringMaker becomes the text in reports.
template <class T>
auto to_text(text_sink& out, const T& value)
    -> detail::only_if<doctest_lookup::has_function<T> || doctest_lookup::has_maker<T>> {
    const ::doctest::String text = doctest_lookup::text(detail::rank<1>(), value);
    out.write(text.c_str(), text.size());
}

}  // namespace cordon
