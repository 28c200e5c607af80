#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/files.posix.hpp>
#include <cordon/engine/os/own_state.hpp>
#include <cordon/engine/os/process.posix.hpp>
#include <cordon/engine/os/signal.posix.hpp>

#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>

namespace cordon::engine::os {

namespace own_state_posix {

constexpr int first_descriptor = 3;
// Number of descriptors in one call. The quick look makes one call, the thorough one as many as a thousand descriptors
// need.
constexpr int chunk = 61;
constexpr int end_of_thorough = 1024;
#if defined(_NSIG)
constexpr int end_of_signals = _NSIG;
#else
constexpr int end_of_signals = 32;
#endif

// Signals that programs commonly handle or ignore, one bit for each: an array would be one more page to touch.
constexpr std::uint32_t common_signals = 1U << SIGINT | 1U << SIGTERM | 1U << SIGHUP | 1U << SIGPIPE | 1U << SIGALRM |
                                         1U << SIGCHLD | 1U << SIGUSR1 | 1U << SIGUSR2;

/// The action of a signal: a function, the default, or ignore.
using signal_way = void (*)(int);

struct thread_entry {
    std::int64_t id;
    std::string name;
};

struct remembered_state {
    attention how = attention::quick;
    bool is_set = false;
    int looked_at = 0;           ///< number of descriptors, from first_descriptor on
    vector<std::uint64_t> open;  ///< of those descriptors, chunk by chunk, one bit for each
    vector<int> all_open;        ///< descriptors, rising
    vector<thread_entry> threads;
    dev_t device = 0;  ///< of the working folder
    ino_t node = 0;
    std::string folder;
    mode_t mask = 0;
    std::string locale;
    const char* locale_text = nullptr;  ///< where the C library stores the name: changed with the locale
    int locale_changes = 0;             ///< as the C library counts them, if it does
    sigset_t blocked;
    signal_way ways[end_of_signals] = {};
    vector<std::string> environment;
};

CORDON_HOT remembered_state& remembered() {
    static auto* only = new remembered_state;  // never destroyed
    return *only;
}

// ---- descriptors ----

// Asked at each test's end, in the system's fastest way.
bool poll_now(struct pollfd* polled, int count);
bool stat_now(const char* path, struct stat* about);
mode_t set_mask(mode_t mask);
signal_way way_of(int signal);
bool read_blocked(sigset_t* blocked);
/// False: the locale is the remembered one.
bool may_have_other_locale(const remembered_state& before);
void remember_locale(remembered_state& state);

/// Which of `count` descriptors from `first` on are open, one bit for each. All bits: the system gave no answer.
CORDON_HOT std::uint64_t open_among(int first, int count) {
    // One call for all: a question for each would cost more than everything else together. No events: nothing waits.
    struct pollfd each[chunk];
    for (int i = 0; i < count; ++i) {
        each[i].fd = first + i;
        each[i].events = 0;
        each[i].revents = 0;
    }
    if (!poll_now(each, count)) return ~std::uint64_t{0};
    std::uint64_t open = 0;
    for (int i = 0; i < count; ++i) {
        if ((each[i].revents & POLLNVAL) == 0) open |= std::uint64_t{1} << i;
    }
    return open;
}

CORDON_HOT bool has_new_descriptors(const remembered_state& before) {
    for (int done = 0; done < before.looked_at; done += chunk) {
        const std::uint64_t open = open_among(first_descriptor + done, std::min(chunk, before.looked_at - done));
        if ((open & ~before.open[static_cast<std::size_t>(done / chunk)]) != 0) return true;
    }
    return false;
}

void remember_descriptors(remembered_state& state) {
    struct rlimit limit {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const int most = state.how == attention::quick ? first_descriptor + chunk : end_of_thorough;
    state.looked_at = static_cast<int>(std::min<rlim_t>(limit.rlim_cur, static_cast<rlim_t>(most))) - first_descriptor;
    state.open.clear();
    for (int done = 0; done < state.looked_at; done += chunk) {
        state.open.push_back(open_among(first_descriptor + done, std::min(chunk, state.looked_at - done)));
    }
}

/// Descriptors of the engine that its processes open later, and the tests do not know; -1: none.
int own_descriptors[2] = {-1, -1};

bool is_own_descriptor(int number) {
    return number == files_posix::error_copy || number == own_descriptors[0] || number == own_descriptors[1];
}

/// Defined for each system: all open descriptors from first_descriptor on, in rising order.
vector<int> open_descriptors();
/// The target of a descriptor; empty if the system does not tell.
std::string target_of(int descriptor);

void describe_descriptors(vector<leftover>& to) {
    const vector<int>& before = remembered().all_open;
    std::size_t count = 0;
    for (const int each : open_descriptors()) {
        // The descriptor of cordon's own messages is created with the first message.
        if (std::binary_search(before.begin(), before.end(), each) || is_own_descriptor(each)) continue;
        if (++count > leftovers::most_kept) return;
        const std::string target = target_of(each);
        to.push_back({leftover_kind::descriptor, std::to_string(each) + (target.empty() ? "" : " (" + target + ")")});
    }
}

// ---- threads; defined for each system ----

bool has_new_threads();
vector<thread_entry> threads_now();

void describe_threads(vector<leftover>& to) {
    const vector<thread_entry>& before = remembered().threads;
    for (const thread_entry& each : threads_now()) {
        const auto same = [&](const thread_entry& known) { return known.id == each.id; };
        if (each.id == own_process_id() || std::any_of(before.begin(), before.end(), same)) continue;
        to.push_back({leftover_kind::thread, each.name + " (" + std::to_string(each.id) + ")"});
        if (to.size() > leftovers::most_kept) return;
    }
}

// ---- working folder, umask, locale ----

CORDON_HOT bool is_elsewhere(const remembered_state& before) {
    const char here[] = {'.', '\0'};  // a literal would be one more page to touch
    struct stat about;
    return !stat_now(here, &about) || about.st_ino != before.node || about.st_dev != before.device;
}

std::string working_folder() {
    char path[PATH_MAX];
    return ::getcwd(path, sizeof path) != nullptr ? path : "a folder that was removed";
}

CORDON_HOT mode_t current_mask() {
    const mode_t mask = set_mask(077);
    set_mask(mask);
    return mask;
}

std::string octal(mode_t mask) {
    std::string text = "0";
    for (int shift = 6; shift >= 0; shift -= 3) {
        text += static_cast<char>('0' + ((mask >> shift) & 7));
    }
    return text;
}

const char* current_locale() {
    const char* name = ::setlocale(LC_ALL, nullptr);
    return name != nullptr ? name : "";
}

// ---- environment ----

CORDON_HOT std::uint64_t environment_print() {
    std::uint64_t print = 14695981039346656037u;
    for (char** each = environ; each != nullptr && *each != nullptr; ++each) {
        print = (print ^ reinterpret_cast<std::uintptr_t>(*each)) * 1099511628211u;
    }
    return print;
}

std::string_view variable_name(std::string_view assignment) { return assignment.substr(0, assignment.find('=')); }

bool is_own_variable(std::string_view name) { return name == "TEST_TMPDIR" || name.rfind("CORDON_", 0) == 0; }

const std::string* find_variable(const vector<std::string>& among, std::string_view name) {
    for (const std::string& each : among) {
        if (variable_name(each) == name) return &each;
    }
    return nullptr;
}

void describe_environment(vector<leftover>& to) {
    const vector<std::string>& before = remembered().environment;
    const vector<std::string> now = environment();
    const auto add = [&](std::string_view name, const char* how) {
        if (!is_own_variable(name)) to.push_back({leftover_kind::environment, std::string(name) + how});
    };
    for (const std::string& each : now) {
        const std::string* known = find_variable(before, variable_name(each));
        if (known == nullptr) {
            add(variable_name(each), " was set");
        } else if (*known != each) {
            add(variable_name(each), " was changed");
        }
    }
    for (const std::string& each : before) {
        if (find_variable(now, variable_name(each)) == nullptr) add(variable_name(each), " was taken out");
    }
}

// ---- signals ----

CORDON_HOT bool is_blocked_otherwise(const remembered_state& before) {
    // The system and sigemptyset() write only as many bytes as there are signals.
    sigset_t now{};
    if (!read_blocked(&now)) return false;
    // Without memcmp(), which is one more page to touch.
    unsigned char different = 0;
    for (std::size_t i = 0; i < sizeof now; ++i)
        different |= reinterpret_cast<const unsigned char*>(&now)[i] ^
                     reinterpret_cast<const unsigned char*>(&before.blocked)[i];
    return different != 0;
}

CORDON_HOT bool are_signals_changed(const remembered_state& before) {
    if (is_blocked_otherwise(before)) return true;
    if (before.how == attention::quick) {
        for (int signal = 1; signal < 32; ++signal) {
            if ((common_signals >> signal & 1) != 0 && way_of(signal) != before.ways[signal]) return true;
        }
        return false;
    }
    for (int signal = 1; signal < end_of_signals; ++signal) {
        if (way_of(signal) != before.ways[signal]) return true;
    }
    return false;
}

void describe_signals(vector<leftover>& to) {
    const remembered_state& before = remembered();
    sigset_t blocked;
    sigemptyset(&blocked);
    ::sigprocmask(SIG_BLOCK, nullptr, &blocked);
    for (int signal = 1; signal < end_of_signals; ++signal) {
        const signal_way way = way_of(signal);
        if (way != before.ways[signal]) {
            const char* how = way == SIG_IGN ? " is ignored" : way == SIG_DFL ? " is not handled" : " is handled";
            to.push_back({leftover_kind::signal, signal_name(signal) + how});
        }
        if (::sigismember(&blocked, signal) != ::sigismember(&before.blocked, signal)) {
            const char* how = ::sigismember(&blocked, signal) == 1 ? " is blocked" : " is not blocked";
            to.push_back({leftover_kind::signal, signal_name(signal) + how});
        }
    }
}

// As restore_signals() will leave them, or, in a process that has run a test, as they are.
void remember_signals(remembered_state& state, bool as_they_are) {
    for (int signal = 1; signal < end_of_signals; ++signal) {
        state.ways[signal] = way_of(signal);
    }
    if (!as_they_are && way_of(SIGCHLD) == signal_posix::cordon_note_child) state.ways[SIGCHLD] = SIG_DFL;
    if (!as_they_are && signal_posix::pipe_ignored) state.ways[SIGPIPE] = signal_posix::pipe_before.sa_handler;
    sigset_t blocked = signal_posix::original;
    if (as_they_are || !signal_posix::original_known) ::sigprocmask(SIG_BLOCK, nullptr, &blocked);
    ::memset(&state.blocked, 0, sizeof state.blocked);
    for (int signal = 1; signal < end_of_signals; ++signal) {
        if (::sigismember(&blocked, signal) == 1) ::sigaddset(&state.blocked, signal);
    }
}

constexpr std::uint32_t bit(leftover_kind kind) { return 1u << static_cast<unsigned>(kind); }

}  // namespace own_state_posix

namespace own_state_posix {

void remember_all(bool signals_as_they_are) {
    remembered_state& state = remembered();
    remember_descriptors(state);
    state.all_open = open_descriptors();
    state.threads = threads_now();
    struct stat about {};
    ::stat(".", &about);
    state.device = about.st_dev;
    state.node = about.st_ino;
    state.folder = working_folder();
    state.mask = current_mask();
    state.locale_text = current_locale();
    state.locale = state.locale_text;
    remember_locale(state);
    state.environment = environment();
    remember_signals(state, signals_as_they_are);
}

}  // namespace own_state_posix

void remember_state(attention how) {
    own_state_posix::remembered().how = how;
    own_state_posix::remembered().is_set = true;
    own_state_posix::remember_all(false);
}

optional<attention> remembered_attention() {
    const own_state_posix::remembered_state& state = own_state_posix::remembered();
    return state.is_set ? optional<attention>(state.how) : nullopt;
}

void remember_state_again() { own_state_posix::remember_all(true); }

CORDON_HOT state_mark mark_state() { return {own_state_posix::environment_print()}; }

CORDON_HOT std::uint32_t changed_memory(const state_mark& since) {
    using namespace own_state_posix;
    const remembered_state& before = remembered();
    std::uint32_t kinds = 0;
    if (may_have_other_locale(before) && before.locale_text != current_locale()) kinds |= bit(leftover_kind::locale);
    if (environment_print() != since.environment) kinds |= bit(leftover_kind::environment);
    return kinds;
}

CORDON_HOT std::uint32_t changed_state(const state_mark& since) {
    using namespace own_state_posix;
    const remembered_state& before = remembered();
    std::uint32_t kinds = changed_memory(since);
    if (has_new_threads()) kinds |= bit(leftover_kind::thread);
    if (has_new_descriptors(before)) kinds |= bit(leftover_kind::descriptor);
    if (is_elsewhere(before)) kinds |= bit(leftover_kind::working_folder);
    if (current_mask() != before.mask) kinds |= bit(leftover_kind::umask);
    if (are_signals_changed(before)) kinds |= bit(leftover_kind::signal);
    return kinds;
}

void describe_changes(std::uint32_t kinds, vector<leftover>& to) {
    using namespace own_state_posix;
    const remembered_state& before = remembered();
    const auto has = [kinds](leftover_kind kind) { return (kinds & bit(kind)) != 0; };
    if (has(leftover_kind::thread)) describe_threads(to);
    if (has(leftover_kind::descriptor)) describe_descriptors(to);
    if (has(leftover_kind::working_folder))
        to.push_back({leftover_kind::working_folder, working_folder() + " (was " + before.folder + ")"});
    if (has(leftover_kind::umask))
        to.push_back({leftover_kind::umask, octal(current_mask()) + " (was " + octal(before.mask) + ")"});
    if (has(leftover_kind::locale) && before.locale != current_locale())
        to.push_back({leftover_kind::locale, std::string(current_locale()) + " (was " + before.locale + ")"});
    if (has(leftover_kind::environment)) describe_environment(to);
    if (has(leftover_kind::signal)) describe_signals(to);
}

}  // namespace cordon::engine::os
