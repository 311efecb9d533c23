#include "frontend/nn/modules/rnn.h"

#include <cmath>
#include <ostream>

#include "frontend/nn/init.h"
#include "frontend/nn/recurrent.h"
#include "frontend/tensor/factories.h"

namespace torch {
namespace nn {
namespace detail {
namespace {
int64_t gates_of(const RNNOptionsBase& o) {
  if (std::get_if<enumtype::kLSTM>(&o.mode())) return 4;
  return std::get_if<enumtype::kGRU>(&o.mode()) ? 3 : 1;
}
// "1 2 4"
std::string spaced(const std::vector<int64_t>& sizes) {
  std::string text;
  for (int64_t size : sizes) text += (text.empty() ? "" : " ") + std::to_string(size);
  return text;
}
void check_state(const Tensor& hx, const std::vector<int64_t>& wanted, const char* what) {
  TORCH_CHECK(hx.sizes() == IntArrayRef(wanted), "Expected ", what, " size ", spaced(wanted),
              ", got ", hx.sizes());
}
Tensor zeros_of(const std::vector<int64_t>& sizes, const Tensor& like) {
  return torch::zeros(sizes, like.options().requires_grad(false));
}
}  // namespace

template <typename Derived>
RNNImplBase<Derived>::RNNImplBase(const RNNOptionsBase& options) : options_base(options) {
  reset();
}

template <typename Derived>
void RNNImplBase<Derived>::reset() {
  const RNNOptionsBase& o = options_base;
  TORCH_CHECK(0 <= o.dropout() && o.dropout() <= 1,
              "dropout should be a number in range [0, 1] representing the probability of an "
              "element being zeroed");
  if (o.dropout() > 0 && o.num_layers() == 1)
    TORCH_WARN("dropout option adds dropout after all but last recurrent layer, so non-zero dropout "
               "expects num_layers greater than 1, but got dropout=",
               o.dropout(), " and num_layers=", o.num_layers());
  TORCH_CHECK(o.hidden_size() > 0, "hidden_size must be greater than zero, got ", o.hidden_size());
  TORCH_CHECK(o.num_layers() > 0, "num_layers must be greater than zero, got ", o.num_layers());
  TORCH_CHECK(0 <= o.proj_size() && o.proj_size() < o.hidden_size(),
              "proj_size has to be a positive integer, smaller than hidden_size or zero to disable "
              "projections");
  if (o.proj_size() > 0)
    TORCH_CHECK(std::get_if<enumtype::kLSTM>(&o.mode()),
                "proj_size argument is only supported for LSTM, not RNN or GRU");
  flat_weights_names_.clear();
  all_weights_.clear();
  const int64_t directions = o.bidirectional() ? 2 : 1, rows = gates_of(o) * o.hidden_size();
  for (int64_t layer = 0; layer < o.num_layers(); ++layer) {
    const int64_t in = layer == 0 ? o.input_size() : output_size() * directions;
    for (int64_t d = 0; d < directions; ++d) {
      const std::string of = std::to_string(layer) + (d == 1 ? "_reverse" : "");
      std::vector<std::string> names;
      const auto add = [&](const char* name, std::vector<int64_t> sizes) {
        names.push_back(name + of);
        this->register_parameter(names.back(), torch::empty(sizes));
      };
      add("weight_ih_l", {rows, in});
      add("weight_hh_l", {rows, output_size()});
      if (o.bias()) add("bias_ih_l", {rows}), add("bias_hh_l", {rows});
      if (o.proj_size() > 0) add("weight_hr_l", {o.proj_size(), o.hidden_size()});
      flat_weights_names_.insert(flat_weights_names_.end(), names.begin(), names.end());
      all_weights_.push_back(names);
    }
  }
  reset_flat_weights();
  reset_parameters();
}

template <typename Derived>
void RNNImplBase<Derived>::reset_flat_weights() {
  flat_weights_.clear();
  for (const std::string& name : flat_weights_names_)
    flat_weights_.push_back(this->parameters_[name]);
}

template <typename Derived>
void RNNImplBase<Derived>::reset_parameters() {
  const double bound = 1.0 / std::sqrt(static_cast<double>(options_base.hidden_size()));
  for (Tensor& weight : flat_weights_) init::uniform_(weight, -bound, bound);
}

template <typename Derived>
void RNNImplBase<Derived>::to(Device device, Dtype dtype, bool non_blocking) {
  Cloneable<Derived>::to(device, dtype, non_blocking);
  reset_flat_weights();
}
template <typename Derived>
void RNNImplBase<Derived>::to(Dtype dtype, bool non_blocking) {
  Cloneable<Derived>::to(dtype, non_blocking);
  reset_flat_weights();
}
template <typename Derived>
void RNNImplBase<Derived>::to(Device device, bool non_blocking) {
  Cloneable<Derived>::to(device, non_blocking);
  reset_flat_weights();
}

template <typename Derived>
void RNNImplBase<Derived>::pretty_print(std::ostream& stream) const {
  const RNNOptionsBase& o = options_base;
  const std::string mode = enumtype::get_enum_name(o.mode());  // "kLSTM", "kRNN_TANH"
  stream << std::boolalpha << "torch::nn::" << mode.substr(1, mode.find('_') - 1)
         << "(input_size=" << o.input_size() << ", hidden_size=" << o.hidden_size()
         << ", num_layers=" << o.num_layers() << ", bias=" << o.bias()
         << ", batch_first=" << o.batch_first() << ", dropout=" << o.dropout()
         << ", bidirectional=" << o.bidirectional();
  if (o.proj_size() > 0) stream << ", proj_size=" << o.proj_size();
  stream << ")";
}

template <typename Derived>
int64_t RNNImplBase<Derived>::output_size() const {
  return options_base.proj_size() > 0 ? options_base.proj_size() : options_base.hidden_size();
}

template <typename Derived>
void RNNImplBase<Derived>::check_input(const Tensor& input, const Tensor& batch_sizes) const {
  TORCH_CHECK(input.defined(), "Expected a proper Tensor but got None (or an undefined Tensor in C++)");
  const int64_t wanted = batch_sizes.defined() ? 2 : 3;
  TORCH_CHECK(input.dim() == wanted, "input must have ", wanted, " dimensions, got ", input.dim());
  TORCH_CHECK(input.size(-1) == options_base.input_size(),
              "input.size(-1) must be equal to input_size. Expected ", options_base.input_size(),
              ", got ", input.size(-1));
  const ScalarType wants = flat_weights_[0].scalar_type();
  TORCH_CHECK(input.scalar_type() == wants, "mat1 and mat2 must have the same dtype, but got ",
              input.scalar_type(), " and ", wants);
}

template <typename Derived>
std::vector<int64_t> RNNImplBase<Derived>::state_size(const Tensor& input,
                                                      const Tensor& batch_sizes,
                                                      int64_t features) const {
  const int64_t batch = batch_sizes.defined() ? batch_sizes.select(0, 0).item<int64_t>()
                                              : input.size(options_base.batch_first() ? 0 : 1);
  return {options_base.num_layers() * (options_base.bidirectional() ? 2 : 1), batch, features};
}

template <typename Derived>
Tensor RNNImplBase<Derived>::permute_hidden(const Tensor& hx, const Tensor& permutation) {
  return permutation.defined() && hx.defined() ? hx.index_select(1, permutation) : hx;
}

template <typename Derived>
Tensor OneStateRNN<Derived>::checked_state(const Tensor& input, const Tensor& batch_sizes,
                                           const Tensor& permutation, Tensor hx) const {
  this->check_input(input, batch_sizes);
  const std::vector<int64_t> size = this->state_size(input, batch_sizes, this->output_size());
  if (!hx.defined()) return zeros_of(size, input);
  check_state(hx, size, "hidden");
  return this->permute_hidden(hx, permutation);
}

namespace {
// The function of a mode.
template <class... Args>
std::tuple<Tensor, Tensor> call_mode(const RNNOptionsBase& o, Args&&... args) {
  if (std::get_if<enumtype::kGRU>(&o.mode())) return torch::gru(std::forward<Args>(args)...);
  if (std::get_if<enumtype::kRNN_RELU>(&o.mode()))
    return torch::rnn_relu(std::forward<Args>(args)...);
  return torch::rnn_tanh(std::forward<Args>(args)...);
}
}  // namespace

template <typename Derived>
std::tuple<Tensor, Tensor> OneStateRNN<Derived>::forward(const Tensor& input, Tensor hx,
                                                         Location where) {
  Forward forward(*this, where);
  const RNNOptionsBase& o = this->options_base;
  hx = checked_state(input, {}, {}, hx);
  return call_mode(o, In(input, where), hx, TensorList(this->flat_weights_), o.bias(),
                   o.num_layers(), o.dropout(), this->is_training(), o.bidirectional(),
                   o.batch_first());
}

template <typename Derived>
std::tuple<utils::rnn::PackedSequence, Tensor> OneStateRNN<Derived>::forward_with_packed_input(
    const utils::rnn::PackedSequence& packed, Tensor hx, Location where) {
  Forward forward(*this, where);
  const RNNOptionsBase& o = this->options_base;
  hx = checked_state(packed.data(), packed.batch_sizes(), packed.sorted_indices(), hx);
  auto [output, last] = call_mode(o, In(packed.data(), where), packed.batch_sizes(), hx,
                                  TensorList(this->flat_weights_), o.bias(), o.num_layers(),
                                  o.dropout(), this->is_training(), o.bidirectional());
  return {utils::rnn::PackedSequence(output, packed.batch_sizes(), packed.sorted_indices(),
                                     packed.unsorted_indices(), where),
          this->permute_hidden(last, packed.unsorted_indices())};
}

template class RNNImplBase<RNNImpl>;
template class RNNImplBase<GRUImpl>;
template class RNNImplBase<LSTMImpl>;
template class OneStateRNN<RNNImpl>;
template class OneStateRNN<GRUImpl>;

namespace {
template <class Options>
RNNOptionsBase base_of(RNNOptionsBase::rnn_options_base_mode_t mode, const Options& o) {
  return RNNOptionsBase(mode, o.input_size(), o.hidden_size())
      .num_layers(o.num_layers())
      .bias(o.bias())
      .batch_first(o.batch_first())
      .dropout(o.dropout())
      .bidirectional(o.bidirectional());
}
RNNOptionsBase::rnn_options_base_mode_t mode_of(const RNNOptions& o) {
  if (std::get_if<enumtype::kTanh>(&o.nonlinearity())) return torch::kRNN_TANH;
  return torch::kRNN_RELU;
}
}  // namespace
}  // namespace detail

RNNImpl::RNNImpl(const RNNOptions& options_)
    : OneStateRNN(detail::base_of(detail::mode_of(options_), options_)), options(options_) {}
GRUImpl::GRUImpl(const GRUOptions& options_)
    : OneStateRNN(detail::base_of(torch::kGRU, options_)), options(options_) {}
LSTMImpl::LSTMImpl(const LSTMOptions& options_)
    : RNNImplBase(detail::base_of(torch::kLSTM, options_).proj_size(options_.proj_size())),
      options(options_) {}

std::vector<Tensor> LSTMImpl::checked_states(const Tensor& input, const Tensor& batch_sizes,
                                             const Tensor& permutation,
                                             const std::optional<States>& hx) const {
  check_input(input, batch_sizes);
  const std::vector<int64_t> h = state_size(input, batch_sizes, output_size()),
                             c = state_size(input, batch_sizes, options_base.hidden_size());
  if (!hx) return {detail::zeros_of(h, input), detail::zeros_of(c, input)};
  detail::check_state(std::get<0>(*hx), h, "hidden[0]");
  detail::check_state(std::get<1>(*hx), c, "hidden[1]");
  return {permute_hidden(std::get<0>(*hx), permutation),
          permute_hidden(std::get<1>(*hx), permutation)};
}

std::tuple<Tensor, LSTMImpl::States> LSTMImpl::forward(const Tensor& input,
                                                       std::optional<States> hx_opt,
                                                       Location where) {
  Forward forward(*this, where);
  const auto& o = options_base;
  const std::vector<Tensor> hx = checked_states(input, {}, {}, hx_opt);
  auto [output, h, c] =
      torch::lstm(In(input, where), hx, flat_weights_, o.bias(), o.num_layers(), o.dropout(),
                  is_training(), o.bidirectional(), o.batch_first());
  return {output, {h, c}};
}

std::tuple<utils::rnn::PackedSequence, LSTMImpl::States> LSTMImpl::forward_with_packed_input(
    const utils::rnn::PackedSequence& packed, std::optional<States> hx_opt, Location where) {
  Forward forward(*this, where);
  const auto& o = options_base;
  const std::vector<Tensor> hx =
      checked_states(packed.data(), packed.batch_sizes(), packed.sorted_indices(), hx_opt);
  auto [output, h, c] =
      torch::lstm(In(packed.data(), where), packed.batch_sizes(), hx, flat_weights_, o.bias(),
                  o.num_layers(), o.dropout(), is_training(), o.bidirectional());
  const Tensor& back = packed.unsorted_indices();
  return {utils::rnn::PackedSequence(output, packed.batch_sizes(), packed.sorted_indices(), back,
                                     where),
          {permute_hidden(h, back), permute_hidden(c, back)}};
}
}  // namespace nn
}  // namespace torch
