#pragma once

#include <cordon/api/expansion.hpp>
#include <cordon/api/listener/listener.hpp>

/// CORDON_REGISTER_LISTENER(Class) or (Class, order): a lower order is told first, 0 is the default. In any file of the
/// program, in the scope of a namespace.
#define CORDON_REGISTER_LISTENER(...) CORDON_REGISTER_LISTENER_(CORDON_UNIQUE(cordon_listener_), __VA_ARGS__, 0, )

#define CORDON_REGISTER_LISTENER_(entry, Class, order, ...)                              \
    CORDON_GLOBAL_BEGIN_                                                                 \
    static const ::cordon::detail::listener_entry entry{                                 \
        #Class, {__FILE__, __LINE__}, &::cordon::detail::listener_object<Class>, order}; \
    CORDON_GLOBAL_END_                                                                   \
    static_assert(true, "REGISTER_LISTENER")
