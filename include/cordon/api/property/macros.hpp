#pragma once

#include <cordon/api/property/expansion.hpp>

// The macro of <cordon/property.hpp> with its long name. docs/property-tests.md explains it.

#define CORDON_PROPERTY(title, ...) CORDON_PROPERTY_(CORDON_UNIQUE(cordon_property_), title, #__VA_ARGS__, __VA_ARGS__)
