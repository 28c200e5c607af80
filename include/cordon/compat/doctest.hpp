// The other name of doctest.h.
#include "doctest.h"
