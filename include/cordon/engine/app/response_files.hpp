#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/quote.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/kept_file.hpp>
#include <cordon/engine/os/system.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

// An argument @FILE is replaced by the lines of that file, each of which is an argument. Empty lines, and lines that
// begin with #, are left out. A line in double quotes is what is between them, with \" \\ \n and \t. A line @FILE is
// replaced again; the path is relative to the folder of the file that names it.

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

/// Owns the texts to which the arguments refer.
class response_files {
  public:
    status add(std::string_view argument) { return add(argument, {}, 0); }
    const vector<std::string_view>& arguments() const { return arguments_; }

  private:
    status add(std::string_view argument, const std::string& folder, int depth) {
        const bool is_file = argument.size() > 1 && argument[0] == '@' && !ended_;
        ended_ = ended_ || argument == "--";
        if (!is_file) {
            arguments_.push_back(argument);
            return ok();
        }
        argument.remove_prefix(1);
        return read(argument[0] == '/' ? std::string(argument) : folder + std::string(argument), depth + 1);
    }

    status read(const std::string& path, int depth) {
        constexpr int deepest = 16;
        if (depth > deepest) return wrong_file(path, "it names itself, or more than 16 files name each other");
        result<std::string> text = os::read_kept_file(path);
        if (!text) return wrong_file(path, os::describe(text.failure()));
        if (text.value().empty() && !exists(path)) return wrong_file(path, "there is no such file");
        const std::string folder = path.substr(0, path.rfind('/') + 1);
        std::string_view rest = keep(std::move(text.value()));
        for (std::size_t line = 1; !rest.empty(); ++line) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            std::string_view words = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            if (!words.empty() && words.back() == '\r') words.remove_suffix(1);
            if (words.empty() || words[0] == '#') continue;
            if (words.find('\0') != std::string_view::npos)
                return wrong_file(path, "line " + std::to_string(line) + " has a zero byte");
            if (words[0] != '"') {
                if (status added = add(words, folder, depth); !added) return added;
            } else if (!add_quoted(words)) {
                return wrong_file(path, "line " + std::to_string(line) +
                                            ": expected text in double quotes, with \\\", \\\\, \\n or \\t for "
                                            "other characters");
            }
        }
        return ok();
    }

    static bool exists(const std::string& path) {
        std::FILE* file = std::fopen(path.c_str(), "r");
        return file != nullptr && std::fclose(file) == 0;
    }

    bool add_quoted(std::string_view line) {
        constexpr std::string_view spelled = "\"\\nt", meant = "\"\\\n\t";
        if (line.size() < 2 || line.back() != '"') return false;
        line = line.substr(1, line.size() - 2);
        std::string text;
        for (std::size_t i = 0; i < line.size(); ++i) {
            char c = line[i];
            if (c == '"') return false;
            if (c == '\\') {
                const std::size_t place = ++i < line.size() ? spelled.find(line[i]) : std::string_view::npos;
                if (place == std::string_view::npos) return false;
                c = meant[place];
            }
            text += c;
        }
        const std::string_view kept = keep(std::move(text));
        ended_ = ended_ || kept == "--";
        arguments_.push_back(kept);
        return true;
    }

    std::string_view keep(std::string text) {
        texts_.push_back(make_owned<std::string>(std::move(text)));
        return *texts_.back();
    }

    static error wrong_file(const std::string& path, const std::string& why) {
        return {"command line", 0, "the file " + quoted("@" + path) + ": " + why};
    }

    vector<std::string_view> arguments_;
    vector<owned<std::string>> texts_;
    bool ended_ = false;  // after "--" everything is a pattern
};

}  // namespace cordon::engine::app

CORDON_CHEAP_END
