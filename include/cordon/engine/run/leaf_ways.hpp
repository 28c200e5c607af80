#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/outcome.hpp>

#include <algorithm>
#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::run {

inline std::string leaf_text(const leaf_result& leaf) {
    std::string text;
    for (const std::string& each : leaf.path)
        text += (text.empty() ? "" : " > ") + each;
    return text.empty() ? "outside of its subcases" : text;
}

inline bool is_before(const leaf_result& a, const leaf_result& b) {
    return a.path != b.path ? std::lexicographical_compare(a.path.begin(), a.path.end(), b.path.begin(), b.path.end())
                            : a.how < b.how;
}

/// --subcases=both: the subcases of a test must end in the same way, run again and forked. If not, the test fails.
inline void compare_ways(attempt_result& result, vector<leaf_result> forked) {
    constexpr std::size_t most = 10;
    vector<leaf_result> again = result.leaves;
    sort(again, is_before);
    sort(forked, is_before);
    std::string text;
    std::size_t count = 0;
    const auto add = [&](const leaf_result& leaf, const std::string& words) {
        if (++count <= most) text += "\n" + leaf_text(leaf) + ": " + words;
    };
    std::size_t i = 0, j = 0;
    while (i < again.size() || j < forked.size()) {
        const bool only_again = j == forked.size() ||
                                (i < again.size() && again[i].path != forked[j].path && is_before(again[i], forked[j]));
        const bool only_forked = !only_again && (i == again.size() || again[i].path != forked[j].path);
        if (only_again) {
            add(again[i], std::string(name_of(again[i].how)) + " when run again, did not run when forked");
        } else if (only_forked) {
            add(forked[j], "did not run when run again, " + std::string(name_of(forked[j].how)) + " when forked");
        } else if (again[i].how != forked[j].how) {
            add(again[i], std::string(name_of(again[i].how)) + " when run again, " +
                              std::string(name_of(forked[j].how)) + " when forked");
        }
        i += only_forked ? 0 : 1;
        j += only_again ? 0 : 1;
    }
    if (count == 0) return;
    if (count > most) text += "\nand " + std::to_string(count - most) + " more";
    failure what;
    what.kind = failure_kind::process;
    what.message = "its subcases differ between --subcases=rerun and --subcases=fork:" + text;
    result.failures.push_back(std::move(what));
    if (result.how == ending::passed || result.how == ending::skipped) result.how = ending::failed;
}

}  // namespace cordon::engine::run

CORDON_CHEAP_END
