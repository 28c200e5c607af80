#include "../catch2_timer.hpp"
