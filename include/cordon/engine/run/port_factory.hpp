#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/model/condition.hpp>
#include <cordon/engine/model/processor_times.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/model/touch.hpp>
#include <cordon/engine/run/port.hpp>

namespace cordon::engine::run {

/// What a run needs from the world behind its port.
struct port_wishes {
    isolate isolation = isolate::fork;  ///< never by_default; none: the tests run in this process
    bool many_tests = false;            ///< workers shall be made for many forks, at the price of a slower start
    condition under;                    ///< what is varied about the world, for as long as the port lives
};

/// What can be varied about the world behind ports.
struct variable_world {
    bool scheduling = false;       ///< processors and timers
    bool addresses = false;        ///< whether they are random
    bool fixed_addresses = false;  ///< they are not, even where nothing is varied
};

/// Watches what the tests use, as long as it lives.
class touch_source {
  public:
    virtual ~touch_source() = default;
    /// Ends the watching; all that was seen. May be called once.
    virtual vector<touch> finish() = 0;
};

/// Makes one port for each run. The program uses the factory of launch/; tests of sessions use one that makes fakes.
class port_factory {
  public:
    virtual ~port_factory() = default;
    virtual owned<port> make(const port_wishes& wanted) = 0;
    /// The time it is in that world, also while there is no port.
    virtual instant now() const { return engine::now(); }
    virtual variable_world can_vary() const { return {}; }
    /// Nothing if that is unknown.
    virtual optional<processor_times> processors() const { return nullopt; }
    /// Null where the system does not tell.
    virtual owned<touch_source> watch_touches() { return {}; }
};

}  // namespace cordon::engine::run
