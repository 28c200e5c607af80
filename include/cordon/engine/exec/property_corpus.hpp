#pragma once

#include <cordon/api/test_case.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/model/suite_path.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/kept_file.hpp>
#include <cordon/engine/os/written_file.hpp>
#include <cordon/engine/property/corpus.hpp>

#include <cstdlib>
#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

std::string variable_here(const char* name) {
    const char* const value = std::getenv(name);
    return value != nullptr ? value : "";
}

/// True in an automatic build: nobody would add a new file to the repository there.
bool is_in_ci() {
    const std::string value = variable_here("CI");
    return !value.empty() && value != "0" && value != "false";
}

/// The file that keeps the failing examples of one property.
class property_corpus {
  public:
    property_corpus(const detail::test_case& test, const char* parameters) : parameters_(parameters) {
        chosen_ = variable_here("CORDON_CORPUS");
        if (chosen_ == "off") return;
        const std::string suite = suite_path(test.owner);
        const std::string name = (suite.empty() ? "" : suite + "/") + test.name();
        place_ = property::place_of_corpus(test.where.file, name, chosen_);
        const result<std::string> text = os::read_kept_file(place_.path());
        if (!text) {
            kept_.trouble = "cannot be read: " + os::describe(text.failure());
        } else {
            kept_ = property::read_corpus(text.value(), parameters_);
        }
    }

    const vector<property::kept_example>& examples() const { return kept_.examples; }
    void note_misfit() {
        if (kept_.trouble.empty()) kept_.trouble = "has an example that does not fit the generators any more";
    }
    /// About a file that cannot be used as it is; else empty.
    std::string trouble() const { return kept_.trouble.empty() ? "" : place_.path() + " " + kept_.trouble; }

    /// Adds an example. Returns a sentence about it.
    std::string keep(const property::choices& example, std::string code) {
        if (chosen_ == "off") return {};
        for (char& c : code)
            c = c == '\n' || c == '\r' ? ' ' : c;
        constexpr std::size_t longest = 500;
        if (code.size() > longest) code = code.substr(0, code_point_start(code, longest)) + "...";
        if (!property::add_example(kept_, {example, " " + code})) return "kept in " + place_.path();
        if (chosen_.empty() && is_in_ci()) return "not kept, because CI is set: --corpus=DIR keeps it";
        const status written = write();
        return written ? "kept in " + place_.path() : "not kept: " + os::describe(written.failure());
    }

  private:
    status write() const {
        const std::string folder = place_.parent + "/" + place_.folder;
        status made = os::make_folder(folder);
        if (!made && os::make_folder(place_.parent)) made = os::make_folder(folder);
        if (!made) return made;
        result<os::written_file> file = os::written_file::open(place_.path(), os::delivery::whole);
        if (!file) return file.failure();
        status said = file.value().write(property::write_corpus(kept_, parameters_));
        if (!said) return said;
        return file.value().commit_quickly();
    }

    std::string parameters_;
    std::string chosen_;  ///< --corpus: a folder, off, or empty for beside the test
    property::corpus_place place_;
    property::corpus kept_;
};

}  // namespace cordon::engine::exec

CORDON_CHEAP_END
