/// Recurrent layers and their cells.
#pragma once
#include <optional>
#include <tuple>

#include "frontend/nn/any_value.h"
#include "frontend/nn/cloneable.h"
#include "frontend/nn/options/rnn.h"
#include "frontend/nn/utils/rnn.h"

namespace torch {
namespace nn {
namespace detail {

/// The parameters of a recurrent network, weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0,
/// weight_hr_l0 (an LSTM with projections), weight_ih_l0_reverse, ...; all start uniform in
/// ±1 / sqrt(hidden).
template <typename Derived>
class RNNImplBase : public Cloneable<Derived> {
 public:
  explicit RNNImplBase(const RNNOptionsBase& options);
  void reset() override;
  void reset_parameters();
  void to(Device device, Dtype dtype, bool non_blocking = record::FalseAt()) override;
  void to(Dtype dtype, bool non_blocking = record::FalseAt()) override;
  void to(Device device, bool non_blocking = record::FalseAt()) override;
  void pretty_print(std::ostream& stream) const override;
  /// Nothing to do: compiled code packs weights as it needs them. (In libtorch it moves them to one
  /// block of memory for cuDNN.)
  void flatten_parameters() {}
  std::vector<Tensor> all_weights() const { return flat_weights_; }

  RNNOptionsBase options_base;

 protected:
  void reset_flat_weights();
  void check_input(const Tensor& input, const Tensor& batch_sizes) const;
  /// (layers * directions, batch, features) of the hidden state; `hidden_size` of the cells.
  std::vector<int64_t> state_size(const Tensor& input, const Tensor& batch_sizes,
                                  int64_t features) const;
  int64_t output_size() const;
  static Tensor permute_hidden(const Tensor& hx, const Tensor& permutation);

  std::vector<std::string> flat_weights_names_;
  std::vector<std::vector<std::string>> all_weights_;
  std::vector<Tensor> flat_weights_;
};

/// RNN and GRU: networks with one state.
template <typename Derived>
class OneStateRNN : public RNNImplBase<Derived> {
 public:
  using RNNImplBase<Derived>::RNNImplBase;
  /// input (T, B, input_size), or (B, T, input_size) if batch_first; hx (layers * directions, B,
  /// hidden_size), zeros unless given. Gives the last layer's output of all steps and the last
  /// states.
  std::tuple<Tensor, Tensor> forward(const Tensor& input, Tensor hx = {},
                                     Location where = Location::current());
  std::tuple<utils::rnn::PackedSequence, Tensor> forward_with_packed_input(
      const utils::rnn::PackedSequence& packed_input, Tensor hx = {},
      Location where = Location::current());

 protected:
  FORWARD_HAS_DEFAULT_ARGS({1, AnyValue(Tensor())})
  Tensor checked_state(const Tensor& input, const Tensor& batch_sizes, const Tensor& permutation,
                       Tensor hx) const;
};
}  // namespace detail

/// h' = tanh(W_ih x + b_ih + W_hh h + b_hh), or ReLU of it.
class RNNImpl : public detail::OneStateRNN<RNNImpl> {
 public:
  RNNImpl(int64_t input_size, int64_t hidden_size) : RNNImpl(RNNOptions(input_size, hidden_size)) {}
  explicit RNNImpl(const RNNOptions& options);
  RNNOptions options;
};
WEFT_MODULE(RNN);

/// r, z = sigmoid(W_ih x + b_ih + W_hh h + b_hh); n = tanh(W_in x + b_in + r (W_hn h + b_hn));
/// h' = (1 - z) n + z h.
class GRUImpl : public detail::OneStateRNN<GRUImpl> {
 public:
  GRUImpl(int64_t input_size, int64_t hidden_size) : GRUImpl(GRUOptions(input_size, hidden_size)) {}
  explicit GRUImpl(const GRUOptions& options);
  GRUOptions options;
};
WEFT_MODULE(GRU);

/// i, f, o = sigmoid(W x + b + U h + d), g = tanh(...); c' = f c + i g; h' = o tanh(c'), times the
/// projection if proj_size is given.
class LSTMImpl : public detail::RNNImplBase<LSTMImpl> {
 public:
  using States = std::tuple<Tensor, Tensor>;
  LSTMImpl(int64_t input_size, int64_t hidden_size)
      : LSTMImpl(LSTMOptions(input_size, hidden_size)) {}
  explicit LSTMImpl(const LSTMOptions& options);
  /// As RNN's; the states are h and c.
  std::tuple<Tensor, States> forward(const Tensor& input, std::optional<States> hx_opt = {},
                                     Location where = Location::current());
  std::tuple<utils::rnn::PackedSequence, States> forward_with_packed_input(
      const utils::rnn::PackedSequence& packed_input, std::optional<States> hx_opt = {},
      Location where = Location::current());
  LSTMOptions options;

 protected:
  FORWARD_HAS_DEFAULT_ARGS({1, AnyValue(std::optional<States>())})
  std::vector<Tensor> checked_states(const Tensor& input, const Tensor& batch_sizes,
                                     const Tensor& permutation,
                                     const std::optional<States>& hx) const;
};
WEFT_MODULE(LSTM);

namespace detail {
/// The parameters of a cell: weight_ih, weight_hh, bias_ih, bias_hh.
template <typename Derived>
class RNNCellImplBase : public Cloneable<Derived> {
 public:
  explicit RNNCellImplBase(const RNNCellOptionsBase& options);
  void reset() override;
  void reset_parameters();
  void pretty_print(std::ostream& stream) const override;
  RNNCellOptionsBase options_base;
  Tensor weight_ih, weight_hh, bias_ih, bias_hh;

 protected:
  void check_forward_input(const Tensor& input, const std::string& name) const;
  /// A state of zeros for this input.
  Tensor zero_state(const Tensor& input) const;
  virtual std::string get_nonlinearity_str() const;
};
}  // namespace detail

/// One step of an RNN: input (B, input_size) or (input_size), hx (B, hidden_size), zeros unless
/// given.
class RNNCellImpl : public detail::RNNCellImplBase<RNNCellImpl> {
 public:
  RNNCellImpl(int64_t input_size, int64_t hidden_size)
      : RNNCellImpl(RNNCellOptions(input_size, hidden_size)) {}
  explicit RNNCellImpl(const RNNCellOptions& options);
  Tensor forward(const Tensor& input, const Tensor& hx = {}, Location where = Location::current());
  RNNCellOptions options;

 protected:
  FORWARD_HAS_DEFAULT_ARGS({1, AnyValue(Tensor())})
  std::string get_nonlinearity_str() const override;
};
WEFT_MODULE(RNNCell);

/// One step of an LSTM: the next h and c.
class LSTMCellImpl : public detail::RNNCellImplBase<LSTMCellImpl> {
 public:
  using States = std::tuple<Tensor, Tensor>;
  LSTMCellImpl(int64_t input_size, int64_t hidden_size)
      : LSTMCellImpl(LSTMCellOptions(input_size, hidden_size)) {}
  explicit LSTMCellImpl(const LSTMCellOptions& options);
  States forward(const Tensor& input, std::optional<States> hx_opt = {},
                 Location where = Location::current());
  LSTMCellOptions options;

 protected:
  FORWARD_HAS_DEFAULT_ARGS({1, AnyValue(std::optional<States>())})
};
WEFT_MODULE(LSTMCell);

/// One step of a GRU.
class GRUCellImpl : public detail::RNNCellImplBase<GRUCellImpl> {
 public:
  GRUCellImpl(int64_t input_size, int64_t hidden_size)
      : GRUCellImpl(GRUCellOptions(input_size, hidden_size)) {}
  explicit GRUCellImpl(const GRUCellOptions& options);
  Tensor forward(const Tensor& input, const Tensor& hx = {}, Location where = Location::current());
  GRUCellOptions options;

 protected:
  FORWARD_HAS_DEFAULT_ARGS({1, AnyValue(Tensor())})
};
WEFT_MODULE(GRUCell);
}  // namespace nn
}  // namespace torch
