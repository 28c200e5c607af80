#pragma once

#include <cstdlib>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

// Options of the program's own beside Catch2's: session.cli() | Opt(depth, "depth")["-g"]["--depth"]("how deep").

namespace Catch {
namespace Clara {

/// Sets a variable to the value of a word. False if the word is no such value. <sstream> must be included for types
/// that are no numbers.
template <class T>
bool set_from(const std::string& word, T& variable) {
    if constexpr (std::is_arithmetic<T>::value) {
        char* end = nullptr;
        if constexpr (std::is_floating_point<T>::value) {
            variable = static_cast<T>(std::strtold(word.c_str(), &end));
        } else {
            const long long number = std::strtoll(word.c_str(), &end, 10);
            variable = static_cast<T>(number);
            if (static_cast<long long>(variable) != number) return false;
        }
        return !word.empty() && *end == '\0';
    } else {
        using stream = typename std::conditional<sizeof(T) != 0, std::istringstream, T>::type;
        stream text(word);
        return static_cast<bool>(text >> variable);
    }
}
inline bool set_from(const std::string& word, std::string& variable) {
    variable = word;
    return true;
}
inline bool set_from(const std::string& word, bool& variable) {
    variable = word == "y" || word == "1" || word == "true" || word == "yes" || word == "on";
    return variable || word == "n" || word == "0" || word == "false" || word == "no" || word == "off";
}

/// What reading a command line came to; true if it could be read.
class ParserResult {
  public:
    static ParserResult ok() { return ParserResult({}); }
    static ParserResult runtimeError(std::string why) { return ParserResult(std::move(why)); }
    explicit operator bool() const { return why_.empty(); }
    const std::string& errorMessage() const { return why_; }

  private:
    explicit ParserResult(std::string why) : why_(std::move(why)) {}
    std::string why_;
};

/// One option. It sets a variable of the user, or calls a function with the value.
class Opt {
  public:
    explicit Opt(bool& flag) : takes_value_(false) {
        set_with([&flag](const std::string&) { flag = true; });
    }
    template <class T>
    Opt(T&& target, const std::string& hint) : hint_(hint) {
        if constexpr (std::is_invocable<T, std::string>::value) {
            set_with(target);
        } else {
            static_assert(std::is_lvalue_reference<T>::value, "cordon: an option of Catch2 sets a variable");
            set_with([&target](const std::string& word) { return set_from(word, target); });
        }
    }

    Opt& operator[](const std::string& name) {
        names_.push_back(name);
        return *this;
    }
    Opt& operator()(const std::string& description) {
        description_ = description;
        return *this;
    }

    bool is_called(const std::string& name) const {
        for (const std::string& each : names_) {
            if (each == name) return true;
        }
        return false;
    }
    bool takes_value() const { return takes_value_; }
    bool set(const std::string& word) const { return set_(callable_, word); }
    std::string help() const {
        std::string line = " ";
        for (const std::string& each : names_)
            line += " " + each;
        return line + (takes_value_ ? " <" + hint_ + ">" : "") + "  " + description_;
    }

  private:
    template <class F>
    void set_with(F function) {
        callable_ = new F(std::move(function));
        set_ = [](void* callable, const std::string& word) {
            F& call = *static_cast<F*>(callable);
            if constexpr (std::is_void<decltype(call(word))>::value) {
                call(word);
                return true;
            } else {
                return static_cast<bool>(call(word));
            }
        };
    }

    std::vector<std::string> names_;
    std::string hint_, description_;
    bool takes_value_ = true;
    bool (*set_)(void* callable, const std::string& word) = nullptr;
    void* callable_ = nullptr;  ///< lives as long as the program
};

/// The options of a program. Those of Catch2 and cordon need not be in it: what it does not know is theirs.
class Parser {
  public:
    Parser& operator|=(const Opt& added) {
        options_.push_back(added);
        return *this;
    }
    friend Parser operator|(Parser parser, const Opt& added) { return parser |= added; }

    /// Takes the words of the program's own options away.
    ParserResult take(std::vector<std::string>& words) const {
        std::vector<std::string> left;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const std::size_t end = words[i].find_first_of("=:");
            const Opt* const found = i == 0 || words[i][0] != '-' ? nullptr : find(words[i].substr(0, end));
            if (found == nullptr) {
                left.push_back(words[i]);
                continue;
            }
            const std::string name = words[i].substr(0, end);
            if (found->takes_value() && end == std::string::npos && i + 1 == words.size())
                return ParserResult::runtimeError(name + " needs a value");
            const bool is_next = found->takes_value() && end == std::string::npos;
            const std::string value = is_next ? words[++i] : end == std::string::npos ? "" : words[i].substr(end + 1);
            if (!found->set(value)) return ParserResult::runtimeError(name + ": wrong value '" + value + "'");
        }
        words = left;
        return ParserResult::ok();
    }

    std::string help() const {
        std::string text;
        for (const Opt& each : options_)
            text += each.help() + "\n";
        return text;
    }

  private:
    const Opt* find(const std::string& name) const {
        for (const Opt& each : options_) {
            if (each.is_called(name)) return &each;
        }
        return nullptr;
    }

    std::vector<Opt> options_;
};

}  // namespace Clara

namespace clara = Clara;
}  // namespace Catch
