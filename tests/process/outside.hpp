#pragma once

#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "queries.hpp"

namespace process_test {

// What the tests of children/outside.cpp, to which something happens from outside, say of themselves in the file "log"
// of a folder, and the sign there that some of them wait for.

inline command outside(std::vector<std::string> arguments, const temp_folder& folder) {
    command what;
    what.program = "outside";
    what.arguments = std::move(arguments);
    what.arguments.insert(what.arguments.end(), {"--color", "never"});
    what.environment = {{"LOG", folder / "log"}};
    return what;
}

inline std::size_t steps(const temp_folder& folder) { return count_of(read_file(folder / "log"), "step\n"); }

inline std::vector<long> workers_in(const temp_folder& folder) {
    std::vector<long> found;
    for (const std::string& line : lines_of(read_file(folder / "log"))) {
        if (line.rfind("worker ", 0) == 0) found.push_back(std::stol(line.substr(7)));
    }
    return found;
}

inline void give_sign(const temp_folder& folder) { std::ofstream(folder / "log.go") << "go"; }

}  // namespace process_test
