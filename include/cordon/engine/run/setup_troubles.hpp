#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/ending_of.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/model/setup_failure.hpp>
#include <cordon/engine/model/setup_plan.hpp>
#include <cordon/engine/wire/message.hpp>

#include <cstdint>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::run {

/// Failed setups. A setup is tried once in a run. If it fails, every test that needs it fails without being started.
class setup_troubles {
  public:
    /// The messages and output of a setup's process.
    struct words {
        vector<failure> failures;
        captured_output output;
        vector<wire::trace> traces;
        std::string debugger_view;
    };
    struct trouble {
        std::uint32_t group = 0;
        ending how = ending::failed;
        int signal = 0;
        int exit_code = no_exit_code;
        words said;
        bool shown = false;
    };

    explicit setup_troubles(const setup_plan& setups) : setups_(setups) {}

    void note(std::uint32_t group, const wire::left& how, words said) {
        trouble made;
        made.group = group;
        made.said = std::move(said);
        seen all;
        all.process =
            seen::process_end{how.by_signal, how.code, false, how.timed_out ? stopped_by::timeout : stopped_by::itself};
        if (!how.by_signal && !made.said.failures.empty()) all.said = finish::failed;
        made.how = ending_of(all).how;
        if (made.how == ending::crashed) made.signal = how.code;
        if (made.how == ending::exited) made.exit_code = how.code;
        troubles_.push_back(std::move(made));
    }

    /// The first of the chain's setups that failed; null if none has.
    const trouble* find(const setup_plan::chain& chain) const {
        for (const trouble& each : troubles_) {
            for (const std::uint32_t group : chain) {
                if (each.group == group) return &each;
            }
        }
        return nullptr;
    }

    /// The attempt of a test that could not be started because of it. The first one carries what the setup printed and
    /// which of its assertions failed, and `traces` gets what is to be explained of its process. `signal_name`: of the
    /// signal that ended it, where one did.
    attempt_result result_for(const trouble& why, const std::string& signal_name, vector<wire::trace>& traces) {
        trouble& known = troubles_[static_cast<std::size_t>(&why - troubles_.data())];
        attempt_result result;
        result.how = known.how;
        result.signal = known.signal;
        result.exit_code = known.exit_code;
        if (!known.shown) {
            result.failures = std::move(known.said.failures);
            result.output = std::move(known.said.output);
            result.debugger_view = std::move(known.said.debugger_view);
            traces = std::move(known.said.traces);
        }
        result.failed_assertions = result.assertions = count_assertions(result.failures);
        result.failures.push_back(summary(known, signal_name));
        known.shown = true;
        return result;
    }

  private:
    static std::uint64_t count_assertions(const vector<failure>& failures) {
        std::uint64_t count = 0;
        for (const failure& each : failures) {
            if (fails_test(each.kind) && !each.macro.empty()) ++count;
        }
        return count;
    }

    failure summary(const trouble& known, const std::string& signal_name) const {
        const setup_plan::group& group = setups_.groups[known.group];
        return setup_failure(group.suite, group.where, describe_setup_end(known.how, signal_name, known.exit_code));
    }

    const setup_plan& setups_;
    vector<trouble> troubles_;
};

}  // namespace cordon::engine::run

CORDON_CHEAP_END
