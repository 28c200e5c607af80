#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/archive/digest.hpp>
#include <cordon/engine/archive/entry.hpp>
#include <cordon/engine/archive/observer.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/path.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/os/system.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::archive {

/// The history file. Read at most once in a run, and only if needed; written once, at the end. A problem with it never
/// fails the run. If the user chose the path, problems are reported. Renaming a damaged file is always reported.
class history_book {
  public:
    history_book(const history_choice& choice, const std::string& program, void (*complain)(const std::string&))
        : complain_(complain), is_chosen_(!choice.path.empty()), off_(choice.off), read_only_(choice.read_only) {
        if (!off_) path_ = is_chosen_ ? choice.path : default_path(program);
        if (path_.empty()) off_ = true;
    }

    /// True if this run will be added to the history.
    bool keeps() const { return !off_ && !read_only_; }

    /// The results of earlier runs; `build` is the build_key() of this run.
    const past& look_up(const test_list& list, std::uint64_t build) {
        if (off_ || std::exchange(looked_up_, true)) return known_;
        result<std::string> bytes = os::read_kept_file(path_);
        if (!bytes) {
            tell("cannot " + os::describe(bytes.failure()));
            off_ = true;
            return known_;
        }
        const std::size_t enough = most_runs * std::max<std::size_t>(list.tests.size(), 100);
        const contents found = decode_newest(bytes.value(), enough);
        if (found.newer != 0) {
            complain_("the history " + path_ + " " + of_newer(bytes.value(), found) + "; this run does without it");
            off_ = true;
            return known_;
        }
        if (found.foreign || found.damaged != 0) {
            if (read_only_) {
                complain_("the history " + path_ + (found.foreign ? is_foreign : " is damaged in part"));
            } else {
                mend();
            }
        }
        known_ = digest(found.runs, list, build);
        return known_;
    }

    /// Adds the run of a recording, without results that are there: its program, or a replay of some of its shards, may
    /// have added them.
    void add_replayed(run_record run) {
        if (off_ || read_only_) return;
        if (run.entries.empty())
            return complain_("the history " + path_ +
                             " keeps nothing of this run: no test ran, it can be compared with no other, or an older " +
                             "cordon has recorded it");
        leave_out_known(run);
        if (run.entries.empty()) return complain_("the history " + path_ + " has this run already");
        add(run);
    }

    /// Adds the results of a run.
    void add(const run_record& run) {
        if (off_ || read_only_ || run.entries.empty()) return;
        if (!is_chosen_ && !os::make_folder_in(os::cache_folder(), "cordon")) return;
        const status added = write(encode(run));
        if (!added) tell("cannot " + os::describe(added.failure()));
    }

  private:
    static constexpr std::size_t most_bytes = 4 * 1024 * 1024;
    static constexpr std::size_t most_runs = 64;  // number of runs that are used
    static constexpr duration patience = std::chrono::seconds(2);
    static constexpr const char* is_foreign = " cannot be read by this version of cordon";

    /// Programs with the same name in different folders are different programs.
    static std::string default_path(const std::string& program) {
        const std::string folder = os::cache_folder();
        if (folder.empty()) return {};
        const std::string whole = os::real_path(program);
        constexpr char digits[] = "0123456789abcdef";
        const std::uint64_t hash = mix_bits(fnv1a(whole));
        std::string suffix;
        for (int shift = 60; shift >= 0; shift -= 4)
            suffix += digits[hash >> shift & 15];
        return folder + "/cordon/" + std::string(file_name_of(whole).substr(0, 100)) + "-" + suffix;
    }

    /// Two results of a test are the same if they took equally long, in nanoseconds.
    static std::uint64_t mark_of(const entry& result) {
        const auto took = static_cast<std::uint64_t>(result.took.count());
        return mix_bits(result.test ^ mix_bits(took * 16 + static_cast<std::uint64_t>(result.what)));
    }

    /// Leaves out what kept runs have that are this run or a part of it: of the same day, and with most results the
    /// same. Single results of quick tests may be equal by chance.
    void leave_out_known(run_record& run) const {
        constexpr std::uint64_t day = 24 * 60 * 60;
        const result<std::string> bytes = os::read_kept_file(path_);
        if (!bytes) return;
        vector<std::uint64_t> own, known;
        for (const entry& each : run.entries)
            own.push_back(mark_of(each));
        sort(own);
        for (const run_record& kept : decode(bytes.value()).runs) {
            if (std::max(kept.time, run.time) - std::min(kept.time, run.time) > day) continue;
            vector<std::uint64_t> shared;
            for (const entry& each : kept.entries) {
                if (std::binary_search(own.begin(), own.end(), mark_of(each))) shared.push_back(mark_of(each));
            }
            const std::size_t fewer = std::min(own.size(), kept.entries.size());
            if (2 * shared.size() > fewer) known.append(shared.begin(), shared.end());
        }
        sort(known);
        const auto is_known = [&](const entry& each) {
            return std::binary_search(known.begin(), known.end(), mark_of(each));
        };
        run.entries.erase(std::remove_if(run.entries.begin(), run.entries.end(), is_known), run.entries.end());
    }

    void tell(const std::string& line) const {
        if (is_chosen_) complain_(line);
    }

    status write(const std::string& record) {
        result<os::kept_file> file = os::kept_file::open(path_, patience);
        if (!file) return file.failure();
        const std::uint64_t size = file.value().size();
        if (size == 0) return file.value().append(codec::title_of(history_kind) + record);
        const result<std::string> tail = file.value().tail(8);
        if (!tail) return tail.failure();
        if (!ends_well(tail.value(), static_cast<std::size_t>(size))) {
            if (status made = mend(file.value()); !made) return made;
            return write_after_mending(record);
        }
        if (size + record.size() <= std::max(most_bytes, 4 * record.size())) return file.value().append(record);
        return shorten(file.value(), record);
    }

    static std::string of_newer(std::string_view bytes, const contents& found) {
        return codec::newer_in_words(bytes, history_kind, found.newer, history_version);
    }
    /// A file with records of a newer version is never written anew: they would be lost.
    static status may_be_rewritten(const std::string& bytes, const contents& found) {
        if (found.newer == 0) return ok();
        return error{"write the history", 0, "it " + of_newer(bytes, found)};
    }

    // Drops the oldest runs, down to half of the allowed size, so that this is rarely necessary.
    static status shorten(os::kept_file& file, const std::string& record) {
        const result<std::string> bytes = file.read_all();
        if (!bytes) return bytes.failure();
        const contents found = decode(bytes.value());
        if (status may = may_be_rewritten(bytes.value(), found); !may) return may;
        return file.replace(rewritten(found, most_bytes / 2) + record);
    }

    status write_after_mending(const std::string& record) {
        result<os::kept_file> file = os::kept_file::open(path_, patience);
        if (!file) return file.failure();
        const bool is_new = file.value().size() == 0;
        return file.value().append(is_new ? codec::title_of(history_kind) + record : record);
    }

    void mend() {
        result<os::kept_file> file = os::kept_file::open(path_, patience);
        if (file) mend(file.value()).ignore();
    }

    // Checks again under the lock: another process may have done it, or may have been writing its last record.
    status mend(os::kept_file& file) {
        const result<std::string> bytes = file.read_all();
        if (!bytes) return bytes.failure();
        const contents found = decode(bytes.value());
        if (status may = may_be_rewritten(bytes.value(), found); !may) return may;
        const std::string good = found.foreign ? std::string() : rewritten(found, most_bytes);
        if (!found.foreign && found.damaged == 0) return found.unfinished == 0 ? ok() : file.replace(good);
        const result<std::string> name = os::set_aside(path_);
        if (!name) return name.failure();
        complain_("the history " + path_ + (found.foreign ? is_foreign : " was damaged") + "; it was renamed to " +
                  name.value() +
                  (found.foreign ? "" : ", and the " + std::to_string(found.runs.size()) + " undamaged runs are kept"));
        if (good.empty()) return ok();
        result<os::kept_file> fresh = os::kept_file::open(path_, patience);
        if (!fresh) return fresh.failure();
        return fresh.value().size() == 0 ? fresh.value().append(good) : ok();
    }

    void (*complain_)(const std::string&);
    bool is_chosen_;
    bool off_;
    bool read_only_;
    std::string path_;
    bool looked_up_ = false;
    past known_;
};

/// Between a run and its reports: collects what the history keeps, and adds the results of earlier runs to tests that
/// failed or are in quarantine.
class remembering_sink : public sink {
  public:
    /// `comparable`: earlier runs can be compared with this one.
    remembering_sink(history_book& book, const test_list& list, std::uint64_t build, bool comparable, sink& next)
        : book_(book), list_(list), build_(build), comparable_(comparable), next_(next) {}

    void on(const event& happened) override {
        seen_.on(happened);
        const test_finished* finished = happened.get_if<test_finished>();
        if (finished == nullptr || !asks(*finished)) return next_.on(happened);
        test_finished told = *finished;
        const test_past& earlier = book_.look_up(list_, build_).of(told.test);
        if (earlier.runs != 0) told.earlier = earlier;
        next_.on(std::move(told));
    }

    /// The run is over: adds it to the history.
    void remember() { book_.add(seen_.record()); }

  private:
    bool asks(const test_finished& test) const {
        if (!comparable_) return false;
        if (list_.tests[test.test].quarantine) return test.what == verdict::passed || test.what == verdict::quarantined;
        return test.what == verdict::failed || test.what == verdict::flaky || test.what == verdict::unexpected_pass;
    }

    history_book& book_;
    const test_list& list_;
    std::uint64_t build_;
    bool comparable_;
    sink& next_;
    observer seen_;
};

/// `--replay`: collects what the history keeps of a recorded run.
class replayed_sink : public sink {
  public:
    explicit replayed_sink(sink& next) : next_(next) {}

    void on(const event& happened) override {
        seen_.on(happened);
        next_.on(happened);
    }

    run_record record() const { return seen_.record(); }

  private:
    sink& next_;
    observer seen_;
};

}  // namespace cordon::engine::archive

CORDON_CHEAP_END
