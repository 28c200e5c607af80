#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/glob.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/hash_index.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::exec {

/// The known SUBCASE blocks of one test, and which of them the present pass enters. Every pass follows one path to a
/// leaf that no pass has completed. The test is over when none is left. A block is identified by its parent, file, line
/// and name, and by how often these were reached before in this pass: if a loop or a helper function reaches the same
/// SUBCASE again, it is another block, `name #2`. A pass reaches every block beside the one that it enters, so a test
/// with n blocks in a row has n * n such events. So reaching a block is cheap: mostly it is the one that followed last
/// time, and only names are compared.
class subcase_tree {
  public:
    subcase_tree() {
        path_.reserve(8);
        path_.push_back(0);
        nodes_.emplace_back();
    }

    CORDON_HOT void clear() {
        if (nodes_.size() == 1 && over_before_.empty()) return;  // most tests: touch no memory for them
        over_before_.clear();
        nodes_.clear();
        nodes_.emplace_back();
        heads_.clear();
        files_.clear();
        pass_ = 0;
        vain_passes_ = 0;
        known_before_ = 0;
        leaf_ = none;
        met_choice_ = false;
    }

    /// Only blocks with matching names: the first glob is for the outermost ones; deeper than there are globs, all run.
    void choose(vector<std::string> globs) { choice_ = std::move(globs); }
    /// True if there is a choice, and no chosen block was entered.
    CORDON_HOT bool missed_choice() const { return !choice_.empty() && !met_choice_; }

    /// Blocks that are done, by their identities: another process has run them.
    CORDON_COLD void skip(const std::uint64_t* over, std::size_t count) {
        over_before_.append(over, over + count);
        sort(over_before_);
    }

    CORDON_HOT void begin_pass() {
        path_.resize(1);  // the root, which is node 0
        abandoned_ = false;
        progressed_ = false;
        if (nodes_.size() == 1) return;
        ++pass_;
        known_before_ = static_cast<index>(nodes_.size());
        leaf_ = none;
        begin_visit(nodes_[0]);
    }

    /// A SUBCASE is reached. True: enter it, and call leave() at its end.
    bool reach(std::string_view name, const char* file, unsigned line) {
        const index parent = path_.back();
        const std::size_t known = nodes_.size();
        const index met = meet(parent, name, file, line);
        found_new_ = nodes_.size() != known;
        if (found_new_) open(met, is_chosen(path_.size() - 1, name_of(met)));
        if (nodes_[met].done || nodes_[parent].entered_child != none) return false;
        enter(parent, met);
        return true;
    }

    /// Another framework has entered a block, which it has chosen itself. It may enter a block that seemed to be done.
    CORDON_COLD void join(std::string_view name, const char* file, unsigned line) {
        const index parent = path_.back();
        const std::size_t known = nodes_.size();
        const index met = meet(parent, name, file, line);
        if (nodes_.size() != known) open(met, true);
        if (nodes_[met].done) {
            nodes_[met].done = false;
            ++nodes_[parent].open_children;
        }
        enter(parent, met);
    }

    // ---- values of a GENERATE: blocks that end with the block around them ----
    // They are told apart by their ordinals, from 1: the text of a value, an address for example, may differ in each
    // pass. `place` is place_of().

    static std::uint64_t place_of(unsigned line, unsigned number) { return std::uint64_t{number} << 48 | line; }

    /// Reaches the first values of a place that are done, all at once, and returns their number. Otherwise the passes
    /// through n values would reach n * n / 2.
    std::uint32_t reach_done_values(const char* file, std::uint64_t place) {
        node& above = nodes_[path_.back()];
        index last = above.last_done_value;
        if (last != none && (!is_value_at(nodes_[last], file, place) || nodes_[last].met_in == pass_)) return 0;
        std::uint32_t count = last != none ? ordinal_of(nodes_[last]) : 0;
        index next = last != none              ? nodes_[last].follower
                     : above.met_child == none ? above.first_child
                                               : nodes_[above.met_child].follower;
        for (; next != none && is_done_value(nodes_[next], file, place, count + 1); next = nodes_[next].follower) {
            last = next;
            ++count;
        }
        if (last == none) return 0;
        nodes_[last].met_in = pass_;
        above.last_done_value = above.met_child = last;
        above.met += count;
        return count;
    }
    /// A value is reached. True: it is not done.
    bool reach_value(const char* file, std::uint64_t place, std::uint32_t ordinal) {
        return !nodes_[meet_value(path_.back(), file, place, ordinal)].done;
    }
    /// The reached value is none of those that the user has chosen.
    void refuse_value() { finish(nodes_[path_.back()].met_child); }
    /// Enters the reached value, even if the pass has entered a block beside it before.
    void enter_value() { enter(path_.back(), nodes_[path_.back()].met_child); }
    void name_value(std::string name) { nodes_[path_.back()].name = std::move(name); }
    /// There may be another value beside the innermost entered one. Later: there is, or there is not.
    void expect_value(const char* file, std::uint64_t place, std::uint32_t ordinal) {
        meet_value(nodes_[path_.back()].parent, file, place, ordinal);
    }
    void announce_value() { nodes_[path_.back()].has_next = true; }
    void close_values() { finish(nodes_[nodes_[path_.back()].parent].met_child); }
    /// The ordinal of the value that this pass uses at a place; 0: it was not there.
    std::uint32_t value_in_use(const char* file, std::uint64_t place, bool& has_next) const {
        for (const index each : path_) {
            const node& entered = nodes_[each];
            if (!is_value_at(entered, file, place)) continue;
            has_next = entered.has_next;
            return ordinal_of(entered);
        }
        return 0;
    }
    /// True if all values of a place are done, and the pass has entered a block beside them.
    bool is_behind_done(const char* file, std::uint64_t place) const {
        if (nodes_[path_.back()].entered_child == none) return false;
        bool known = false;
        for (const node& each : nodes_) {
            if (each.parent != path_.back() || !is_value_at(each, file, place)) continue;
            if (!each.done) return false;
            known = true;
        }
        return known;
    }
    /// True if the innermost entered block is a value.
    bool is_on_value() const { return ordinal_of(nodes_[path_.back()]) != 0; }

    /// True if the user has chosen among the blocks that `level` others contain.
    bool chooses(std::size_t level) const { return level < choice_.size(); }
    bool is_chosen(std::size_t level, const std::string& name) const {
        return !chooses(level) || glob_matches(choice_[level], name);
    }

    /// True if the block that was reached last was unknown before.
    bool found_new() const { return found_new_; }

    /// The innermost entered block ends. With `by_exception` its later siblings were not reached, so another pass must
    /// look for them. True: nothing of it is left to run.
    bool leave(bool by_exception) {
        node& left = nodes_[path_.back()];
        path_.pop_back();
        abandoned_ = abandoned_ || (by_exception && ordinal_of(left) == 0);  // all values of a place are known
        // An exception out of a nested block hides the siblings after it. Only a pass that enters none of them shows
        // that there are no more.
        const bool hidden = by_exception && left.entered_child != none;
        left.done = left.open_children == 0 && !hidden;
        if (!left.done) return false;
        --nodes_[left.parent].open_children;
        progressed_ = true;
        return true;
    }

    // ---- with --subcases=fork: the innermost entered block runs in a copy of the process ----

    /// In the copy: remembers where it began.
    void begin_copy() { trail_ = path_; }
    /// In the original: the block is done.
    void hand_over() {
        finish(path_.back());
        path_.pop_back();
        nodes_[path_.back()].entered_child = none;
        leaf_ = path_.back();
        progressed_ = true;
    }
    /// In the copy, after its pass: calls found(level, identity, name) for each known block that is not done and lies
    /// beside those in which the copy began.
    template <class Receiver>
    void each_open_beside(Receiver found) const {
        for (std::size_t level = 0; level + 1 < trail_.size(); ++level) {
            if (nodes_[trail_[level]].open_children == 0) continue;
            for (index each = 1; each < nodes_.size(); ++each) {
                const node& seen = nodes_[each];
                if (seen.parent == trail_[level] && !seen.done && each != trail_[level + 1])
                    found(level, seen.identity, seen.name);
            }
        }
    }
    /// An exception has left a block in this pass, so blocks after it may be unknown.
    bool was_abandoned() const { return abandoned_; }
    bool met_choice() const { return met_choice_; }
    void meet_choice() { met_choice_ = true; }

    /// The body is over. Without exceptions, blocks left by a jump could not report it themselves.
    void end_pass() {
        while (path_.size() > 1) {
            leave(true);
        }
        if (entered_a_stranger()) ++vain_passes_;
    }

    /// After a pass: true if another one is needed. A pass that found nothing new would only be repeated: blocks that
    /// it did not reach, because something failed or changed the second time, stay unreached.
    bool wants_another_pass() const {
        return progressed_ && vain_passes_ < most_vain_passes && (nodes_[0].open_children != 0 || abandoned_);
    }

    /// True if some block was reached.
    CORDON_HOT bool any() const { return nodes_.size() != 1; }

    /// After the last pass: the path to a block that was reached and never ran to its end. Empty if there is none.
    vector<std::string> unfinished() const {
        for (index each = 1; each < nodes_.size(); ++each) {
            if (!nodes_[each].done && nodes_[each].open_children == 0) return path_to(each);
        }
        return {};
    }

    /// The identity of the innermost entered block: the same in every process of the test.
    std::uint64_t identity() const { return nodes_[path_.back()].identity; }
    /// True if the innermost entered block of this pass contains no other blocks, as far as is known. False if there is
    /// none.
    bool entered_leaf() const { return leaf_ != none && nodes_[leaf_].children == 0; }

    /// The number of nested entered blocks.
    std::size_t depth() const { return path_.size() - 1; }
    /// The name of one of them; 0 is the outermost.
    const std::string& name_at(std::size_t depth) const { return nodes_[path_[depth + 1]].name; }

    /// Names from the outermost to the innermost entered block.
    vector<std::string> path() const { return path_to(path_.back()); }

    /// How often a block was not the expected one, so that it had to be looked up.
    std::uint64_t lookups() const { return lookups_; }

  private:
    using index = std::uint32_t;
    static constexpr index none = 0;  // the root has no parent
    /// Passes that find new blocks instead of the ones of earlier passes.
    static constexpr std::uint32_t most_vain_passes = 100;

    struct node {
        std::string name;            // with its number: "size #2"
        std::uint32_t own_size = 0;  // of the name without that
        std::uint32_t number = 1;    // among those of the same parent, place and name
        index file = 0;
        std::uint64_t line = 0;  // of a value: place_of() and ordinal
        index parent = 0;
        index head = none;                // number 1
        index next_alike = none;          // the next number
        index last_alike = none;          // of a head: the last that `met_in` has met
        std::uint32_t met_in = 0;         // of a head: the last pass that has met it
        index first_child = none;         // expected first in a pass
        index follower = none;            // expected after this one
        index met_child = none;           // last, in this pass
        index entered_child = none;       // in this pass
        index last_done_value = none;     // of the first values of one place, which are all done
        std::uint32_t met = 0;            // children, in this pass
        std::uint32_t children = 0;       // known
        std::uint32_t open_children = 0;  // known and not done
        bool done = false;
        bool has_next = false;  // of a value: another one follows
        std::uint64_t identity = 0;
    };

    struct source {
        const char* seen = nullptr;  // the last pointer to the name: an equal pointer mostly means the same name
        std::string path;
    };

    void enter(index parent, index met) {
        nodes_[parent].entered_child = met;
        begin_visit(nodes_[met]);
        path_.push_back(met);
        leaf_ = met;
        if (path_.size() > choice_.size()) met_choice_ = true;
    }

    void finish(index over) {
        if (nodes_[over].done) return;
        nodes_[over].done = true;
        --nodes_[nodes_[over].parent].open_children;
    }

    static void begin_visit(node& visited) {
        visited.met = 0;
        visited.met_child = none;
        visited.entered_child = none;
    }

    static std::uint32_t ordinal_of(const node& each) { return static_cast<std::uint32_t>(each.line >> 32) & 0xffff; }
    bool is_value_at(const node& each, const char* file, std::uint64_t place) const {
        return ordinal_of(each) != 0 && (each.line & ~(std::uint64_t{0xffff} << 32)) == place &&
               files_[each.file].path == file;
    }
    bool is_done_value(const node& each, const char* file, std::uint64_t place, std::uint32_t ordinal) const {
        return each.done && each.number == 1 && ordinal_of(each) == ordinal && is_value_at(each, file, place);
    }
    index meet_value(index parent, const char* file, std::uint64_t place, std::uint32_t ordinal) {
        const std::size_t known = nodes_.size();
        const index met = meet(parent, {}, file, place | std::uint64_t{ordinal} << 32);
        found_new_ = nodes_.size() != known;
        if (!found_new_) return met;
        nodes_[met].name = "#" + std::to_string(ordinal);
        open(met, true);
        return met;
    }

    const std::string& name_of(index each) const { return nodes_[each].name; }

    /// A new block.
    void open(index met, bool chosen) {
        node& added = nodes_[met];
        added.done = !chosen || std::binary_search(over_before_.begin(), over_before_.end(), added.identity);
        if (!added.done) ++nodes_[added.parent].open_children;
    }

    index meet(index parent, std::string_view name, const char* file, std::uint64_t line) {
        if (pass_ == 0) pass_ = 1;  // the first block of a test
        node& above = nodes_[parent];
        index met = above.met_child == none ? above.first_child : nodes_[above.met_child].follower;
        if (met == none || !is_due(nodes_[met], name, file, line)) {
            met = look_up(parent, name, file, line);
            node& again = nodes_[parent];  // nodes may have moved
            (again.met_child == none ? again.first_child : nodes_[again.met_child].follower) = met;
        }
        node& head = nodes_[nodes_[met].head];
        head.met_in = pass_;
        head.last_alike = met;
        nodes_[parent].met_child = met;
        ++nodes_[parent].met;
        return met;
    }

    bool is_due(const node& each, std::string_view name, const char* file, std::uint64_t line) const {
        if (each.line != line || files_[each.file].seen != file) return false;
        if (std::string_view(each.name.data(), each.own_size) != name) return false;
        const node& head = nodes_[each.head];
        if (&head == &each) return head.met_in != pass_;
        return head.met_in == pass_ && &nodes_[nodes_[head.last_alike].next_alike] == &each;
    }

    CORDON_COLD index look_up(index parent, std::string_view name, const char* path, std::uint64_t line) {
        ++lookups_;
        const index file = file_of(path);
        const std::uint64_t hash = fast_hash(name, mix_bits(mix_bits(std::uint64_t{parent} << 32 | file) + line));
        const index added = static_cast<index>(nodes_.size());
        const std::size_t found = heads_.find_or_enter(hash, added, [&](std::size_t other) {
            const node& known = nodes_[other];
            return known.parent == parent && known.line == line && known.file == file &&
                   std::string_view(known.name.data(), known.own_size) == name;
        });
        if (found == added) return add(parent, name, file, line, added, 1);
        const index head = static_cast<index>(found);
        if (nodes_[head].met_in != pass_) return head;
        const index last = nodes_[head].last_alike;
        if (nodes_[last].next_alike != none) return nodes_[last].next_alike;
        add(parent, name, file, line, head, nodes_[last].number + 1);
        return nodes_[last].next_alike = added;
    }

    index add(index parent, std::string_view name, index file, std::uint64_t line, index head, std::uint32_t number) {
        const index made = static_cast<index>(nodes_.size());
        node& added = nodes_.emplace_back();
        added.name = name;
        added.own_size = static_cast<std::uint32_t>(name.size());
        added.number = number;
        if (number > 1) added.name += (name.empty() ? "#" : " #") + std::to_string(number);
        added.file = file;
        added.line = line;
        added.parent = parent;
        added.head = head;
        const std::uint64_t place = fast_hash(files_[file].path, nodes_[parent].identity) + line;
        added.identity = fast_hash(name, mix_bits(place) ^ number);
        ++nodes_[parent].children;
        progressed_ = true;
        return made;
    }

    index file_of(const char* path) {
        const std::string_view text(path);
        for (index each = 0; each < files_.size(); ++each) {
            if (files_[each].path != text) continue;
            files_[each].seen = path;
            return each;
        }
        files_.push_back({path, std::string(text)});
        return static_cast<index>(files_.size()) - 1;
    }

    // The leaf of this pass was unknown before, and a known sibling was not reached. This happens if names change in
    // each pass, and would never end.
    bool entered_a_stranger() const {
        if (leaf_ == none || leaf_ < known_before_) return false;
        const node& above = nodes_[nodes_[leaf_].parent];
        return above.met < above.children;
    }

    vector<std::string> path_to(index which) const {
        vector<std::string> names;
        for (; which != 0; which = nodes_[which].parent)
            names.insert(names.begin(), nodes_[which].name);
        return names;
    }

    vector<node> nodes_;
    hash_index heads_;
    vector<source> files_;
    vector<index> path_;
    vector<index> trail_;                // the path where this copy of the process began
    vector<std::uint64_t> over_before_;  // sorted
    vector<std::string> choice_;
    bool met_choice_ = false;
    std::uint32_t pass_ = 0;
    std::uint32_t vain_passes_ = 0;
    std::uint64_t lookups_ = 0;
    index known_before_ = 0;  // number of blocks at the beginning of this pass
    index leaf_ = none;       // the innermost that this pass has entered
    bool abandoned_ = false;
    bool found_new_ = false;
    bool progressed_ = false;  // this pass has found a block or completed one
};

}  // namespace cordon::engine::exec
