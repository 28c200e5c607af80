#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/hash_index.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace cordon::engine::worker {

/// Which SUBCASE blocks one test has, as far as they are known, and which of them the present pass enters. Every pass
/// follows one path to a leaf that no pass has completed; the test is over when none is left.
class subcase_tree {
  public:
    subcase_tree() {
        path_.reserve(8);
        path_.push_back(0);
        nodes_.emplace_back();
    }

    CORDON_HOT void clear() {
        if (nodes_.size() == 1) return;  // most tests have no subcases: touch no memory for them
        nodes_.clear();
        nodes_.emplace_back();
        children_.clear();
    }

    CORDON_HOT void begin_pass() {
        path_.resize(1);                                               // the root, which is node 0
        if (nodes_[0].entered_child) nodes_[0].entered_child = false;  // most find it so: touch no memory for them
        abandoned_ = false;
        progressed_ = false;
    }

    /// A SUBCASE is reached. True: enter it, and call leave() at its end.
    bool reach(std::string_view name, std::string_view file, unsigned line) {
        const std::size_t parent = path_.back();
        const std::size_t child = find_or_add(parent, name, file, line);
        if (nodes_[child].done || nodes_[parent].entered_child) return false;
        nodes_[parent].entered_child = true;
        nodes_[child].entered_child = false;
        path_.push_back(child);
        return true;
    }

    /// The innermost entered block ends. With `by_exception` its later siblings were not seen, so that another pass has
    /// to look.
    void leave(bool by_exception) {
        const std::size_t left = path_.back();
        path_.pop_back();
        abandoned_ = abandoned_ || by_exception;
        // An exception out of a nested block hides the siblings after that one; only a pass that enters none of them
        // tells that there are no more.
        const bool hidden = by_exception && nodes_[left].entered_child;
        nodes_[left].done = nodes_[left].open_children == 0 && !hidden;
        if (!nodes_[left].done) return;
        --nodes_[path_.back()].open_children;
        progressed_ = true;
    }

    /// The body is over. Blocks that a jump has left, where there are no exceptions, were not told so themselves.
    void end_pass() {
        while (path_.size() > 1) {
            leave(true);
        }
    }

    /// After a pass: whether another one is needed. A pass that came by nothing new would only be repeated: what it did
    /// not reach, because something failed or was not so the second time, stays unreached.
    bool wants_another_pass() const { return progressed_ && (nodes_[0].open_children != 0 || abandoned_); }

    /// How many blocks are entered, one inside the other.
    std::size_t depth() const { return path_.size() - 1; }
    /// The name of one of them; 0 is the outermost.
    const std::string& name_at(std::size_t depth) const { return nodes_[path_[depth + 1]].name; }

    /// Names from the outermost to the innermost entered block.
    vector<std::string> path() const {
        vector<std::string> names;
        for (std::size_t i = 1; i < path_.size(); ++i) {
            names.push_back(nodes_[path_[i]].name);
        }
        return names;
    }

  private:
    struct node {
        std::string name;
        std::string file;
        unsigned line = 0;
        std::size_t parent = 0;
        std::uint32_t open_children = 0;  // known and not done
        bool done = false;
        bool entered_child = false;  // in this pass
    };

    std::size_t find_or_add(std::size_t parent, std::string_view name, std::string_view file, unsigned line) {
        const std::uint64_t hash = fast_hash(name, fast_hash(file, mix_bits(parent) + line));
        const std::size_t found = children_.find_or_enter(hash, nodes_.size(), [&](std::size_t other) {
            const node& known = nodes_[other];
            return known.parent == parent && known.line == line && known.name == name && known.file == file;
        });
        if (found == nodes_.size()) {
            node& added = nodes_.emplace_back();
            added.name = name;
            added.file = file;
            added.line = line;
            added.parent = parent;
            ++nodes_[parent].open_children;
            progressed_ = true;
        }
        return found;
    }

    vector<node> nodes_;
    hash_index children_;
    vector<std::size_t> path_;
    bool abandoned_ = false;
    bool progressed_ = false;  // this pass has found a block or completed one
};

}  // namespace cordon::engine::worker
