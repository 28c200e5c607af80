#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/lasting.hpp>
#include <cordon/engine/os/machine.hpp>
#include <cordon/engine/os/stack.hpp>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <new>

namespace cordon::engine::exec {

/// The memory limit of the tests in this process, and whether it was exceeded. A std::bad_alloc alone proves nothing,
/// because any code may throw one. But operator new calls the new-handler exactly if it can get no memory, and other
/// functions that are refused memory leave an error number.
class memory_limit {
  public:
    /// For the next test; 0: no limit. errno must be 0. `died_of_it` is in shared memory, for a test that can no longer
    /// send a message.
    CORDON_HOT void begin(std::uint64_t bytes, std::atomic<std::uint32_t>& died_of_it) {
        if (bytes != bytes_) os::limit_memory(bytes);
        if (bytes != 0 || bytes_ != 0) watch(bytes != 0);
        bytes_ = bytes;
        died_of_it_ = &died_of_it;
    }

    /// The running test changes its limit.
    void change(std::uint64_t bytes) {
        static std::atomic<std::uint32_t> nobody{0};
        begin(bytes, died_of_it_ != nullptr ? *died_of_it_ : nobody);
    }

    /// True if operator new has failed in this test.
    bool was_met() const { return met_.load(std::memory_order_relaxed); }

    /// True if the thread's error number says that memory was refused: malloc, mmap and similar functions leave it, and
    /// a successful call does not clear it. A failure of operator new that was reported by an exception and handled
    /// leaves it too. May be called in a signal handler.
    bool explains(int error) const {
        if (error == ENOMEM && !may_have_survived()) return true;
        const std::uint64_t used = bytes_ != 0 ? os::used_address_space() : 0;
        return used != 0 && used + least_usable > bytes_;
    }

    /// The same for a test with a limit.
    bool is_reason(int error) const { return bytes_ != 0 && explains(error); }
    std::uint64_t bytes() const { return bytes_; }

    /// In a copy of the process: its death is not the test's.
    void become_copy(std::atomic<std::uint32_t>& died_of_it) { died_of_it_ = &died_of_it; }

    void say_died_of_it(std::uint32_t ticket) {
        if (died_of_it_ != nullptr) died_of_it_->store(ticket);
    }

  private:
    // Without exceptions no code can handle it.
    bool may_have_survived() const {
#if defined(CORDON_CONFIG_NO_EXCEPTIONS)
        return false;
#else
        return was_met() && !met_without_throwing_.load(std::memory_order_relaxed);
#endif
    }

    CORDON_COLD void watch(bool wanted) {
        met_.store(false, std::memory_order_relaxed);
        met_without_throwing_.store(false, std::memory_order_relaxed);
        const bool watched = std::get_new_handler() == note;
        if (wanted && !watched) before_ = std::set_new_handler(note);
        if (!wanted && watched) std::set_new_handler(before_);
    }

    // operator new tries again when this returns. Then it does what it would do without this handler: it throws, or
    // calls the program's own handler.
    static void note();

    // With less memory left, even a small request is refused: the C library requests 132 KiB at a time.
    static constexpr std::uint64_t least_usable = 256 * 1024;

    std::uint64_t bytes_ = 0;  ///< the present limit
    std::atomic<bool> met_{false};
    std::atomic<bool> met_without_throwing_{false};
    std::new_handler before_ = nullptr;
    std::atomic<std::uint32_t>* died_of_it_ = nullptr;
};

memory_limit& limit_here = *make_lasting<memory_limit>();

void memory_limit::note() {
    limit_here.met_.store(true, std::memory_order_relaxed);
    if (os::is_called_by_nothrow_new()) limit_here.met_without_throwing_.store(true, std::memory_order_relaxed);
    std::set_new_handler(limit_here.before_);
}

}  // namespace cordon::engine::exec
