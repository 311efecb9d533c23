// Optimizers in archives, as libtorch's: the state of each parameter, and each group's options and
// parameters, these by a number that the state is kept under.
#include <map>

#include "frontend/optim/fields_inside.h"
#include "frontend/serialize/pickle.h"
#include "frontend/serialize/serialize.h"
#include "frontend/tensor/factories.h"

namespace torch {
namespace optim {
namespace {
using serialize::InputArchive;
using serialize::OutputArchive;
using serialize::Value;

constexpr const char* version = "1.5.0";

// Fields and what stands for them in an archive.
template <class T> Value make_shared_value(T v) { return {std::make_shared<T>(std::move(v))}; }
template <class Tensors> optional<Value> to_value(const Tensors& tensors) {
  serialize::List list{"Tensor", {}};
  for (const Tensor& t : tensors) {
    if (!t.defined()) return nullopt;
    list.values.push_back({t});
  }
  return make_shared_value(std::move(list));
}
struct ToValue {
  using Result = optional<Value>;  // none: nothing is written
  Result operator()(double* v) const { return Value{*v}; }
  Result operator()(int64_t* v) const { return Value{*v}; }
  Result operator()(unsigned* v) const { return Value{static_cast<int64_t>(*v)}; }
  Result operator()(bool* v) const { return Value{*v}; }
  Result operator()(std::tuple<double, double>* v) const {
    return make_shared_value(serialize::Tuple{{Value{std::get<0>(*v)}, Value{std::get<1>(*v)}}});
  }
  Result operator()(optional<int64_t>* v) const { return *v ? Value{**v} : Value{}; }
  Result operator()(optional<std::string>* v) const { return *v ? Value{**v} : Value{}; }
  Result operator()(std::vector<double>* v) const {
    serialize::List list{"float", {}};
    for (double number : *v) list.values.push_back({number});
    return make_shared_value(std::move(list));
  }
  Result operator()(Tensor* v) const { return v->defined() ? Result(Value{*v}) : nullopt; }
  Result operator()(std::deque<Tensor>* v) const { return to_value(*v); }
  Result operator()(optional<std::vector<Tensor>>* v) const {
    const Result list = *v ? to_value(**v) : nullopt;
    return list ? list : Value{};
  }
};

// True where the value is of the field's type.
struct FromValue {
  const Value& from;
  template <class T> bool plain(T* v) const {
    if (const T* stored = from.get<T>()) return *v = *stored, true;
    return false;
  }
  bool operator()(double* v) const { return plain(v); }
  bool operator()(int64_t* v) const { return plain(v); }
  bool operator()(bool* v) const { return plain(v); }
  bool operator()(Tensor* v) const { return plain(v); }
  bool operator()(unsigned* v) const {
    const int64_t* stored = from.get<int64_t>();
    if (stored) *v = static_cast<unsigned>(*stored);
    return stored;
  }
  bool operator()(std::tuple<double, double>* v) const {
    const serialize::Tuple* tuple = from.get<serialize::Tuple>();
    if (!tuple || tuple->values.size() != 2) return false;
    const double *a = tuple->values[0].get<double>(), *b = tuple->values[1].get<double>();
    if (a && b) *v = {*a, *b};
    return a && b;
  }
  template <class T> bool operator()(optional<T>* v) const {
    v->reset();
    if (from.none()) return true;
    T stored{};
    if (!(*this)(&stored)) return false;
    *v = std::move(stored);
    return true;
  }
  bool operator()(std::string* v) const { return plain(v); }
  template <class List> bool list(List* v) const {
    const serialize::List* stored = from.get<serialize::List>();
    if (!stored) return false;
    v->clear();
    for (const Value& element : stored->values) {
      const auto* one = element.get<typename List::value_type>();
      if (!one) return false;
      v->push_back(*one);
    }
    return true;
  }
  bool operator()(std::vector<double>* v) const { return list(v); }
  bool operator()(std::vector<Tensor>* v) const { return list(v); }
  bool operator()(std::deque<Tensor>* v) const { return list(v); }
};
bool may_be_missing(const Field& field) {
  return field.extra || std::holds_alternative<Tensor*>(field.place) ||
         std::holds_alternative<optional<int64_t>*>(field.place) ||
         std::holds_alternative<optional<std::string>*>(field.place) ||
         std::holds_alternative<optional<std::vector<Tensor>>*>(field.place);
}

template <class T> void write_fields(OutputArchive& archive, const T& object) {
  for (const Field& field : fields_of(object))
    if (const optional<Value> value = std::visit(ToValue(), field.place))
      archive.write(field.name, *value);
}
template <class T> void read_fields(InputArchive& archive, T& object) {
  for (const Field& field : fields_of(object)) {
    const Value* value = archive.find(field.name);
    if (!value && may_be_missing(field)) continue;
    TORCH_CHECK(value && std::visit(FromValue{*value}, field.place), "the archive has ",
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
  archive.write("pytorch_version", Value{std::string(version)});
  OutputArchive states, groups;
  groups.write("param_groups/size", torch::tensor(static_cast<int64_t>(param_groups_.size())));
  int64_t number = 0;
  for (size_t i = 0; i < param_groups_.size(); ++i) {
    const OptimizerParamGroup& group = param_groups_[i];
    OutputArchive entry, options;
    entry.write("params/size", torch::tensor(static_cast<int64_t>(group.params().size())));
    for (size_t j = 0; j < group.params().size(); ++j, ++number) {
      const std::string key = std::to_string(number);
      entry.write("params/" + std::to_string(j), Value{key});
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
