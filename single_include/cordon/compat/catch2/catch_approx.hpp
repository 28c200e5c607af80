#include "../catch2_approx.hpp"
