#pragma once

#include <cordon/api/check.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/brief_lock.hpp>
#include <cordon/engine/exec/context.hpp>
#include <cordon/engine/exec/text_sink.hpp>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <string>

namespace cordon::engine::exec {

/// The texts of INFO and of the _MESSAGE form that belong to a failure.
struct shown_infos {
    vector<std::string> info;
    std::string message;
};

/// The scopes of INFO that one thread has begun. Any thread may end one: a coroutine may go on in another thread. So
/// the list lives until its thread and all of its scopes have ended.
class info_list {
  public:
    CORDON_HOT void add(detail::info_scope& scope) {
        const std::lock_guard<brief_lock> lock(lock_);
        ++users_;
        scope.list = this;
        scope.outer = innermost_;
        innermost_ = &scope;
    }
    CORDON_HOT void remove(detail::info_scope& scope) {
        const bool is_writing = writer_.load(std::memory_order_relaxed) == &token;
        if (!is_writing) lock_.lock();
        // Mostly the innermost one. In coroutines scopes end in any order.
        detail::info_scope** place = &innermost_;
        while (*place != nullptr && *place != &scope)
            place = &(*place)->outer;
        if (*place == &scope) *place = scope.outer;
        const bool is_last = --users_ == 0;
        if (!is_writing) lock_.unlock();
        if (is_last) delete this;
    }

    bool has_text_for(const detail::assertion_site* site) {
        const std::lock_guard<brief_lock> lock(lock_);
        for (const detail::info_scope* scope = innermost_; scope != nullptr; scope = scope->outer) {
            if (scope->owner == nullptr || scope->owner == site) return true;
        }
        return false;
    }

    /// Writes the texts. The user's code does that, so no scope of this list ends in another thread meanwhile.
    shown_infos write(const detail::assertion_site* failed) {
        constexpr std::size_t most = 100;
        shown_infos shown;
        if (!lock_.lock_or_give_up()) return shown;
        const std::lock_guard<brief_lock> lock(lock_, std::adopt_lock);
        writer_.store(&token, std::memory_order_relaxed);
        for (const detail::info_scope* scope : all()) {
            if (shown.info.size() == most) break;
            if (!has(scope)) continue;
            if (scope->owner == nullptr) {
                shown.info.push_back(test_context::shortened(written(scope->text)));
            } else if (scope->owner == failed) {
                shown.message = written(scope->text);
            }
        }
        writer_.store(nullptr, std::memory_order_relaxed);
        std::reverse(shown.info.begin(), shown.info.end());
        return shown;
    }

    /// Its thread uses it no longer.
    void release() {
        lock_.lock();
        const bool is_last = --users_ == 0;
        lock_.unlock();
        if (is_last) delete this;
    }

    /// Its address names this thread.
    static thread_local char token;

  private:
    vector<const detail::info_scope*> all() const {
        vector<const detail::info_scope*> scopes;
        for (const detail::info_scope* scope = innermost_; scope != nullptr; scope = scope->outer)
            scopes.push_back(scope);
        return scopes;
    }
    /// False for a scope that has ended while another one was written.
    bool has(const detail::info_scope* wanted) const {
        const detail::info_scope* scope = innermost_;
        while (scope != nullptr && scope != wanted)
            scope = scope->outer;
        return scope != nullptr;
    }

    brief_lock lock_;
    std::atomic<const char*> writer_{nullptr};  ///< the token of the thread that writes the texts
    detail::info_scope* innermost_ = nullptr;
    std::size_t users_ = 1;
};

thread_local char info_list::token = 0;

/// The list of this thread; null before its first INFO.
thread_local info_list* own_infos = nullptr;

CORDON_COLD info_list& make_info_list() {
    hold_until_thread_ends();
    return *(own_infos = new info_list);
}
CORDON_HOT info_list& infos_here() { return own_infos != nullptr ? *own_infos : make_info_list(); }

void release_infos() {
    if (own_infos != nullptr) own_infos->release();
    own_infos = nullptr;
}

bool has_info_for(const detail::assertion_site* site) { return own_infos != nullptr && own_infos->has_text_for(site); }

/// An assertion in the code that writes the texts has none of these texts.
shown_infos infos_for(const detail::assertion_site* failed) {
    if (own_infos == nullptr) return {};
    info_list* const all = own_infos;
    own_infos = nullptr;
    shown_infos shown = all->write(failed);
    release_infos();
    own_infos = all;
    return shown;
}

}  // namespace cordon::engine::exec
