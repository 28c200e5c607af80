#include "../catch2_templates.hpp"
