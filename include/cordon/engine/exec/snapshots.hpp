#pragma once

#include <cordon/api/config.hpp>
#include <cordon/api/snapshot/check.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/hash_index.hpp>
#include <cordon/engine/base/lasting.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/brief_lock.hpp>
#include <cordon/engine/exec/context.hpp>
#include <cordon/engine/exec/hooks.hpp>
#include <cordon/engine/exec/test_environment.hpp>
#include <cordon/engine/model/snapshot.hpp>
#include <cordon/engine/model/suite_path.hpp>
#include <cordon/engine/os/kept_file.hpp>
#include <cordon/engine/text/inline_literal.hpp>
#include <cordon/engine/text/snapshot_name.hpp>
#include <cordon/engine/wire/snapshot_place.hpp>

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

// Compares values with snapshots. The supervisor writes them, when the attempt has passed.

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

/// The text of a value that is compared.
struct snapshot_text {
    /// Does not catch: what writing a value throws is the failure of the assertion.
    explicit snapshot_text(const detail::snapshot_value& value) {
        if (value.data != nullptr) {
            text.assign(value.data, value.size);
            return;
        }
        bool& shows_memory = detail::stringify_detail::shows_memory;
        shows_memory = false;
        detail::bounded_text bounded;
        text_sink out(bounded);
        value.other.write(out, value.other.value);
        text = bounded.take();
        is_stable = !shows_memory;
    }

    std::string text;
    bool is_stable = true;
};

/// A failure must fit into a message. Of long texts it has the parts from shortly before the first difference on.
std::string keep_difference(std::string& left, std::string& right) {
    constexpr std::size_t longest = 12 * 1024;
    if (left.size() <= longest && right.size() <= longest) return {};
    const auto differ = std::mismatch(left.begin(), left.end(), right.begin(), right.end()).first;
    std::size_t from = static_cast<std::size_t>(differ - left.begin());
    for (int lines = 0; lines < 4 && from != 0; ++lines)
        from = from < 2 ? 0 : left.rfind('\n', from - 2) + 1;  // npos + 1 is 0
    const auto line = std::count(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(from), '\n') + 1;
    left = left.substr(from, longest);
    right = right.substr(from, longest);
    return "\nof long texts, a part from line " + std::to_string(line) + " on is shown";
}

/// Numbers by the hash of something.
class hashed_numbers {
  public:
    /// 0 for a new key.
    std::uint64_t& operator[](std::uint64_t key) {
        const auto same = [&](std::size_t i) { return items_[i].first == key; };
        const std::size_t at = index_.find_or_enter(key, items_.size(), same);
        if (at == items_.size()) items_.emplace_back(key, std::uint64_t{0});
        return items_[at].second;
    }
    void clear() {
        index_.clear();
        items_.clear();
    }

  private:
    hash_index index_;
    vector<std::pair<std::uint64_t, std::uint64_t>> items_;
};

/// The snapshots of the running test.
class snapshot_checks {
  public:
    snapshot_settings settings;

    detail::outcome file(const detail::assertion_site& site, snapshot_text value, detail::text_view name) {
        if (!value.is_stable) return conclude(site, unstable(std::move(value.text)));
        return conclude(site, find_in_file(std::move(value.text), name));
    }
    detail::outcome literal(const detail::assertion_site& site, snapshot_text value, std::string_view literal) {
        if (!value.is_stable) return conclude(site, unstable(std::move(value.text)));
        return conclude(site, find_in_source(site, std::move(value.text), literal));
    }

  private:
    static constexpr std::size_t longest_text = 16 * 1024 * 1024;
    static constexpr std::size_t longest_literal = 32 * 1024;
    static constexpr std::size_t piece = 64 * 1024;  // of a text, in one message

    /// What came of a comparison. It is reported without the lock, because code of the user takes part in that.
    struct finding {
        bool passed = false;
        std::string why{};
        bool has_value = false;
        bool has_snapshot = false;
        std::string text{};
        std::string snapshot{};
    };

    static finding passed() { return {true}; }
    static finding failed(std::string why) { return {false, std::move(why)}; }
    static finding differs(std::string text, std::string why) {
        return {false, std::move(why), true, false, std::move(text)};
    }
    static finding differs(std::string text, std::string snapshot, std::string why) {
        return {false, std::move(why), true, true, std::move(text), std::move(snapshot)};
    }

    static finding unstable(std::string text) {
        return differs(
            std::move(text),
            "its text has an address or the bytes of an object, which may differ in each run: write to_text or "
            "operator<< for its type");
    }

    finding find_in_file(std::string text, detail::text_view name);
    finding find_in_source(const detail::assertion_site& site, std::string text, std::string_view literal);

    static detail::outcome conclude(const detail::assertion_site& site, finding found) {
        if (found.passed) {
            detail::pass(site);
            return detail::outcome{detail::outcome::passed};
        }
        if (context().counts_only(site)) return detail::outcome{detail::outcome::failed};
        told_failure told(site, failure_kind::assertion);
        const std::string cut = keep_difference(found.text, found.snapshot);
        if (found.has_value) told.what.left = written(detail::text_of(found.text));
        if (found.has_snapshot) told.what.op = "==";
        if (found.has_snapshot) told.what.right = written(detail::text_of(found.snapshot));
        told.what.message = std::move(found.why) + cut;
        told.tell();
        return detail::outcome{detail::outcome::failed};
    }

    void begin() {
        test_context& current = context();
        if (ticket_ != current.ticket()) values_.clear();
        if (ticket_ != current.ticket() || pass_ != current.pass()) counts_.clear();
        ticket_ = current.ticket();
        pass_ = current.pass();
    }

    /// Notes the value at a place. False: the place has had another one in this attempt.
    bool is_only_value(std::uint64_t place, std::string_view text) {
        std::uint64_t& known = values_[place];
        const std::uint64_t value = fast_hash(text) | 1;
        if (known == 0) known = value;
        return known == value;
    }

    const std::string& folder_of(const char* file) {
        if (file_ != file) {
            const std::string source = wire::source_path(file, settings.folder);
            folder_ = source.empty() ? source : wire::snapshot_folder(source);
            file_ = file;
        }
        return folder_;
    }

    bool may_write_file(bool is_new) const {
        if (settings.update == snapshot_update::all) return true;
        if (!is_new) return settings.update == snapshot_update::failed;
        return settings.update == snapshot_update::fresh || !settings.in_ci;
    }
    bool may_write_literal(bool is_new) const {
        if (settings.update == snapshot_update::all) return true;
        return settings.update == (is_new ? snapshot_update::fresh : snapshot_update::failed);
    }

    void ask_to_write(snapshot_change what) {
        std::string text = std::move(what.text);
        do {
            what.text = text.substr(0, piece);
            text.erase(0, piece);
            what.more = !text.empty();
            context().tell(wire::snapshot_changed{ticket_, what});
        } while (what.more);
    }

    brief_lock mutex_;
    std::uint32_t ticket_ = 0;
    std::uint32_t pass_ = 0;
    hashed_numbers counts_;  // of snapshots without a name in this pass, by the path of subcases
    hashed_numbers values_;  // of this attempt, by the place of the snapshot
    const char* file_ = nullptr;
    std::string folder_;  // of that source file
};

snapshot_checks& snapshots_here = *make_lasting<snapshot_checks>();

std::string how_to_update(const char* word) { return std::string("to write it: --update-snapshots=") + word; }

/// Tools that convert line ends change snapshots.
std::string remark_on_line_ends(std::string_view text, std::string_view stored) {
    std::string converted;
    for (std::size_t i = 0; i < stored.size(); ++i) {
        if (stored[i] != '\r' || stored.substr(i + 1, 1) != "\n") converted += stored[i];
    }
    if (converted != std::string(text) + "\n") return {};
    return "\nonly line ends differ: a tool has converted them; for git, write  *.snap -text  in .gitattributes";
}

snapshot_checks::finding snapshot_checks::find_in_file(std::string text, detail::text_view name) {
    const std::lock_guard<brief_lock> lock(mutex_);
    begin();
    const detail::test_case* test = environment_of_tests().test();
    if (ticket_ == 0 || test == nullptr) return failed("a snapshot belongs to a test, and none runs");
    if (text.size() > longest_text) return failed("the text is longer than 16 MiB");
    const std::string& folder = folder_of(test->where.file);
    if (folder.empty())
        return failed("the source file of the test was not found, and so not its snapshots: " +
                      std::string(test->where.file) + " from " + settings.folder + " or a folder around the program");
    const vector<std::string> path = context().subcase_path();
    std::uint64_t key = 1;
    for (const std::string& each : path)
        key = fast_hash(each, key);
    const std::string file =
        text::snapshot_file_name(suite_path(test->owner), test->name(), path, std::string_view(name.data, name.size),
                                 name.data == nullptr ? static_cast<std::size_t>(++counts_[key]) : 0);
    if (settings.all_told) context().tell(wire::snapshot_met{ticket_, fast_hash(file)});
    const std::string whole = folder + "/" + file;
    if (!is_only_value(fast_hash(file), text))
        return differs(std::move(text), wire::path_from(settings.folder, whole) +
                                            " has two different values in this test: give each a name");
    const result<std::string> stored = os::read_kept_file(whole);
    if (!stored) return failed("cannot " + os::describe(stored.failure()));
    const std::string& bytes = stored.value();
    const bool ends = !bytes.empty() && bytes.back() == '\n';
    const std::string_view snapshot = std::string_view(bytes).substr(0, bytes.size() - (ends ? 1 : 0));
    if (ends && snapshot == text) return passed();
    if (may_write_file(bytes.empty())) {
        snapshot_change wanted;
        wanted.is_new = bytes.empty();
        wanted.name = file;
        wanted.text = std::move(text);
        ask_to_write(std::move(wanted));
        return passed();
    }
    const std::string shown = wire::path_from(settings.folder, whole);
    if (bytes.empty())
        return differs(std::move(text),
                       "there is no snapshot " + shown +
                           "\nrun this test outside of CI and commit the file, or use --update-snapshots=new");
    const std::string remark = remark_on_line_ends(text, bytes);
    return differs(std::move(text), std::string(snapshot),
                   "snapshot " + shown + "\n" + how_to_update("failed") + remark);
}

snapshot_checks::finding snapshot_checks::find_in_source(const detail::assertion_site& site, std::string text,
                                                         std::string_view literal) {
    const std::lock_guard<brief_lock> lock(mutex_);
    begin();
    std::string value = text::inline_value(literal);
    const bool is_new = literal.empty();
    const bool same = text == value;
    if (same && settings.update == snapshot_update::none) return passed();
    const std::uint64_t place = fast_hash(site.expression, fast_hash(site.file, site.line));
    if (settings.update != snapshot_update::none && !is_only_value(place, text))
        return differs(std::move(text), "this place has two different values in this test");
    if (!same && !may_write_literal(is_new))
        return differs(std::move(text), std::move(value), how_to_update(is_new ? "new" : "failed"));
    if (text.size() > longest_literal) return failed("the text is longer than 32 KiB: use CHECK_SNAPSHOT");
    snapshot_change wanted;
    wanted.in_source = true;
    wanted.is_new = is_new;
    wanted.same = same;
    wanted.name = site.file;
    wanted.line = site.line;
    wanted.macro = site.macro;
    wanted.expression = site.expression;
    wanted.expected = literal;
    wanted.text = std::move(text);
    context().tell(wire::snapshot_changed{ticket_, std::move(wanted)});
    return passed();
}

}  // namespace cordon::engine::exec

namespace cordon::detail {

outcome check_snapshot(const assertion_site& site, const snapshot_value& value, text_view name) {
    return engine::exec::snapshots_here.file(site, engine::exec::snapshot_text(value), name);
}

outcome check_inline_snapshot(const assertion_site& site, const snapshot_value& value, text_view literal) {
    return engine::exec::snapshots_here.literal(site, engine::exec::snapshot_text(value), {literal.data, literal.size});
}

}  // namespace cordon::detail

CORDON_CHEAP_END
