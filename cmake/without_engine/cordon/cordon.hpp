// Before the real header in the path of a program that defines CORDON_MAIN, as a user's does, and is linked with an
// engine that others share.
#undef CORDON_MAIN
#include "../../../include/cordon/cordon.hpp"
