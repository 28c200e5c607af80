#include "../../catch2_generators.hpp"
