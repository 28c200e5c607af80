#include "../../catch2_benchmark.hpp"
