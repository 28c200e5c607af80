#pragma once

#include <cordon/engine/exec/outlet.hpp>
#include <cordon/engine/model/bounded_output.hpp>
#include <cordon/engine/os/descriptor.hpp>
#include <cordon/engine/os/poll.hpp>
#include <cordon/engine/os/terminal.hpp>
#include <cordon/engine/wire/lane.hpp>
#include <cordon/engine/wire/message.hpp>

#include <cstdint>
#include <string_view>

namespace cordon::engine::exec {

/// Standard output and error of the test processes of one worker: two pipes, or two pseudo-terminals with `--tty`. They
/// live as long as the worker, because new ones for each test would cost more than most tests print.
class capture {
  public:
    static result<capture> open(const wire::configure& settings) {
        const os::terminal_size size{settings.terminal_columns, settings.terminal_rows};
        const auto make = [&] { return size.columns != 0 ? os::make_terminal(size) : os::make_pipe(); };
        result<os::pipe_ends> out = make();
        if (!out) return out.failure();
        result<os::pipe_ends> err = make();
        if (!err) return err.failure();
        capture made;
        made.out_ = std::move(out.value());
        made.err_ = std::move(err.value());
        made.kept_ = bounded_output(settings.output_limit);
        made.live_ = settings.live_output;
        made.in_pieces_ = size.columns != 0;
        return made;
    }

    const os::pipe_ends& out() const { return out_; }
    const os::pipe_ends& err() const { return err_; }
    bool holds_output() const { return !kept_.empty(); }

    /// Reads the available output and labels it with the running test. Output of an earlier test is sent first. The
    /// amount is limited, so that a test that prints endlessly does not block the worker.
    void read(const wire::lane& lane, outlet& to) {
        lane->reading.store(1, std::memory_order_seq_cst);
        const std::uint32_t running = lane->running.load(std::memory_order_seq_cst);
        if (running != 0 && running != label_) {
            send(to);
            label_ = running;
        }
        read_from(out_.read, stream::out, to);
        read_from(err_.read, stream::err, to);
        if (holds_output()) lane->captured.store(label_, std::memory_order_seq_cst);
        lane->reading.store(0, std::memory_order_seq_cst);
    }

    /// The same for the output of a setup. It has no ticket, because tests in the lane print elsewhere.
    void read_of_setup(outlet& to) {
        label_ = 0;
        read_from(out_.read, stream::out, to);
        read_from(err_.read, stream::err, to);
    }

    /// Drops the held output.
    void drop() { kept_.take(); }

    /// Sends the held output and that it is complete. Sends nothing if nothing was printed.
    void send(outlet& to) {
        if (!holds_output()) return;
        for (const output_piece& piece : kept_.take().pieces) {
            send_piece(piece, to);
        }
        to.say(wire::output_done{label_});
    }

    /// True if the held output belongs to a test that no longer runs.
    bool is_overdue(const wire::lane& lane) const {
        return holds_output() && (lane->running.load() != label_ || lane->over.load() == label_);
    }

    /// The next test process starts.
    void relabel(std::uint32_t ticket) { label_ = ticket; }

  private:
    static constexpr std::size_t chunk = 64 * 1024;
    static constexpr int most_chunks = 16;
    static constexpr std::size_t frame_text = 32 * 1024;

    void read_from(const os::descriptor& pipe, stream from, outlet& to) {
        static char buffer[chunk];
        for (int round = 0; round < most_chunks; ++round) {
            const os::read_outcome got = os::read_available(pipe, buffer, sizeof buffer);
            if (got.bytes == 0) return;
            const std::string_view text(buffer, got.bytes);
            kept_.add(from, text);
            if (live_ && label_ != 0) send_live(from, text, to);
            if (got.bytes < sizeof buffer && !in_pieces_) return;
        }
    }

    void send_live(stream from, std::string_view text, outlet& to) const {
        for (; !text.empty(); text.remove_prefix(std::min(text.size(), frame_text))) {
            to.say(wire::output{label_, from, 0, true, std::string(text.substr(0, frame_text))});
        }
    }

    void send_piece(const output_piece& piece, outlet& to) const {
        std::string_view text = piece.text;
        std::uint64_t dropped = piece.dropped_before;
        do {
            to.say(wire::output{label_, piece.from, dropped, false, std::string(text.substr(0, frame_text))});
            text.remove_prefix(std::min(text.size(), frame_text));
            dropped = 0;
        } while (!text.empty());
    }

    os::pipe_ends out_;
    os::pipe_ends err_;
    bounded_output kept_;
    std::uint32_t label_ = 0;
    bool live_ = false;
    bool in_pieces_ = false;  ///< a terminal: one read does not return all available bytes
};

}  // namespace cordon::engine::exec
