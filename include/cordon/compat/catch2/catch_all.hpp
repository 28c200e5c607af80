#include "../catch2_all.hpp"
