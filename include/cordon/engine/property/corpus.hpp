#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/parse.hpp>
#include <cordon/engine/base/path.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/property/choices.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

// The file that keeps the examples of a property which failed. Text, one example a line:
//
//     cordon corpus 1
//     parameters int x, std::vector<int> v
//     example 0 1001 1 0 1 -1 0    // int x = 1001; std::vector<int> v = {0, -1};
//
// The numbers are the choices; a negative one lies under the simplest one. What follows // is for people.

namespace cordon::engine::property {

/// An example in a corpus.
struct kept_example {
    choices made;
    std::string code;  ///< of one line
};

struct corpus {
    static constexpr std::size_t most_examples = 16;
    static constexpr std::string_view first_line = "cordon corpus 1";

    vector<kept_example> examples;  ///< the newest first
    std::string trouble;            ///< why some or all examples of the file cannot be used; else empty
};

std::string corpus_text(const choices& all) {
    std::string text;
    for (const choice& each : all) {
        text += each.below ? " -" : " ";
        append_number(text, each.distance);
    }
    return text;
}

/// Returns false if the text is not a list of choices.
bool read_choices(std::string_view text, choices& to) {
    while (!text.empty()) {
        if (text.front() != ' ') return false;
        while (!text.empty() && text.front() == ' ')
            text.remove_prefix(1);
        if (text.empty()) break;
        const bool below = text.front() == '-';
        if (below) text.remove_prefix(1);
        const optional<std::uint64_t> distance = take_digits(text);
        if (!distance || to.size() == drawn_log::most_choices) return false;
        to.push_back({*distance, below});
    }
    return !to.empty();
}

/// `parameters`: those of the property now. Never fails: examples that cannot be used are left out.
corpus read_corpus(std::string_view text, std::string_view parameters) {
    corpus read;
    if (text.empty()) return read;
    const auto next_line = [&text] {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(line.size() < text.size() ? line.size() + 1 : text.size());
        return line.substr(0, line.find('\r'));
    };
    if (next_line() != corpus::first_line) {
        read.trouble = "is no corpus of this version of cordon";
        return read;
    }
    bool fits = false;
    while (!text.empty()) {
        const std::string_view line = next_line();
        constexpr std::string_view begins_parameters = "parameters ";
        constexpr std::string_view begins_example = "example";
        if (line.substr(0, begins_parameters.size()) == begins_parameters) {
            fits = line.substr(begins_parameters.size()) == parameters;
            if (!fits) read.trouble = "is for other parameters: " + std::string(line.substr(begins_parameters.size()));
        } else if (line.substr(0, begins_example.size()) == begins_example) {
            const std::size_t comment = line.find("//");
            kept_example each;
            if (comment != std::string_view::npos) each.code = line.substr(comment + 2);
            const std::string_view numbers = line.substr(0, comment).substr(begins_example.size());
            if (!read_choices(numbers, each.made)) {
                read.trouble = "has a line that cannot be read: " + std::string(line.substr(0, 60));
            } else if (fits && read.examples.size() < corpus::most_examples) {
                read.examples.push_back(static_cast<kept_example&&>(each));
            }
        }
    }
    return read;
}

std::string write_corpus(const corpus& kept, std::string_view parameters) {
    std::string text(corpus::first_line);
    text += "\n# Examples that failed, the newest first. The property runs them before others. Delete lines at will.\n";
    text += "parameters " + std::string(parameters) + "\n";
    for (const kept_example& each : kept.examples) {
        text += "example" + corpus_text(each.made);
        if (!each.code.empty()) text += "  //" + each.code;
        text += '\n';
    }
    return text;
}

/// Puts the example first. Returns false if it is there already.
bool add_example(corpus& to, kept_example newest) {
    for (std::size_t i = 0; i < to.examples.size(); ++i) {
        const choices& known = to.examples[i].made;
        if (!is_simpler(known, newest.made) && !is_simpler(newest.made, known)) return false;
    }
    if (to.examples.size() == corpus::most_examples) to.examples.pop_back();
    to.examples.insert(to.examples.begin(), static_cast<kept_example&&>(newest));
    return true;
}

/// A name for a file that every system takes: letters, digits, dots, _ and -, and a hash of the whole name.
std::string safe_file_name(std::string_view name) {
    constexpr std::size_t longest = 60;
    std::string safe;
    for (const char c : name.substr(0, longest)) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '.';
        if (kept && !(safe.empty() && c == '.')) {
            safe += c;
        } else if (!safe.empty() && safe.back() != '-') {
            safe += '-';
        }
    }
    if (!safe.empty() && safe.back() != '-') safe += '-';
    for (int shift = 28; shift >= 0; shift -= 4)
        safe += "0123456789abcdef"[fnv1a(name) >> shift & 0xF];
    return safe;
}

/// Where the corpus of a property is.
struct corpus_place {
    std::string parent;  ///< folder that must exist, or whose parent must
    std::string folder;  ///< in it
    std::string file;    ///< in that
    std::string path() const { return parent + "/" + folder + "/" + file; }
};

/// Beside the test's file, in corpus/FILE/; in `chosen` instead of corpus/ if it is not empty.
corpus_place place_of_corpus(std::string_view source_file, std::string_view test, std::string_view chosen) {
    const std::string_view name = file_name_of(source_file);
    const std::string_view folder = source_file.substr(0, source_file.size() - name.size());
    corpus_place place;
    place.parent = chosen.empty() ? std::string(folder) + "corpus" : std::string(chosen);
    place.folder = std::string(name);
    place.file = safe_file_name(test) + ".txt";
    return place;
}

}  // namespace cordon::engine::property

CORDON_CHEAP_END
