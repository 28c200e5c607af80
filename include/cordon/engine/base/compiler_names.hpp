#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/vector.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

// Names of types, enumerators and fields, from the compiler's names of function templates.

CORDON_CHEAP_BEGIN

namespace cordon::engine {

bool is_name_part(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// The identifier at the end of a text; empty if there is none.
std::string_view last_name(std::string_view text) {
    std::size_t begin = text.size();
    while (begin > 0 && is_name_part(text[begin - 1]))
        --begin;
    text.remove_prefix(begin);
    return !text.empty() && text[0] >= '0' && text[0] <= '9' ? std::string_view() : text;
}

/// Extracts "R" from "... [with L = L; R = R; ...]" or "... [L = L, R = R, ...]"; empty if the compiler writes another
/// form.
std::string_view parameter_name(std::string_view signature, char parameter) {
    const char key[] = {parameter, ' ', '=', ' '};
    std::size_t start = signature.find({key, sizeof key}, std::min(signature.rfind('['), signature.size()));
    for (std::size_t open = signature.find('['); start == std::string_view::npos && open != std::string_view::npos;
         open = std::string_view::npos) {
        start = signature.find({key, sizeof key}, open);
    }
    if (start == std::string_view::npos) return {};
    signature.remove_prefix(start + sizeof key);
    int depth = 0;
    for (std::size_t i = 0; i < signature.size(); ++i) {
        const char c = signature[i];
        if (depth == 0 && (c == ';' || c == ',' || c == ']')) return signature.substr(0, i);
        depth += (c == '<' || c == '(' || c == '[' || c == '{') - (c == '>' || c == ')' || c == ']' || c == '}');
    }
    // An operator in a name looks like a bracket.
    return signature.substr(0, std::min(signature.find(';'), signature.rfind(']')));
}

/// A type without its namespaces: "point" of "(anonymous namespace)::geo::point", "box<geo::point>" of "geo::box<...>".
std::string without_scope(const std::string& type) {
    std::size_t begin = 0;
    int depth = 0;
    for (std::size_t i = 0; i < type.size(); ++i) {
        const char c = type[i];
        depth += (c == '<' || c == '(' || c == '{') - (c == '>' || c == ')' || c == '}');
        if (depth == 0 && c == ':') begin = i + 1;
    }
    return type.substr(begin);
}

/// The name of a type, function or enumerator as a user writes it, the same with each compiler.
std::string plain_name(std::string_view of_compiler) {
    constexpr std::string_view replaced[][2] = {
        {"{anonymous}::", ""},
        {"(anonymous namespace)::", ""},
        {"<unnamed>::", ""},
        {"std::__cxx11::", "std::"},
        {"std::__1::", "std::"},
        {"std::basic_string<char, std::char_traits<char>, std::allocator<char> >", "std::string"},
        {"std::basic_string_view<char, std::char_traits<char> >", "std::string_view"},
        {"> >", ">>"},
        {"std::basic_string<char>", "std::string"},
        {"std::basic_string_view<char>", "std::string_view"},
        {"long long unsigned int", "unsigned long long"},
        {"long unsigned int", "unsigned long"},
        {"short unsigned int", "unsigned short"},
        {"long int", "long"},
        {"long long int", "long long"},
        {"short int", "short"},
    };
    std::string name(of_compiler);
    for (const auto& [from, to] : replaced) {
        for (std::size_t at = 0; (at = name.find(from, at)) != std::string::npos; at += to.empty() ? 0 : 1)
            name.replace(at, from.size(), to);
    }
    // The namespaces of a TEST_SUITE have numbers that change with the lines before it.
    constexpr std::string_view suite = "cordon_suite_";
    for (std::size_t at = 0; (at = name.find(suite, at)) != std::string::npos;) {
        const std::size_t end = name.find("::", at);
        if (end == std::string::npos) break;
        name.erase(at, end + 2 - at);
    }
    return name;
}

/// The plain name of T in the compiler's name of signature_of<T>(): "constexpr const char* ...signature_of() [with T =
/// T]" or "... [T = T]".
std::string type_of(std::string_view signature) {
    const std::string_view type = parameter_name(signature, 'T');
    return type.empty() ? "object" : plain_name(type);
}

/// The values in "... [with E = E; E ...Values = {a, b}]" or "... [E = E, Values = <a, b>]", in the order of
/// api/enumerators.hpp. A value without a name is "(type)5".
vector<std::string_view> values_in(std::string_view names) {
    vector<std::string_view> all;
    const std::size_t start = names.find("Values = ");
    if (start == std::string_view::npos) return all;
    names.remove_prefix(start + 10);
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < names.size(); ++at) {
        const char c = names[at];
        if (depth == 0 && (c == ',' || c == '}' || c == '>')) {
            all.push_back(names.substr(begin, at - begin));
            if (c != ',') return all;
            begin = at + 2;
        }
        depth += (c == '<' || c == '(' || c == '{') - (c == '>' || c == ')' || c == '}');
    }
    return all;
}

/// False for a number: (color)1, ((anonymous namespace)::color)-1, (flag)true. True for (anonymous namespace)::red.
bool is_enumerator(std::string_view value) {
    const std::string_view name = last_name(value);
    return !name.empty() && (name.size() == value.size() || value[value.size() - name.size() - 1] == ':');
}

constexpr std::size_t small_numbers = 128;
constexpr std::size_t powers_of_two = 32;

/// The number of the value at `index`, see api/enumerators.hpp.
long long number_at(std::size_t index) {
    if (index < small_numbers) return static_cast<long long>(index);
    if (index < small_numbers + powers_of_two) return 128LL << (index - small_numbers);
    return -1 - static_cast<long long>(index - small_numbers - powers_of_two);
}

/// Empty if that number has no name.
std::string_view enumerator_of(const vector<std::string_view>& values, long long number) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        const long long at = number_at(i);
        // 2^31 of an int is negative.
        const bool same =
            at == number || (i < small_numbers + powers_of_two && static_cast<int>(at) == number && at != 0);
        if (same && (at == number || number < 0)) return is_enumerator(values[i]) ? values[i] : std::string_view();
    }
    return {};
}

/// The names of fields in "... (& object<T>.T::name) ..." or "... &object.value.name ...".
vector<std::string_view> field_names(std::string_view names) {
    vector<std::string_view> found;
    while (true) {
        const bool by_gcc = names.find("(& ") != std::string_view::npos;
        std::size_t at = by_gcc ? names.find("(& ") : names.find("&some_object");
        if (at == std::string_view::npos) return found;
        int depth = 0;
        std::size_t end = at + 1;
        for (; end < names.size(); ++end) {
            const char c = names[end];
            if (depth == 0 && (c == ')' || c == '}')) break;
            depth += (c == '<' || c == '(' || c == '{') - (c == '>' || c == ')' || c == '}');
        }
        found.push_back(last_name(names.substr(at, end - at)));
        names.remove_prefix(std::min(end, names.size()));
    }
}

}  // namespace cordon::engine

CORDON_CHEAP_END
