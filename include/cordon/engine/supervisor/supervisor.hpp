#pragma once

// The supervisor's side, whole: the dispatcher with all its parts, and the ports it can run through.

#include <cordon/engine/supervisor/dispatcher.hpp>
#include <cordon/engine/supervisor/dispatcher_end.hpp>
#include <cordon/engine/supervisor/dispatcher_inbox.hpp>
#include <cordon/engine/supervisor/dispatcher_pieces.hpp>
#include <cordon/engine/supervisor/dispatcher_room.hpp>
#include <cordon/engine/supervisor/dispatcher_watch.hpp>
#include <cordon/engine/supervisor/dispatcher_work.hpp>
#include <cordon/engine/supervisor/inline_port.hpp>
#include <cordon/engine/supervisor/os_port.hpp>
