#pragma once

#include <cordon/api/config.hpp>
#include <cordon/api/in_test.hpp>
#include <cordon/engine/base/lasting.hpp>
#include <cordon/engine/exec/brief_lock.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/wire/temp_path.hpp>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <new>
#include <string>

namespace cordon::engine::exec {

/// The temporary folder of the running test. Its name follows from data of the worker and a number in the lane. So the
/// worker can remove the folder however the test's process ended.
class temp_folder {
  public:
    /// The owner of the folder: a worker's attempt. Its text is built only on request, because few tests use it.
    struct owner {
        const std::string* root = nullptr;
        os::process_id worker = 0;
        std::uint32_t ticket = 0;

        std::string path(std::uint32_t number) const { return wire::temp_path(*root, worker, ticket, number); }
    };

    /// A new test begins. `made_number` is 0 as long as there is no folder; then it is the number at the end of its
    /// name.
    CORDON_HOT void begin(const owner& whose, std::atomic<std::uint32_t>* made_number) {
        const std::lock_guard<brief_lock> lock(mutex_);
        owner_ = whose;
        number_ = made_number;
        if (!path_.empty()) path_.clear();
    }

    const char* path() {
        const std::lock_guard<brief_lock> lock(mutex_);
        if (path_.empty()) make();
        return path_.empty() ? nullptr : path_.c_str();
    }

  private:
    void make() {
        if (const std::uint32_t number = number_ != nullptr ? number_->load() : 0) {  // a copy of this process made it
            path_ = owner_.path(number);
            return os::set_environment("TEST_TMPDIR", path_);
        }
        for (std::uint32_t number = 1; number < 100 && number_ != nullptr; ++number) {
            const std::string candidate = owner_.path(number);
            const result<bool> made = os::make_new_folder(candidate);
            if (!made) return os::write_standard_error("cordon: " + os::describe(made.failure()) + "\n");
            if (!made.value()) continue;  // left behind by an earlier process with this number
            number_->store(number);
            os::set_environment("TEST_TMPDIR", candidate);
            path_ = candidate;
            return;
        }
    }

    brief_lock mutex_;
    owner owner_;
    std::atomic<std::uint32_t>* number_ = nullptr;
    std::string path_;
};

CORDON_HOT temp_folder& current_temp_folder() {
    static auto* only = make_lasting<temp_folder>();  // survives static destructors, as the context does
    return *only;
}

}  // namespace cordon::engine::exec

namespace cordon {

const char* temp_dir() { return engine::exec::current_temp_folder().path(); }

}  // namespace cordon
