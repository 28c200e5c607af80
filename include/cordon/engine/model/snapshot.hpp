#pragma once

#include <cordon/engine/base/vector.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine {

/// `--update-snapshots`: which snapshots are written.
enum class snapshot_update : std::uint8_t {
    none,    ///< new files, but not in CI
    all,     ///< new ones and those with another value
    failed,  ///< those with another value; new files as with `none`
    fresh,   ///< new ones
};
constexpr snapshot_update last_of(snapshot_update) { return snapshot_update::fresh; }

/// The part of a run's settings that tests with snapshots need.
struct snapshot_settings {
    snapshot_update update = snapshot_update::none;
    bool in_ci = false;     ///< nothing is written without being asked for
    bool all_told = false;  ///< tests also say which snapshots they have met: unused ones are looked for
    std::string folder{};   ///< in which the run was started: relative names of source files count from it

    template <class Archive>
    void fields(Archive& a) {
        a(update, in_ci, all_told, folder);
    }
};

/// A snapshot that an attempt wants to be written. It is written when the attempt has passed.
struct snapshot_change {
    bool in_source = false;  ///< a literal, not a file
    bool is_new = false;
    bool more = false;  ///< the text continues in the next one
    std::string name;   ///< of the file in the test's folder of snapshots; of the source, as compiled
    std::string text;
    // A literal in the source:
    std::uint32_t line = 0;  ///< one of the lines of the call
    bool same = false;       ///< it has this value already, and must not get another one
    std::string macro{};
    std::string expression{};
    std::string expected{};  ///< the literal, as compiled

    template <class Archive>
    void fields(Archive& a) {
        a(in_source, is_new, more, name, text, line, same, macro, expression, expected);
    }
};

/// What an attempt says about its snapshots. No report or recording has it.
struct snapshot_notes {
    vector<std::uint64_t> met;  ///< fast_hash() of the names of files
    vector<snapshot_change> changes;

    void add(snapshot_change what) {
        if (!changes.empty() && changes.back().more) {
            changes.back().text += what.text;
            changes.back().more = what.more;
        } else {
            changes.push_back(std::move(what));
        }
    }
};

}  // namespace cordon::engine
