#include "../catch2_version.hpp"
