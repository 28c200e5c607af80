#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/model/snapshot.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/kept_file.hpp>
#include <cordon/engine/os/stamp.hpp>
#include <cordon/engine/os/written_file.hpp>
#include <cordon/engine/text/snapshot_name.hpp>
#include <cordon/engine/text/source_calls.hpp>
#include <cordon/engine/wire/snapshot_place.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

/// Between a run and its reports: writes the snapshots of tests that have passed, and looks for unused ones. Files are
/// written as soon as their test has its verdict, sources at the end.
class snapshot_keeper : public sink {
  public:
    snapshot_keeper(const test_list& list, const snapshot_settings& settings, sink& next)
        : list_(list), settings_(settings), next_(next) {}

    void on(const event& happened) override {
        if (const auto* ended = happened.get_if<attempt_ended>()) note(ended->result);
        if (const auto* finished = happened.get_if<test_finished>()) settle(*finished);
        const auto* end = happened.get_if<run_finished>();
        if (end == nullptr) return next_.on(happened);
        run_finished told = *end;
        conclude(told);
        if (in_trouble_) told.in_trouble = true;
        next_.on(std::move(told));
    }

    status finish() override { return next_.finish(); }

  private:
    struct source_of_tests {
        std::string file;    ///< as compiled
        std::string path;    ///< empty: not found
        std::string folder;  ///< of its snapshots
        vector<std::uint64_t> met;
        vector<std::string> kept;  ///< stems of tests that may not have met all of their snapshots
    };
    struct wanted_changes {
        std::size_t test;
        std::size_t count;
        vector<snapshot_change> changes;  ///< none if the attempt did not pass
    };
    /// The literals of one source file.
    struct edited_source {
        std::string path;
        vector<snapshot_change> changes;
    };

    static constexpr duration patience = std::chrono::seconds(10);
    static constexpr std::size_t most_named = 10;

    source_of_tests& source_of(std::string_view file);
    void note(const attempt_result& result);
    void settle(const test_finished& finished);
    void write(const source_of_tests& at, const snapshot_change& what);
    status write_file(const source_of_tests& at, const snapshot_change& what, bool& written);
    void add_edit(const snapshot_change& what);
    void edit(const edited_source& source);
    status edit_file(const edited_source& source, const vector<snapshot_change>& changes);
    void conclude(const run_finished& end);
    void look_for_unused();
    void tell_written();

    void complain(std::string line) {
        in_trouble_ = true;
        next_.on(notice{notice::level::error, std::move(line)});
    }
    static std::string in_words(const error& why) { return why.operation.empty() ? why.detail : os::describe(why); }
    std::string shown(const std::string& path) const { return wire::path_from(settings_.folder, path); }
    static std::string first_of(const vector<std::string>& names) {
        std::string text;
        for (std::size_t i = 0; i < names.size() && i < most_named; ++i)
            text += (i == 0 ? "" : ", ") + names[i];
        if (names.size() > most_named) text += " and " + std::to_string(names.size() - most_named) + " more";
        return text;
    }

    const test_list& list_;
    const snapshot_settings settings_;
    sink& next_;
    vector<source_of_tests> sources_;
    vector<wanted_changes> wanted_;  // of attempts whose tests have no verdict yet
    vector<edited_source> edited_;
    vector<std::string> written_;
    std::size_t more_written_ = 0;  // snapshots that share an entry there
    std::size_t discarded_ = 0;     // changes of tests that did not pass
    bool in_trouble_ = false;
};

snapshot_keeper::source_of_tests& snapshot_keeper::source_of(std::string_view file) {
    if (!sources_.empty() && sources_.back().file == file) return sources_.back();
    for (source_of_tests& each : sources_) {
        if (each.file == file) return each;
    }
    source_of_tests made;
    made.file = file;
    made.path = wire::source_path(made.file, settings_.folder);
    if (!made.path.empty()) made.folder = wire::snapshot_folder(made.path);
    sources_.push_back(std::move(made));
    return sources_.back();
}

void snapshot_keeper::note(const attempt_result& result) {
    const snapshot_notes& said = result.snapshots;
    if (!said.met.empty()) {
        vector<std::uint64_t>& met = source_of(list_.tests[result.test].file).met;
        met.append(said.met.begin(), said.met.end());
    }
    if (said.changes.empty()) return;
    const bool passed = result.how == ending::passed;
    wanted_.push_back({result.test, said.changes.size(), passed ? said.changes : vector<snapshot_change>()});
}

// Of several attempts that passed, the last one counts.
void snapshot_keeper::settle(const test_finished& finished) {
    const test_info& test = list_.tests[finished.test];
    const bool met_all = finished.what == verdict::passed || finished.what == verdict::flaky;
    if (settings_.all_told && !met_all) source_of(test.file).kept.push_back(text::snapshot_stem(test.suite, test.name));
    const wanted_changes* last = nullptr;
    for (const wanted_changes& each : wanted_) {
        if (each.test == finished.test && (last == nullptr || !each.changes.empty())) last = &each;
    }
    if (last == nullptr) return;
    discarded_ += last->count - last->changes.size();
    for (const snapshot_change& each : last->changes) {
        if (each.in_source) {
            add_edit(each);
        } else {
            write(source_of(test.file), each);
        }
    }
    const auto is_settled = [&](const wanted_changes& each) { return each.test == finished.test; };
    wanted_.erase(std::remove_if(wanted_.begin(), wanted_.end(), is_settled), wanted_.end());
}

// ---- files ----

void snapshot_keeper::write(const source_of_tests& at, const snapshot_change& what) {
    const std::string path = at.folder + "/" + what.name;
    if (what.name.find('/') != std::string::npos || at.folder.empty())
        return complain("a snapshot has no place: " + path);
    bool written = false;
    const status done = write_file(at, what, written);
    if (!done) return complain("cannot " + os::describe(done.failure()));
    if (written) written_.push_back(shown(path) + (what.is_new ? " (new)" : ""));
}

status snapshot_keeper::write_file(const source_of_tests& at, const snapshot_change& what, bool& written) {
    const std::string path = at.folder + "/" + what.name;
    const std::string content = what.text + "\n";
    const result<std::string> before = os::read_kept_file(path);
    if (before && before.value() == content) return ok();
    for (const std::string& folder : {at.folder.substr(0, at.folder.rfind('/')), at.folder}) {
        if (status made = os::make_folder(folder); !made) return made;
    }
    result<os::written_file> file = os::written_file::open(path, os::delivery::whole);
    if (!file) return file.failure();
    if (status done = file.value().write(content); !done) return done;
    if (status done = file.value().commit_quickly(); !done) return done;
    written = true;
    return ok();
}

// ---- sources ----

void snapshot_keeper::add_edit(const snapshot_change& what) {
    const std::string path = wire::source_path(what.name, settings_.folder);
    if (path.empty()) return complain("the source file " + what.name + " was not found: its snapshots are not written");
    edited_source* source = nullptr;
    for (edited_source& each : edited_) {
        if (each.path == path) source = &each;
    }
    if (source == nullptr) {
        edited_.push_back({path, {}});
        source = &edited_.back();
    }
    source->changes.push_back(what);
}

void snapshot_keeper::edit(const edited_source& source) {
    const auto is_one_place = [](const snapshot_change& a, const snapshot_change& b) {
        return a.line == b.line && a.macro == b.macro && a.expression == b.expression && a.expected == b.expected;
    };
    vector<snapshot_change> changes;
    for (const snapshot_change& each : source.changes) {
        const auto known = std::find_if(changes.begin(), changes.end(),
                                        [&](const snapshot_change& other) { return is_one_place(each, other); });
        if (known == changes.end()) {
            changes.push_back(each);
        } else if (known->text != each.text) {
            return complain(shown(source.path) + ":" + std::to_string(each.line) +
                            " has different values in different tests, so no snapshot in this file was written");
        }
    }
    changes.erase(std::remove_if(changes.begin(), changes.end(), [](const snapshot_change& each) { return each.same; }),
                  changes.end());
    if (changes.empty()) return;
    const status done = edit_file(source, changes);
    if (!done) return complain("no snapshot was written to " + shown(source.path) + ": " + in_words(done.failure()));
    written_.push_back(shown(source.path) + " (" + counted(changes.size(), "literal") + ")");
    more_written_ += changes.size() - 1;
}

status snapshot_keeper::edit_file(const edited_source& source, const vector<snapshot_change>& changes) {
    result<os::kept_file> file = os::kept_file::open(source.path, patience);
    if (!file) return file.failure();
    if (os::changed_at(source.path) > os::changed_at(os::self_path()))
        return error{{}, 0, "it is newer than the program; build again"};
    const result<std::string> before = file.value().read_all();
    if (!before) return before.failure();
    const result<std::string> after = text::with_new_literals(before.value(), changes);
    if (!after) return after.failure();
    return file.value().replace(after.value());
}

// ---- the end ----

void snapshot_keeper::conclude(const run_finished& end) {
    for (const edited_source& each : edited_)
        edit(each);
    tell_written();
    if (settings_.all_told && end.cancelled_by == 0 && end.stopped_because.empty()) look_for_unused();
}

void snapshot_keeper::tell_written() {
    if (!written_.empty())
        next_.on(notice{notice::level::info,
                        "wrote " + counted(written_.size() + more_written_, "snapshot") + ": " + first_of(written_)});
    if (discarded_ != 0)
        next_.on(notice{notice::level::warning,
                        counted(discarded_, "snapshot") + " of failed tests not written: first make the tests pass"});
}

void snapshot_keeper::look_for_unused() {
    for (const test_info& test : list_.tests)
        source_of(test.file);
    constexpr std::size_t most = 1'000'000;
    vector<std::string> unused;
    for (source_of_tests& each : sources_) {
        if (each.folder.empty()) continue;
        sort(each.met);
        for (const std::string& name : os::entries_of(each.folder, most)) {
            const bool is_snapshot = name.size() > 5 && name.substr(name.size() - 5) == ".snap";
            const bool is_met = std::binary_search(each.met.begin(), each.met.end(), fast_hash(name));
            const auto is_of = [&name](const std::string& stem) { return text::is_snapshot_of(name, stem); };
            if (is_snapshot && !is_met && std::none_of(each.kept.begin(), each.kept.end(), is_of))
                unused.push_back(shown(each.folder + "/" + name));
        }
    }
    if (!unused.empty())
        next_.on(notice{notice::level::warning,
                        counted(unused.size(), "unused snapshot") + ", which you can remove: " + first_of(unused)});
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
