// Defines functions of the engine, as the file with CORDON_MAIN does: visibility.py looks at their symbols.
#include <cordon/cordon.hpp>
#include <cordon/engine/exec/stringify.hpp>

namespace cordon::detail {

test_case::test_case(void (*body_)(const void*), location where_, const suite* owner_, const decorator* decorators_,
                     size_t count_, const void* context_) noexcept
    : body(body_),
      where(where_),
      owner(owner_),
      decorators(decorators_),
      count(count_),
      context(context_),
      next(nullptr) {}

void fail_message(const assertion_site&, operand_text) noexcept {}

}  // namespace cordon::detail
