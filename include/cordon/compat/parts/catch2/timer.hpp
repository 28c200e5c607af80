#pragma once

#include <chrono>
#include <cstdint>

namespace Catch {

/// A stopwatch.
class Timer {
  public:
    void start() { began_ = std::chrono::steady_clock::now(); }
    auto getElapsedNanoseconds() const -> std::uint64_t {
        return static_cast<std::uint64_t>(std::chrono::nanoseconds(std::chrono::steady_clock::now() - began_).count());
    }
    auto getElapsedMicroseconds() const -> std::uint64_t { return getElapsedNanoseconds() / 1000; }
    auto getElapsedMilliseconds() const -> unsigned { return static_cast<unsigned>(getElapsedNanoseconds() / 1000000); }
    auto getElapsedSeconds() const -> double { return static_cast<double>(getElapsedNanoseconds()) / 1e9; }

  private:
    std::chrono::steady_clock::time_point began_;
};

}  // namespace Catch
