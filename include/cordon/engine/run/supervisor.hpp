#pragma once

// The dispatcher with all its parts.

#include <cordon/engine/run/dispatcher.hpp>
#include <cordon/engine/run/dispatcher_end.hpp>
#include <cordon/engine/run/dispatcher_inbox.hpp>
#include <cordon/engine/run/dispatcher_pieces.hpp>
#include <cordon/engine/run/dispatcher_room.hpp>
#include <cordon/engine/run/dispatcher_watch.hpp>
#include <cordon/engine/run/dispatcher_work.hpp>
