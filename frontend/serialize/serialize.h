/// torch::save and torch::load: tensors, lists of them, modules, optimizers, and whatever has `<<`
/// and `>>` with archives. To and from files, streams, functions and memory. What cannot be loaded
/// whole changes nothing.
#pragma once
#include "frontend/nn/module.h"
#include "frontend/optim/optimizer.h"
#include "frontend/serialize/archive.h"

namespace torch {
namespace serialize {
namespace detail {
/// An archive of `value`, and back.
template <class Value> OutputArchive archive_of(const Value& value) {
  OutputArchive archive;
  archive << value;
  return archive;
}
template <class Value> void extract(InputArchive& archive, Value& value) {
  archive.all_or_nothing([&] { archive >> value; });
}
OutputArchive archive_of(const std::vector<Tensor>& tensors);
void extract(InputArchive& archive, std::vector<Tensor>& tensors);
}  // namespace detail
}  // namespace serialize

template <class Value>
void save(const Value& value, const std::string& filename, WEFT_WHERE) {
  serialize::detail::archive_of(value).save_to(filename, where);
}
template <class Value> void save(const Value& value, std::ostream& stream, WEFT_WHERE) {
  serialize::detail::archive_of(value).save_to(stream, where);
}
template <class Value> void save(const Value& value, const serialize::Writer& func, WEFT_WHERE) {
  serialize::detail::archive_of(value).save_to(func, where);
}

/// Tensors come to where they were when they were saved, or all to `device`. A GPU that is not there
/// is an error.
template <class Value>
void load(Value& value, const std::string& filename, optional<Device> device = nullopt,
          WEFT_WHERE) {
  record::Call call(where);
  serialize::InputArchive archive;
  archive.load_from(filename, device, where);
  serialize::detail::extract(archive, value);
}
template <class Value>
void load(Value& value, std::istream& stream, optional<Device> device = nullopt, WEFT_WHERE) {
  record::Call call(where);
  serialize::InputArchive archive;
  archive.load_from(stream, device, where);
  serialize::detail::extract(archive, value);
}
template <class Value>
void load(Value& value, const char* data, size_t size, optional<Device> device = nullopt,
          WEFT_WHERE) {
  record::Call call(where);
  serialize::InputArchive archive;
  archive.load_from(data, size, device, where);
  serialize::detail::extract(archive, value);
}
template <class Value>
void load(Value& value, const serialize::Reader& read_func,
          const std::function<size_t()>& size_func, optional<Device> device = nullopt,
          WEFT_WHERE) {
  record::Call call(where);
  serialize::InputArchive archive;
  archive.load_from(read_func, size_func, device, where);
  serialize::detail::extract(archive, value);
}

namespace nn {
serialize::OutputArchive& operator<<(serialize::OutputArchive& archive,
                                     const std::shared_ptr<Module>& module);
serialize::InputArchive& operator>>(serialize::InputArchive& archive,
                                    const std::shared_ptr<Module>& module);
template <class M>
serialize::OutputArchive& operator<<(serialize::OutputArchive& archive,
                                     const ModuleHolder<M>& module) {
  return archive << std::static_pointer_cast<Module>(module.ptr());
}
template <class M>
serialize::InputArchive& operator>>(serialize::InputArchive& archive, ModuleHolder<M>& module) {
  return archive >> std::static_pointer_cast<Module>(module.ptr());
}
}  // namespace nn
namespace optim {
serialize::OutputArchive& operator<<(serialize::OutputArchive& archive, const Optimizer& optimizer);
serialize::InputArchive& operator>>(serialize::InputArchive& archive, Optimizer& optimizer);
}  // namespace optim
}  // namespace torch
