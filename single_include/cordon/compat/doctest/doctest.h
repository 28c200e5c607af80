// The name of doctest.h in doctest's own folder.
#include "../doctest.h"
