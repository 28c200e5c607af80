#pragma once

#include <cordon/compat/parts/catch2/test_info.hpp>

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
    int applyCommandLine(int argc, const char* const* argv) {
        words_.assign(argv, argv + argc);
        return 0;
    }
    ConfigData& configData() { return data_; }
    void useConfigData(const ConfigData& data) { data_ = data; }

    int run(int argc, const char* const* argv) {
        applyCommandLine(argc, argv);
        return run();
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

    template <class T = void>
    void cli(T* = nullptr) {
        static_assert(::cordon::detail::is_same<T, int*>,
                      "cordon: Catch::Session::cli() is not supported: read your own options in main(), and pass the "
                      "others to run()");
    }
    template <class T = void>
    void cli(const T&) {
        cli<void>();
    }

  private:
    std::vector<std::string> words_;
    ConfigData data_;
};

}  // namespace Catch
