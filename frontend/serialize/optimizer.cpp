// Optimizers in archives, as libtorch's: the state of each parameter, and each group's options and
// parameters, these by a number that the state is kept under.
#include "frontend/serialize/field_values_inside.h"
#include "frontend/serialize/serialize.h"
#include "frontend/tensor/factories.h"

namespace torch {
namespace optim {
namespace {
using serialize::InputArchive;
using serialize::OutputArchive;
using serialize::Value;

constexpr const char* version = "1.5.0";

template <class T> void write_fields(OutputArchive& archive, const T& object) {
  for (const Field& field : fields_of(object))
    if (const optional<Value> value = serialize::value_of(field)) archive.put(field.name, *value);
}
template <class T> void read_fields(InputArchive& archive, T& object) {
  for (const Field& field : fields_of(object)) {
    const Value* value = archive.find(field.name);
    if (!value && serialize::may_be_missing(field)) continue;
    TORCH_CHECK(value && serialize::take(field, *value), "the archive has ",
                value ? "a value of another type" : "no value", " as '", field.name, "'");
  }
}
int64_t read_size(InputArchive& archive, const std::string& key) {
  Tensor size;
  archive.read(key, size);
  TORCH_CHECK(size.numel() == 1 && size.scalar_type() == kLong && size.item<int64_t>() >= 0,
              "the archive has no number as '", key, "'");
  return size.item<int64_t>();
}

struct SavedGroup {
  std::vector<std::string> params;  // keys
  std::unique_ptr<OptimizerOptions> options;
};
SavedGroup read_group(InputArchive& archive, const OptimizerParamGroup& group) {
  SavedGroup saved;
  const int64_t count = read_size(archive, "params/size");
  TORCH_CHECK(count == static_cast<int64_t>(group.params().size()),
              "loaded state dict contains a parameter group that has a different size than the "
              "optimizer's parameter group");
  for (int64_t i = 0; i < count; ++i) {
    const Value* key = archive.find("params/" + std::to_string(i));
    TORCH_CHECK(key && key->get<std::string>(), "the archive lacks a parameter of a group");
    saved.params.push_back(*key->get<std::string>());
  }
  saved.options = group.options().clone();
  InputArchive options;
  archive.read("options", options);
  saved.options->serialize(options);
  return saved;
}
}  // namespace

void OptimizerOptions::serialize(OutputArchive& archive) const {
  TORCH_CHECK(!fields_of(*this).empty(),
              "void serialize(torch::serialize::OutputArchive& archive) has not been implemented for "
              "torch::optim::OptimizerOptions. You must override it in your subclass of "
              "torch::optim::OptimizerCloneableOptions<YourOptimizerOptions>.");
  write_fields(archive, *this);
}
void OptimizerOptions::serialize(InputArchive& archive) {
  TORCH_CHECK(!fields_of(*this).empty(),
              "void serialize(torch::serialize::InputArchive& archive) has not been implemented for "
              "torch::optim::OptimizerOptions. You must override it in your subclass of "
              "torch::optim::OptimizerCloneableOptions<YourOptimizerOptions>.");
  read_fields(archive, *this);
}
void OptimizerParamState::serialize(OutputArchive& archive) const {
  TORCH_CHECK(!fields_of(*this).empty(),
              "void serialize(torch::serialize::OutputArchive& archive) has not been implemented for "
              "torch::optim::OptimizerParamState. You must override it in your subclass of "
              "torch::optim::OptimizerCloneableParamState<YourOptimizerParamState>.");
  write_fields(archive, *this);
}
void OptimizerParamState::serialize(InputArchive& archive) {
  TORCH_CHECK(!fields_of(*this).empty(),
              "void serialize(torch::serialize::InputArchive& archive) has not been implemented for "
              "torch::optim::OptimizerParamState. You must override it in your subclass of "
              "torch::optim::OptimizerCloneableParamState<YourOptimizerParamState>.");
  read_fields(archive, *this);
}

void Optimizer::save(OutputArchive& archive) const {
  archive.put("pytorch_version", Value{std::string(version)});
  OutputArchive states, groups;
  groups.write("param_groups/size", torch::tensor(static_cast<int64_t>(param_groups_.size())));
  int64_t number = 0;
  for (size_t i = 0; i < param_groups_.size(); ++i) {
    const OptimizerParamGroup& group = param_groups_[i];
    OutputArchive entry, options;
    entry.write("params/size", torch::tensor(static_cast<int64_t>(group.params().size())));
    for (size_t j = 0; j < group.params().size(); ++j, ++number) {
      const std::string key = std::to_string(number);
      entry.put("params/" + std::to_string(j), Value{key});
      const auto found = state_.find(group.params()[j].unsafeGetTensorImpl());
      if (found == state_.end() || !found->second) continue;
      OutputArchive state;
      found->second->serialize(state);
      states.write(key, state);
    }
    group.options().serialize(options);
    entry.write("options", options);
    groups.write("param_groups/" + std::to_string(i), entry);
  }
  archive.write("state", states);
  archive.write("param_groups", groups);
}

void Optimizer::load(InputArchive& archive) {
  const Value* saved_version = archive.find("pytorch_version");
  TORCH_CHECK(saved_version && saved_version->get<std::string>() &&
                  *saved_version->get<std::string>() == version,
              "the archive holds no optimizer, or one of an old format");
  InputArchive states, groups;
  archive.read("state", states);
  archive.read("param_groups", groups);
  TORCH_CHECK(read_size(groups, "param_groups/size") == static_cast<int64_t>(param_groups_.size()),
              "loaded state dict has a different number of parameter groups");
  // All is read before anything is changed.
  std::vector<SavedGroup> saved;
  std::vector<std::pair<void*, std::unique_ptr<OptimizerParamState>>> fresh;
  for (size_t i = 0; i < param_groups_.size(); ++i) {
    InputArchive entry;
    groups.read("param_groups/" + std::to_string(i), entry);
    saved.push_back(read_group(entry, param_groups_[i]));
    for (size_t j = 0; j < saved[i].params.size(); ++j) {
      InputArchive archived;
      if (!states.try_read(saved[i].params[j], archived)) continue;
      std::unique_ptr<OptimizerParamState> state = new_state();
      TORCH_CHECK(state, "this optimizer does not say how its states are made");
      state->serialize(archived);
      fresh.emplace_back(param_groups_[i].params()[j].unsafeGetTensorImpl(), std::move(state));
    }
  }
  for (auto& [param, state] : fresh) state_[param] = std::move(state);
  for (size_t i = 0; i < saved.size(); ++i)
    param_groups_[i].set_options(std::move(saved[i].options));
}

OutputArchive& operator<<(OutputArchive& archive, const Optimizer& optimizer) {
  optimizer.save(archive);
  return archive;
}
InputArchive& operator>>(InputArchive& archive, Optimizer& optimizer) {
  optimizer.load(archive);
  return archive;
}
}  // namespace optim
}  // namespace torch
