#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/os/branch.hpp>
#include <cordon/engine/os/process.posix.hpp>
#include <cordon/engine/os/touch_watch.hpp>

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

CORDON_CHEAP_BEGIN

#define CORDON_DETAIL_WATCHES_TOUCHES

namespace cordon::engine::os {

namespace touch_watch_linux {

constexpr std::size_t most_text = 8u << 20;

/// Folders that tests share. Their subfolders are not watched.
struct watched_folders {
    int queue = -1;
    vector<std::string> names;  // by number of the watch

    void add(const char* folder) {
        constexpr unsigned changes = IN_CREATE | IN_DELETE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM;
        if (folder == nullptr || *folder == '\0') return;
        const int number = ::inotify_add_watch(queue, folder, changes);
        if (number < 0) return;
        if (names.size() <= static_cast<std::size_t>(number)) names.resize(static_cast<std::size_t>(number) + 1);
        std::string& name = names[static_cast<std::size_t>(number)];
        if (name.empty()) name = folder;
    }
};

void note(int to, const std::string& what) {
    const std::string line = std::to_string(now().time_since_epoch().count()) + ' ' + what + '\n';
    if (::write(to, line.data(), line.size()) < 0) ::_exit(0);  // it is full
}

void note_changes(const watched_folders& folders, int to) {
    alignas(struct inotify_event) char events[16 * 1024];
    const ssize_t size = ::read(folders.queue, events, sizeof events);
    for (ssize_t at = 0; at < size;) {
        const auto* event = reinterpret_cast<const struct inotify_event*>(events + at);
        at += static_cast<ssize_t>(sizeof *event + event->len);
        const auto number = static_cast<std::size_t>(event->wd);
        if (event->len == 0 || event->wd < 0 || number >= folders.names.size()) continue;
        note(to, folders.names[number] + '/' + event->name);
    }
}

/// TCP ports on which someone listens, and UDP ports with an owner: "  0: 0100007F:B90F 00000000:0000 0A ...".
void add_ports(const char* path, const char* kind, const char* state, vector<std::string>& ports) {
    FILE* const table = ::fopen(path, "re");
    if (table == nullptr) return;
    char line[512];
    while (::fgets(line, sizeof line, table) != nullptr) {
        unsigned port = 0;
        char held[8] = "";
        if (::sscanf(line, " %*d: %*[0-9A-Fa-f]:%x %*[0-9A-Fa-f]:%*x %7s", &port, held) != 2) continue;
        if (::strcmp(held, state) == 0) ports.push_back(kind + std::to_string(port));
    }
    ::fclose(table);
}

vector<std::string> held_ports() {
    vector<std::string> ports;
    add_ports("/proc/self/net/tcp", "tcp port ", "0A", ports);
    add_ports("/proc/self/net/tcp6", "tcp port ", "0A", ports);
    add_ports("/proc/self/net/udp", "udp port ", "07", ports);
    add_ports("/proc/self/net/udp6", "udp port ", "07", ports);
    return ports;
}

bool holds(const vector<std::string>& all, const std::string& one) {
    for (const std::string& each : all)
        if (each == one) return true;
    return false;
}

/// The ports that others hold all the time are not those of a test.
[[noreturn]] void keep_watch(const watched_folders& folders, int to, process_id parent) {
    die_with_parent(parent);
    const vector<std::string> before = held_ports();
    while (true) {
        struct pollfd queue {};
        queue.fd = folders.queue;
        queue.events = POLLIN;
        constexpr int milliseconds = 1;
        if (::poll(&queue, 1, milliseconds) > 0) note_changes(folders, to);
        for (const std::string& each : held_ports())
            if (!holds(before, each)) note(to, each);
    }
}

}  // namespace touch_watch_linux

bool can_watch_touches() { return true; }

touch_watch::touch_watch() {
    using namespace touch_watch_linux;
    result<descriptor> text = make_text_file(most_text);
    if (!text) return;
    const descriptor queue(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    watched_folders folders;
    folders.queue = queue.native();
    char working[4096];
    for (const char* each :
         {"/tmp", "/var/tmp", "/dev/shm", static_cast<const char*>(::getenv("TMPDIR")),
          static_cast<const char*>(::getenv("HOME")), static_cast<const char*>(::getcwd(working, sizeof working))})
        folders.add(each);
    seen_ = std::move(text.value());
    const process_id self = own_process_id();
    const result<process_id> made = fork_process();
    if (!made) return;
    if (made.value() == 0) keep_watch(folders, seen_.native(), self);
    watcher_ = made.value();
}

touch_watch::~touch_watch() { finish(); }

vector<touch> touch_watch::finish() {
    vector<touch> all;
    if (watcher_ == 0) return all;
    kill_process(watcher_);
    wait_for_end(watcher_);
    watcher_ = 0;
    const std::string text = written_text(seen_, touch_watch_linux::most_text);
    std::string_view left = text;
    while (!left.empty()) {
        const std::string_view line = take_line(left);
        const std::size_t space = line.find(' ');
        if (space == std::string_view::npos) continue;
        const long long at = ::strtoll(std::string(line.substr(0, space)).c_str(), nullptr, 10);
        all.push_back({instant(duration(at)), std::string(line.substr(space + 1))});
    }
    return all;
}

}  // namespace cordon::engine::os

CORDON_CHEAP_END
