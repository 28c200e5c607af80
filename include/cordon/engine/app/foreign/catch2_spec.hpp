#pragma once

#include <cordon/api/compat/support.hpp>
#include <cordon/api/config.hpp>
#include <cordon/engine/app/foreign/name_filter.hpp>
#include <cordon/engine/base/glob.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstddef>
#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app::foreign::catch2_words {

const detail::spec_alias* first_alias = nullptr;  // plain, because aliases register in static initializers

/// The spec with each alias replaced by what it stands for.
std::string without_aliases(std::string spec) {
    for (const detail::spec_alias* each = first_alias; each != nullptr; each = each->next) {
        const std::string_view tag = each->tag, meaning = each->spec;
        for (std::size_t at = 0; (at = spec.find(tag, at)) != std::string::npos; at += meaning.size())
            spec.replace(at, tag.size(), meaning);
    }
    return spec;
}

/// Reads Catch2's test specs: `name`, `"name"`, `start*`, `*part*`, `[tag]`, `~[tag]`, `exclude:name`. Patterns side by
/// side must all match, a comma separates alternatives, a backslash takes the next character as it is. Several words
/// are read as one.
class spec_reader {
  public:
    void read(std::string_view text) {
        text_ = text;
        at_ = 0;
        while (at_ < text_.size())
            one();
    }

    /// In cordon's filter language; empty if nothing was named.
    std::string expression() {
        next_alternative();
        return any_of(alternatives_);
    }

  private:
    /// A part of a spec without its backslashes. A star at an end is a wildcard if it had none.
    struct piece {
        std::string text;
        bool any_before = false, any_after = false;
    };

    void one() {
        switch (text_[at_]) {
            case ' ':
                ++at_;
                return;
            case ',':
                ++at_;
                return next_alternative();
            case '~':
                ++at_;
                excludes_ = true;
                return;
            case '[':
                ++at_;
                return add(tag(glob_for(take_until("]", true))));
            case '"':
                ++at_;
                return add_name(take_until("\"", true));
            default:
                return name();
        }
    }

    void name() {
        constexpr std::string_view negation = "exclude:";
        if (text_.substr(at_, negation.size()) == negation) {
            at_ += negation.size();
            excludes_ = true;
            return;
        }
        piece taken = take_until(",[", false);
        while (!taken.text.empty() && taken.text.back() == ' ')
            taken.text.pop_back();
        add_name(taken);
    }

    void add_name(const piece& taken) {
        if (!taken.text.empty()) add(name_of_test(glob_for(taken)));
    }

    piece take_until(std::string_view ends, bool drops_end) {
        piece taken;
        bool last_is_star = false, first = true;
        for (; at_ < text_.size() && ends.find(text_[at_]) == std::string_view::npos; ++at_) {
            const bool escaped = text_[at_] == '\\' && at_ + 1 < text_.size();
            if (escaped) ++at_;
            if (escaped || drops_end || text_[at_] != ' ') last_is_star = !escaped && text_[at_] == '*';
            if (first) taken.any_before = last_is_star;
            first = false;
            taken.text += text_[at_];
        }
        taken.any_after = last_is_star;
        if (drops_end && at_ < text_.size()) ++at_;
        return taken;
    }

    /// "[.net]" is short for "[.][net]".
    static std::string tag(const std::string& glob) {
        const bool is_hidden = glob.size() > 1 && glob.front() == '.';
        return is_hidden ? "(tag(.) & tag(" + glob.substr(1) + "))" : "tag(" + glob + ")";
    }

    /// For Catch2 a suite is a part of the name.
    static std::string name_of_test(const std::string& glob) {
        const bool any_before = glob.front() == '*';
        const bool any_after = glob.back() == '*' && (glob.size() == 1 || glob[glob.size() - 2] != '\\');
        std::string whole = "name(" + glob + ")" + (any_before ? "" : " & !suite(?*)");
        if (any_after) whole += " | suite(" + glob + ")";
        return "(" + named(glob, whole) + ")";
    }

    static std::string glob_for(const piece& taken) {
        std::string_view text = taken.text;
        if (taken.any_before) text.remove_prefix(1);
        if (taken.any_after && !text.empty()) text.remove_suffix(1);
        return (taken.any_before ? "*" : "") + escape_glob(text) + (taken.any_after ? "*" : "");
    }

    void add(const std::string& part) {
        all_ += (all_.empty() ? "" : " & ") + std::string(excludes_ ? "!" : "") + part;
        excludes_ = false;
    }

    void next_alternative() {
        if (!all_.empty()) alternatives_.push_back(all_);
        all_.clear();
        excludes_ = false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool excludes_ = false;
    std::string all_;
    vector<std::string> alternatives_;
};

}  // namespace cordon::engine::app::foreign::catch2_words

namespace cordon::detail {

spec_alias::spec_alias(const char* tag_, const char* spec_) noexcept
    : tag(tag_), spec(spec_), next(engine::app::foreign::catch2_words::first_alias) {
    engine::app::foreign::catch2_words::first_alias = this;
}

}  // namespace cordon::detail

CORDON_CHEAP_END
