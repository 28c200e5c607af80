#include "../../catch2_matchers.hpp"
