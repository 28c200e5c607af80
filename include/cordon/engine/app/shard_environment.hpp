#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/option_row.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/parse.hpp>
#include <cordon/engine/base/quote.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

// `--shard auto`: the environment variables of systems that split a run over machines.

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

/// A system that gives the number of parts and the index in two variables.
struct shard_system {
    const char* total;      ///< null: the system does not tell; --shard auto/N or CORDON_SHARD_COUNT has to
    const char* index;      ///< of this part
    std::uint32_t first;    ///< what the index counts from
    const char* only_with;  ///< the variable that must be set for the others to have a meaning; null: none
    bool cyclic = false;    ///< counts from 0 or from 1, as the user likes: part N is part 0
};

constexpr shard_system systems[] = {
    {"TEST_TOTAL_SHARDS", "TEST_SHARD_INDEX", 0, nullptr},                   // Bazel
    {"GTEST_TOTAL_SHARDS", "GTEST_SHARD_INDEX", 0, nullptr},                 // GoogleTest's runners
    {"CI_NODE_TOTAL", "CI_NODE_INDEX", 1, nullptr},                          // GitLab
    {"CIRCLE_NODE_TOTAL", "CIRCLE_NODE_INDEX", 0, nullptr},                  // CircleCI
    {"BUILDKITE_PARALLEL_JOB_COUNT", "BUILDKITE_PARALLEL_JOB", 0, nullptr},  // Buildkite
    {"SYSTEM_TOTALJOBSINPHASE", "SYSTEM_JOBPOSITIONINPHASE", 1, nullptr},    // Azure Pipelines
    {"SLURM_STEP_NUM_TASKS", "SLURM_PROCID", 0, "SLURM_STEP_ID"},  // srun; a batch script has SLURM_PROCID too
    {nullptr, "JOB_COMPLETION_INDEX", 0, nullptr},                 // an indexed Job of Kubernetes
    {nullptr, "HQ_TASK_ID", 0, nullptr, true},                     // HyperQueue
};

/// A job array of Slurm numbers its tasks from SLURM_ARRAY_TASK_MIN in steps of SLURM_ARRAY_TASK_STEP.
constexpr const char* array_total = "SLURM_ARRAY_TASK_COUNT";
constexpr const char* array_id = "SLURM_ARRAY_TASK_ID";
constexpr const char* array_least = "SLURM_ARRAY_TASK_MIN";
constexpr const char* array_step = "SLURM_ARRAY_TASK_STEP";

constexpr const char* count_variable = "CORDON_SHARD_COUNT";
constexpr std::uint64_t most_shards = std::numeric_limits<std::uint32_t>::max();

std::string_view value_of(environment_lookup lookup, const char* name) {
    const char* value = lookup && name ? lookup(name) : nullptr;
    return value ? std::string_view(value) : std::string_view();
}

error wrong(std::string what) { return {"command line", 0, std::move(what)}; }

error wrong_variable(const char* variable, std::string_view value, const std::string& expected) {
    return wrong(std::string("the variable ") + variable + " " + quoted(value) + ": expected " + expected);
}

/// `number` stays empty if the variable is not set. A set variable that is empty or out of range is an error: otherwise
/// a part of the run would be missing, or run twice.
status read_number(environment_lookup lookup, const char* variable, std::uint64_t least,
                   optional<std::uint64_t>& number) {
    const char* text = lookup && variable ? lookup(variable) : nullptr;
    if (text == nullptr) return ok();
    number = parse_unsigned(text, most_shards);
    if (number && *number >= least) return ok();
    return wrong_variable(variable, text, "a whole number from " + std::to_string(least));
}

/// The claim of one system: part `index`, from 0, of `count`.
struct claim {
    const char* variable;  ///< the variable of the index
    std::uint64_t index;
    std::uint64_t count;
};

/// Collects the claims of all systems.
class inquiry {
  public:
    inquiry(environment_lookup lookup, optional<std::uint64_t> told) : lookup_(lookup), told_(told) {}

    status ask_all() {
        for (const shard_system& system : systems) {
            if (status asked = ask(system); !asked) return asked;
        }
        return ask_array();
    }

    /// Returns the part, if a system names one. If several do, they must agree.
    status conclude(optional<shard_choice>& found) const {
        const claim* chosen = nullptr;
        for (const claim& each : claims_) {
            if (each.count == 1) continue;
            if (chosen != nullptr && (chosen->index != each.index || chosen->count != each.count))
                return wrong(in_words(*chosen) + ", but " + in_words(each) + ": say which with --shard I/N");
            if (chosen == nullptr) chosen = &each;
        }
        if (chosen == nullptr) {
            if (told_.value_or(1) == 1) return ok();
            return wrong(std::to_string(*told_) +
                         " parts were asked for, but no environment variable says which one this is: use --shard I/N");
        }
        found.emplace();
        found->index = static_cast<std::uint32_t>(chosen->index + 1);
        found->count = static_cast<std::uint32_t>(chosen->count);
        return ok();
    }

    bool nobody_spoke() const { return claims_.empty() && !told_; }

  private:
    status ask(const shard_system& system) {
        optional<std::uint64_t> total, index;
        if (status read = read_number(lookup_, system.total, 1, total); !read) return read;
        const bool is_meant = system.only_with == nullptr || lookup_ == nullptr || lookup_(system.only_with) != nullptr;
        // The index of a batch script does not name a part.
        if (!is_meant && (!total || (lookup_ && lookup_(system.index)))) return ok();
        if (status read = read_number(lookup_, system.index, system.first, index); !read) return read;
        return enter(system.index, index, system.total, total, system.first, system.cyclic);
    }

    status ask_array() {
        optional<std::uint64_t> total, id, least, step;
        if (status read = read_number(lookup_, array_total, 1, total); !read) return read;
        if (status read = read_number(lookup_, array_id, 0, id); !read) return read;
        if (status read = read_number(lookup_, array_least, 0, least); !read) return read;
        if (status read = read_number(lookup_, array_step, 1, step); !read) return read;
        if (!id) return enter(array_id, nullopt, array_total, total, 0, false);
        if (!least) return wrong(std::string(array_id) + " is set, but " + array_least + " is not: use --shard I/N");
        const std::uint64_t each = step.value_or(1);
        if (*id < *least || (*id - *least) % each != 0)
            return wrong_variable(array_id, value_of(lookup_, array_id),
                                  std::to_string(*least) + " and more in steps of " + std::to_string(each));
        return enter(array_id, (*id - *least) / each, array_total, total, 0, false);
    }

    /// `index` counts from `first`.
    status enter(const char* index_name, optional<std::uint64_t> index, const char* total_name,
                 optional<std::uint64_t> total, std::uint64_t first, bool cyclic) {
        if (!index && total.value_or(1) == 1) {
            if (total) claims_.push_back({total_name, 0, 1});  // a system that sets no index if there is only one part
            return ok();
        }
        if (!index)
            return wrong(std::string("the variable ") + total_name + " is " + std::to_string(*total) + ", but " +
                         index_name + " is not set: use --shard I/N");
        if (!total && !told_)
            return wrong(std::string("the variable ") + index_name +
                         " says which part this is, but not how many there " + "are: use --shard auto/N or " +
                         count_variable);
        const std::uint64_t count = total ? *total : *told_;
        if (told_ && *told_ != count && count != 1)
            return wrong(std::string("the variable ") + total_name + " is " + std::to_string(count) + ", but " +
                         std::to_string(*told_) + " parts were asked for");
        if (*index >= first + count + (cyclic ? 1 : 0)) return out_of_range(index_name, total_name, first, count);
        claims_.push_back({index_name, (*index - first) % count, count});
        return ok();
    }

    error out_of_range(const char* index_name, const char* total_name, std::uint64_t first, std::uint64_t count) const {
        const std::string many = total_name ? std::string(total_name) + " is " : "the number of parts is ";
        return wrong_variable(index_name, value_of(lookup_, index_name),
                              std::to_string(first) + " to " + std::to_string(first + count - 1) + ", as " + many +
                                  std::to_string(count));
    }

    static std::string in_words(const claim& what) {
        return std::string("the variable ") + what.variable + " says part " + std::to_string(what.index + 1) + " of " +
               std::to_string(what.count);
    }

    environment_lookup lookup_;
    optional<std::uint64_t> told_;
    vector<claim> claims_;
};

/// The result of `--shard auto`.
struct found_shard {
    optional<shard_choice> part;  ///< none: all tests run
    bool nobody_spoke = false;    ///< no system said anything, not even that there is one part
};

/// Asks every known system which part of the run this is. `told` is the number of parts if the user gives it. These are
/// errors: systems that disagree, a count without an index, an index without a count. So no test is left out silently.
result<found_shard> find_shard(environment_lookup lookup, optional<std::uint64_t> told) {
    if (!told) {
        status read = read_number(lookup, count_variable, 1, told);
        if (!read) return read.failure();
    }
    inquiry inquiry(lookup, told);
    if (status asked = inquiry.ask_all(); !asked) return asked.failure();
    found_shard found;
    if (status concluded = inquiry.conclude(found.part); !concluded) return concluded.failure();
    found.nobody_spoke = inquiry.nobody_spoke();
    return found;
}

/// The variables that name a part of a run. They are hidden from tests: a run started by a test is not that part.
vector<std::string> shard_variables() {
    vector<std::string> names{count_variable, array_total, array_id};
    for (const shard_system& system : systems) {
        if (system.total != nullptr) names.emplace_back(system.total);
        names.emplace_back(system.index);
    }
    return names;
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
