#include "frontend/nn/any_module.h"

namespace torch {
namespace nn {

void AnyModulePlaceholder::check_count(size_t count, int required, size_t most) const {
  const std::string type = demangle(type_info);
  if (required >= 0) {
    TORCH_CHECK(count >= static_cast<size_t>(required) && count <= most, type,
                "'s forward() method expects at least ", required, " argument(s) and at most ",
                most, " argument(s), but received ", count, ".");
    return;
  }
  const std::string hint = " If " + type + "'s forward() method has default arguments, " +
                           "please make sure the forward() method is declared with a corresponding "
                           "`FORWARD_HAS_DEFAULT_ARGS` macro.";
  TORCH_CHECK(count == most, type, "'s forward() method expects ", most,
              " argument(s), but received ", count, ".", count < most ? hint : std::string());
}
}  // namespace nn
}  // namespace torch
