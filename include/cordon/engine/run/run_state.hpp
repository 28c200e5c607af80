#pragma once

#include <string>

namespace cordon::engine::run {

/// How far the run is from its end. The dispatcher changes it; the parts of the run read it.
struct run_state {
    bool stopping = false;        ///< nothing new begins
    bool out_of_time = false;     ///< the run reached the global timeout
    bool in_trouble = false;      ///< an error of cordon itself: exit code 4
    int cancelled_by = 0;         ///< a signal
    std::string stopped_because;  ///< for tests without a verdict, and for the reports
};

}  // namespace cordon::engine::run
