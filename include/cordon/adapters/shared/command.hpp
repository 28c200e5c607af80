#pragma once

#include <cordon/api/adapters/adapter.hpp>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

// The command line of a program with tests of another framework.

namespace cordon::adapters {

/// A command line that lives as long as the process.
class lasting_words {
  public:
    explicit lasting_words(const std::vector<std::string>& words) : count(static_cast<int>(words.size())) {
        auto& kept = *new std::vector<std::string>(words);
        auto& pointers = *new std::vector<const char*>();
        for (const std::string& each : kept)
            pointers.push_back(each.c_str());
        pointers.push_back(nullptr);
        words_ = pointers.data();
    }

    const char* const* get() const { return words_; }
    const int count;

  private:
    const char* const* words_;
};

/// Options of cordon that stand for those of the other framework.
class translated_options {
  public:
    void add(const char* option) { words_.emplace_back(option); }
    void add(const char* option, std::string value) {
        words_.emplace_back(option);
        words_.push_back(std::move(value));
    }
    void add_word(std::string word) { words_.push_back(std::move(word)); }
    /// An option that cannot be obeyed.
    void refuse(const std::string& why) {
        if (complaint_.empty()) complaint_ = why;
    }

    /// Puts the options before what the user wrote for cordon, so that the user's own words win.
    void put_into(std::vector<std::string>& own) const {
        own.insert(own.begin() + (own.empty() ? 0 : 1), words_.begin(), words_.end());
    }
    /// Why an option cannot be obeyed; empty if all can.
    const std::string& complaint() const { return complaint_; }

  private:
    std::vector<std::string> words_;
    std::string complaint_;
};

inline bool has_option(const std::vector<std::string>& words, std::string_view option) {
    for (const std::string& each : words) {
        if (each == option || each.rfind(std::string(option) + "=", 0) == 0) return true;
    }
    return false;
}

/// The names of subcases after each `--subcase`, outermost first. cordon's reports write them so, for the other
/// framework chooses the subcases of its tests.
inline std::vector<std::string> subcases_of(const std::vector<std::string>& words) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i] != "--subcase") continue;
        std::string name;
        for (const char c : words[++i]) {
            if (c != '\\') name += c;
        }
        names.push_back(name);
    }
    return names;
}

/// The other framework has done everything.
inline void finish(detail::adapted_command& command, int exit_code) {
    command.done = true;
    command.exit_code = exit_code;
}

inline void repeat_with(detail::adapted_command& command, const std::vector<std::string>& words) {
    const lasting_words again(words);
    command.again_words = again.get();
    command.again_count = again.count;
}

/// Goes on with these words, unless an option cannot be obeyed. False: the program ends.
inline bool go_on(detail::adapted_command& command, std::vector<std::string> own, const translated_options& options) {
    if (!options.complaint().empty()) {
        std::fprintf(stderr, "cordon: %s\n", options.complaint().c_str());
        finish(command, 2);
        return false;
    }
    options.put_into(own);
    const lasting_words meant(own);
    command.words = meant.get();
    command.count = meant.count;
    return true;
}

}  // namespace cordon::adapters
