#include "../../catch2_listeners.hpp"
