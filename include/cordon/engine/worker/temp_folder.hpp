#pragma once

#include <cordon/api/temp_dir.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/process.hpp>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

namespace cordon::engine::worker {

/// The temporary folder of the test that runs in this process. Its name follows from a prefix that the worker knows and
/// a number in the lane, so that the worker can remove the folder however the test's process ended.
class temp_folder {
  public:
    /// A new test begins. `made_number` is 0 while there is no folder, then the number that ends its name.
    void begin(std::string prefix, std::atomic<std::uint32_t>* made_number) {
        const std::lock_guard<std::mutex> lock(mutex_);
        prefix_ = std::move(prefix);
        number_ = made_number;
        path_.clear();
    }

    const char* path() {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (path_.empty()) make();
        return path_.empty() ? nullptr : path_.c_str();
    }

    static std::string name(const std::string& prefix, std::uint32_t number) { return prefix + std::to_string(number); }

  private:
    void make() {
        for (std::uint32_t number = 1; number < 100 && number_ != nullptr; ++number) {
            const std::string candidate = name(prefix_, number);
            const result<bool> made = os::make_new_folder(candidate);
            if (!made) return os::write_standard_error("cordon: " + os::describe(made.failure()) + "\n");
            if (!made.value()) continue;  // left behind by a process of the same number
            number_->store(number);
            os::set_environment("TEST_TMPDIR", candidate);
            path_ = candidate;
            return;
        }
    }

    std::mutex mutex_;
    std::string prefix_;
    std::atomic<std::uint32_t>* number_ = nullptr;
    std::string path_;
};

temp_folder& current_temp_folder() {
    static auto* only = new temp_folder;  // outlives static destructors, as the context does
    return *only;
}

/// "<root>/cordon-<worker>-<ticket>-": what the names of one attempt's folders start with.
std::string temp_folder_prefix(const std::string& root, os::process_id worker, std::uint32_t ticket) {
    return root + "/cordon-" + std::to_string(worker) + "-" + std::to_string(ticket) + "-";
}

}  // namespace cordon::engine::worker

namespace cordon {

const char* temp_dir() { return engine::worker::current_temp_folder().path(); }

}  // namespace cordon
