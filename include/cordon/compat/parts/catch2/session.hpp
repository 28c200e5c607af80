#pragma once

#include <cordon/api/compat/support.hpp>
#include <cordon/compat/parts/catch2/options.hpp>
#include <cordon/compat/parts/catch2/test_info.hpp>

#include <cstdio>
#include <string>
#include <vector>

namespace cordon {

int run(int argc, const char* const* argv);

}  // namespace cordon

namespace Catch {

/// The settings that a program may change before the run. cordon's options say the same.
struct ConfigData {
    std::vector<std::string> testsOrTags;  ///< patterns
    int abortAfter = -1;                   ///< --fail-fast
    std::uint32_t rngSeed = 0;             ///< --seed; 0: cordon's own
};

/// Worker processes run main(), too: a main() must reach run() soon, always, and return its result.
class Session {
  public:
    /// Returns 1 if an option of the program's own has a wrong value; cordon's and Catch2's are read by run().
    int applyCommandLine(int argc, const char* const* argv) {
        ::cordon::detail::keep_command_line(argc, argv);
        words_.assign(argv, argv + argc);
        const Clara::ParserResult taken = own_.take(words_);
        if (!taken) std::fprintf(stderr, "cordon: %s\n", taken.errorMessage().c_str());
        for (const std::string& each : words_) {
            if (each == "-?" || each == "-h" || each == "--help") std::fputs(own_.help().c_str(), stdout);
        }
        return taken ? 0 : 1;
    }
    /// Options of the program's own are added to it with `|`.
    const Clara::Parser& cli() const { return own_; }
    void cli(const Clara::Parser& parser) { own_ = parser; }

    ConfigData& configData() { return data_; }
    void useConfigData(const ConfigData& data) { data_ = data; }

    int run(int argc, const char* const* argv) {
        const int wrong = applyCommandLine(argc, argv);
        return wrong != 0 ? wrong : run();
    }
    /// 0 if all tests passed; cordon's other exit codes do not count failures.
    int run() {
        std::vector<std::string> all = words_;
        if (all.empty()) all.push_back("tests");
        if (data_.abortAfter > 0) all.push_back("--fail-fast=" + std::to_string(data_.abortAfter));
        if (data_.rngSeed != 0) all.push_back("--seed=" + std::to_string(data_.rngSeed));
        all.insert(all.end(), data_.testsOrTags.begin(), data_.testsOrTags.end());
        std::vector<const char*> words;
        for (const std::string& each : all)
            words.push_back(each.c_str());
        words.push_back(nullptr);
        return ::cordon::run(static_cast<int>(all.size()), words.data());
    }

  private:
    std::vector<std::string> words_;
    ConfigData data_;
    Clara::Parser own_;
};

}  // namespace Catch
