#pragma once

#include <cordon/engine/os/touch_watch.hpp>

#if !defined(CORDON_DETAIL_WATCHES_TOUCHES)

namespace cordon::engine::os {

bool can_watch_touches() { return false; }
touch_watch::touch_watch() = default;
touch_watch::~touch_watch() = default;
vector<touch> touch_watch::finish() { return {}; }

}  // namespace cordon::engine::os

#endif
