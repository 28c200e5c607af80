// The name of doctest's declarations, for files that have doctest/parts on their include path.
#include "doctest.h"
