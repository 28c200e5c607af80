#include "../catch2_session.hpp"
