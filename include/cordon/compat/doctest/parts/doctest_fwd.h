// The name of doctest's declarations in its own folder.
#include "../../doctest.h"
