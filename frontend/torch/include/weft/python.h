/// Tensors and NumPy arrays over one memory, for modules made with pybind11 (Debian's pybind11-dev).
/// In a file that includes this, functions bound with pybind11 take and return torch::Tensor as
/// numpy.ndarray; or call the two functions.
///
///   PYBIND11_MODULE(example, m) {
///     m.def("double", [](torch::Tensor x) { return x * 2; });
///   }
#pragma once
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <torch/types.h>

namespace torch {
namespace python {
namespace detail {
struct Kind {
  ScalarType type;
  const char* numpy;
};
// bfloat16 has no name in NumPy.
constexpr Kind kinds[] = {{kByte, "uint8"},    {kChar, "int8"},     {kShort, "int16"},
                          {kInt, "int32"},     {kLong, "int64"},    {kHalf, "float16"},
                          {kFloat, "float32"}, {kDouble, "float64"}, {kBool, "bool"}};
}  // namespace detail

/// An array over the tensor's memory: what is written to one is in the other. Refused for tensors
/// that require a gradient (detach() them), that are on a GPU (cpu()), and for bfloat16.
inline pybind11::array numpy(const Tensor& tensor, Location where = Location::current()) {
  WEFT_CHECK_AT(where, !tensor.requires_grad(),
                "Can't call numpy() on Tensor that requires grad. "
                "Use tensor.detach().numpy() instead.");
  WEFT_CHECK_AT(where, tensor.is_cpu(), "can't convert ", tensor.device(),
                " device type tensor to numpy. Use Tensor.cpu() to copy the tensor to host memory "
                "first.");
  const char* name = nullptr;
  for (const detail::Kind& kind : detail::kinds)
    if (kind.type == tensor.scalar_type()) name = kind.numpy;
  WEFT_CHECK_AT(where, name, "Got unsupported ScalarType ", tensor.scalar_type());
  std::vector<pybind11::ssize_t> sizes(tensor.sizes().begin(), tensor.sizes().end()), strides;
  for (const int64_t stride : tensor.strides())
    strides.push_back(stride * static_cast<int64_t>(tensor.element_size()));
  void* data = tensor.mutable_data_ptr(where);
  const pybind11::capsule owner(new Tensor(tensor.detach()),
                                [](void* held) { delete static_cast<Tensor*>(held); });
  return pybind11::array(pybind11::dtype(name), std::move(sizes), std::move(strides), data, owner);
}

/// A tensor over the array's memory, which it keeps alive. Refused for elements that are no numbers
/// of this library's types, in another byte order, and for negative strides (copy() the array).
inline Tensor from_numpy(pybind11::array array, Location where = Location::current()) {
  WEFT_CHECK_AT(where, pybind11::cast<bool>(array.dtype().attr("isnative")),
                "given numpy array has byte order different from the native byte order. "
                "Conversion between byte orders is currently not supported.");
  const std::string name = pybind11::str(array.dtype().attr("name"));
  ScalarType type = ScalarType::Undefined;
  for (const detail::Kind& kind : detail::kinds)
    if (name == kind.numpy) type = kind.type;
  WEFT_CHECK_AT(where, type != ScalarType::Undefined, "can't convert np.ndarray of type ", name,
                ". The only supported types are: float64, float32, float16, int64, int32, int16, "
                "int8, uint8, and bool.");
  std::vector<int64_t> sizes(array.shape(), array.shape() + array.ndim()), strides;
  const auto bytes = static_cast<int64_t>(array.itemsize());
  for (pybind11::ssize_t d = 0; d < array.ndim(); ++d) {
    const int64_t stride = array.strides(d);
    WEFT_CHECK_AT(where, stride >= 0,
                  "At least one stride in the given numpy array is negative, and tensors with "
                  "negative strides are not currently supported. (You can probably work around "
                  "this by making a copy of your array  with array.copy().) ");
    WEFT_CHECK_AT(where, stride % bytes == 0,
                  "given numpy array strides not a multiple of the element byte size. Copy the "
                  "numpy array to reallocate the memory.");
    strides.push_back(stride / bytes);
  }
  if (!array.writeable())
    TORCH_WARN_ONCE(
        "The given NumPy array is not writable, and tensors are always: writing to this tensor "
        "is undefined. Copy the array first.");
  // The array's count is Python's; whoever lets go of the tensor may not hold Python's lock.
  PyObject* held = array.inc_ref().ptr();
  const auto let_go = [held](void*) {
    if (!Py_IsInitialized()) return;
    const pybind11::gil_scoped_acquire lock;
    Py_DECREF(held);
  };
  return torch::from_blob(const_cast<void*>(array.data()), sizes, strides, let_go,
                          TensorOptions(type), where);
}
}  // namespace python
}  // namespace torch

namespace pybind11 {
namespace detail {
template <> struct type_caster<torch::Tensor> {
  PYBIND11_TYPE_CASTER(torch::Tensor, const_name("numpy.ndarray"));
  bool load(handle source, bool) {
    if (!isinstance<array>(source)) return false;
    value = torch::python::from_numpy(reinterpret_borrow<array>(source), torch::Location::none());
    return true;
  }
  static handle cast(const torch::Tensor& tensor, return_value_policy, handle) {
    if (!tensor.defined()) return none().release();
    return torch::python::numpy(tensor, torch::Location::none()).release();
  }
};
}  // namespace detail
}  // namespace pybind11
