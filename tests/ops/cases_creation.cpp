#include "tests/ops/op_case.h"

namespace torch {
namespace test {

void add_creation_cases(std::vector<OpCase>& cases) {
  using op::DType;
  for (DType dtype :
       {DType::Double, DType::Float, DType::Long, DType::Int, DType::Byte, DType::Bool})
    for (op::Dims sizes : {op::Dims{}, op::Dims{2, 3}, op::Dims{0}})
      cases.push_back({op::Op::constant,
                       {},
                       op::attrs::constant::pack(op::Literal::of(dtype, 1), sizes),
                       {},
                       ""});
  for (DType dtype : {DType::Double, DType::Float, DType::Long, DType::Int})
    cases.push_back({op::Op::iota, {}, op::attrs::iota::pack(op::Dims{2, 3}, 1, dtype), {}, ""});
  const Domain seed = Domain::list({42}), offset = Domain::list({7});
  for (DType dtype : {DType::Double, DType::Float})
    for (op::Op random : {op::Op::random_uniform, op::Op::random_normal})
      cases.push_back({random,
                       {{i64(), seed}, {i64(), offset}},
                       op::attrs::random_uniform::pack(op::Dims{3, 5}, dtype),
                       {},
                       ""});
  for (DType dtype : {DType::Long, DType::Int})
    cases.push_back({op::Op::random_bits,
                     {{i64(), seed}, {i64(), offset}},
                     op::attrs::random_bits::pack(op::Dims{3, 5}, dtype),
                     {},
                     ""});
}
}  // namespace test
}  // namespace torch
