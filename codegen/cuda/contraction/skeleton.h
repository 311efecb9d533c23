/// The texts of skeleton/.
#pragma once

namespace torch {
namespace codegen {
namespace cuda {
namespace skeleton {
extern const char *const division, *const finish, *const matrices, *const product, *const threads,
                                                                                       *const tiles;
}  // namespace skeleton
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
