#pragma once

#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/model/condition.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/run/port.hpp>

namespace cordon::engine::run {

/// What a run needs of the world behind its port.
struct port_wishes {
    isolate isolation = isolate::fork;  ///< never by_default; none: the tests run in this process
    bool many_tests = false;            ///< workers shall be made for many forks, at the price of a slower start
    condition under;                    ///< what is varied about the world, for as long as the port lives
};

/// Makes ports, one a run. The program takes the one of launch/; tests of a session put one here that makes fakes.
class port_factory {
  public:
    virtual ~port_factory() = default;
    virtual owned<port> make(const port_wishes& wanted) = 0;
};

}  // namespace cordon::engine::run
