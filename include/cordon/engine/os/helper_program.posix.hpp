#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/helper_program.hpp>
#include <cordon/engine/os/process.posix.hpp>
#include <cordon/engine/os/signal.posix.hpp>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

CORDON_CHEAP_BEGIN

namespace cordon::engine::os {

namespace helper_program_posix {

// Between fork and exec. Its errors do not matter to the user: its answers are optional.
[[noreturn]] void become_helper(const descriptor& in, const descriptor& out, const descriptor& errors,
                                char** arguments) {
    ::setpgid(0, 0);
    restore_signals();
    ::dup2(in.native(), STDIN_FILENO);
    ::dup2(out.native(), STDOUT_FILENO);
    const int said = errors ? errors.native() : ::open("/dev/null", O_WRONLY);
    if (said >= 0) ::dup2(said, STDERR_FILENO);
    ::execvp(arguments[0], arguments);
    if (errors) {
        const char* parts[] = {"cannot start ", arguments[0], ": ", ::strerror(errno), "\n"};
        for (const char* part : parts) {
            if (::write(STDERR_FILENO, part, ::strlen(part)) < 0) break;
        }
    }
    ::_exit(127);
}

bool is_whole(std::string_view answer, std::string_view last, std::size_t lines) {
    const std::size_t at = answer.find(last);
    if (at == std::string_view::npos) return false;
    const std::string_view rest = answer.substr(at + last.size());
    return static_cast<std::size_t>(std::count(rest.begin(), rest.end(), '\n')) >= lines;
}

}  // namespace helper_program_posix

helper_program::helper_program(const vector<std::string>& arguments, bool hears_errors) {
    result<pipe_ends> questions = make_pipe();
    result<pipe_ends> answers = make_pipe();
    result<pipe_ends> errors = hears_errors ? make_pipe() : result<pipe_ends>(pipe_ends());
    if (!questions || !answers || !errors) return;
    set_blocking(questions.value().read, true);
    const vector<char*> passed = process_posix::pointers(arguments);
    const result<process_id> made = fork_process();
    if (!made) return;
    if (made.value() == 0)
        helper_program_posix::become_helper(questions.value().read, answers.value().write, errors.value().write,
                                            const_cast<char**>(passed.data()));
    process_ = made.value();
    lead_own_group(process_);
    errors_ = std::move(errors.value().read);
    to_ = std::move(questions.value().write);
    from_ = std::move(answers.value().read);
}

helper_program::~helper_program() { give_up(); }

void helper_program::give_up() {
    if (process_ == 0) return;
    to_.close();
    from_.close();
    errors_.close();
    int state = 0;
    if (::waitpid(static_cast<pid_t>(process_), &state, WNOHANG) == 0) {
        kill_group(process_);
        kill_process(process_);
        ::waitpid(static_cast<pid_t>(process_), &state, 0);
    }
    process_ = 0;
}

optional<process_end> helper_program::take_end() {
    optional<process_end> end;
    if (process_ != 0) end = reap_only(process_);
    if (!end) return end;
    process_ = 0;
    to_.close();
    return end;
}

std::string helper_program::ask(std::string_view question, std::string_view last, std::size_t lines, duration limit) {
    std::string answer;
    if (process_ == 0 || !write_all(to_, question)) {
        give_up();
        return {};
    }
    const instant until = now() + limit;
    while (!helper_program_posix::is_whole(answer, last, lines)) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - now()).count();
        struct pollfd watched = {from_.native(), POLLIN, 0};
        const int ready = left > 0 ? ::poll(&watched, 1, static_cast<int>(left)) : 0;
        if (ready < 0 && errno == EINTR) continue;
        char text[4096];
        const read_outcome got = ready > 0 ? read_available(from_, text, sizeof text) : read_outcome{0, true};
        answer.append(text, got.bytes);
        if (got.at_end) {
            give_up();
            return {};
        }
    }
    return answer;
}

bool helper_program::tell(std::string_view question) {
    if (process_ != 0 && write_all(to_, question)) return true;
    give_up();
    return false;
}

bool helper_program::read(std::string& to) {
    if (process_ == 0) return false;
    char text[4096];
    const read_outcome got = read_available(from_, text, sizeof text);
    to.append(text, got.bytes);
    if (got.at_end) give_up();
    return !got.at_end;
}

}  // namespace cordon::engine::os

CORDON_CHEAP_END
