#include "frontend/tensor/print.h"

#include <iostream>
#include <vector>

#include "frontend/record/evaluate.h"
#include "frontend/record/tensor_impl.h"
#include "frontend/tensor/format_inside.h"
#include "ir/op/dtype.h"

namespace torch {
namespace {
// The elements row-major, as doubles. Looks at the value, not at the memory: printing pins nothing.
std::vector<double> values_of(const Tensor& tensor, Location where) {
  const record::Bytes bytes =
      record::host_bytes(record::read(tensor, "print", where), {"printing", where});
  std::vector<double> result(static_cast<size_t>(tensor.numel()));
  op::visit_dtype(tensor.scalar_type(), [&](auto zero) {
    const auto* elements = static_cast<const decltype(zero)*>(bytes.data());
    for (size_t i = 0; i < result.size(); ++i) result[i] = static_cast<double>(elements[i]);
  });
  return result;
}
}  // namespace

std::ostream& print(std::ostream& stream, In in, int64_t linesize) {
  const Tensor& tensor = in;
  if (!tensor.defined()) return stream << std::string("[ Tensor (undefined) ]");
  TORCH_CHECK(linesize > 0, "print: expected a positive line size, got ", linesize);
  const std::string text =
      format_tensor(values_of(tensor, record::located(in.where)).data(), tensor.sizes(),
                    tensor.toString(), linesize);
  return stream.write(text.data(), static_cast<std::streamsize>(text.size()));
}
void print(In tensor, int64_t linesize) { print(std::cout, tensor, linesize); }
std::ostream& operator<<(std::ostream& stream, In tensor) {
  return print(stream, tensor, 80);
}
}  // namespace torch
