#include <cmath>
#include <ostream>

#include "frontend/nn/init.h"
#include "frontend/nn/modules/rnn.h"
#include "frontend/nn/recurrent.h"
#include "frontend/tensor/factories.h"

namespace torch {
namespace nn {
namespace detail {

template <typename Derived>
RNNCellImplBase<Derived>::RNNCellImplBase(const RNNCellOptionsBase& options)
    : options_base(options) {
  reset();
}
template <typename Derived>
void RNNCellImplBase<Derived>::reset() {
  const RNNCellOptionsBase& o = options_base;
  const int64_t rows = o.num_chunks() * o.hidden_size();
  weight_ih = this->register_parameter("weight_ih", torch::empty({rows, o.input_size()}));
  weight_hh = this->register_parameter("weight_hh", torch::empty({rows, o.hidden_size()}));
  const auto bias = [&](const char* name) {
    return o.bias() ? this->register_parameter(name, torch::empty({rows}))
                    : this->register_parameter(name, Tensor(), /*requires_grad=*/false);
  };
  bias_ih = bias("bias_ih");
  bias_hh = bias("bias_hh");
  reset_parameters();
}
template <typename Derived>
void RNNCellImplBase<Derived>::reset_parameters() {
  const double bound = 1.0 / std::sqrt(static_cast<double>(options_base.hidden_size()));
  for (Tensor weight : this->parameters()) init::uniform_(weight, -bound, bound);
}
template <typename Derived>
void RNNCellImplBase<Derived>::pretty_print(std::ostream& stream) const {
  std::string name = this->name();
  name = name.substr(0, name.size() - 4);  // without "Impl"
  stream << name << "(" << options_base.input_size() << ", " << options_base.hidden_size();
  if (!options_base.bias()) stream << ", bias=" << std::boolalpha << false;
  const std::string nonlinearity = get_nonlinearity_str();
  if (!nonlinearity.empty() && nonlinearity != "kTanh") stream << ", nonlinearity=" << nonlinearity;
  stream << ")";
}
template <typename Derived>
void RNNCellImplBase<Derived>::check_forward_input(const Tensor& input,
                                                   const std::string& name) const {
  TORCH_CHECK(input.defined(), "Expected a proper Tensor but got None (or an undefined Tensor in C++)");
  TORCH_CHECK(input.dim() == 1 || input.dim() == 2, "Expected ", name, " to be 1D or 2D, got ",
              input.dim(), "D instead");
}
template <typename Derived>
Tensor RNNCellImplBase<Derived>::zero_state(const Tensor& input) const {
  std::vector<int64_t> size{options_base.hidden_size()};
  if (input.dim() == 2) size.insert(size.begin(), input.size(0));
  return torch::zeros(size, input.options().requires_grad(false));
}
template <typename Derived>
std::string RNNCellImplBase<Derived>::get_nonlinearity_str() const {
  return "";
}
template class RNNCellImplBase<RNNCellImpl>;
template class RNNCellImplBase<LSTMCellImpl>;
template class RNNCellImplBase<GRUCellImpl>;

namespace {
template <class Options>
RNNCellOptionsBase cell_base(const Options& o, int64_t gates) {
  return {o.input_size(), o.hidden_size(), o.bias(), gates};
}
}  // namespace
}  // namespace detail

RNNCellImpl::RNNCellImpl(const RNNCellOptions& options_)
    : RNNCellImplBase(detail::cell_base(options_, 1)), options(options_) {}
LSTMCellImpl::LSTMCellImpl(const LSTMCellOptions& options_)
    : RNNCellImplBase(detail::cell_base(options_, 4)), options(options_) {}
GRUCellImpl::GRUCellImpl(const GRUCellOptions& options_)
    : RNNCellImplBase(detail::cell_base(options_, 3)), options(options_) {}

std::string RNNCellImpl::get_nonlinearity_str() const {
  return enumtype::get_enum_name(options.nonlinearity());
}

Tensor RNNCellImpl::forward(const Tensor& input, const Tensor& hx, Location where) {
  Forward forward(*this, where);
  check_forward_input(input, "input");
  if (hx.defined()) check_forward_input(hx, "hidden");
  const Tensor h = hx.defined() ? hx : zero_state(input);
  const auto cell =
      std::get_if<enumtype::kTanh>(&options.nonlinearity()) ? torch::rnn_tanh_cell
                                                            : torch::rnn_relu_cell;
  return cell(In(input, where), h, weight_ih, weight_hh, bias_ih, bias_hh);
}

LSTMCellImpl::States LSTMCellImpl::forward(const Tensor& input, std::optional<States> hx_opt,
                                           Location where) {
  Forward forward(*this, where);
  check_forward_input(input, "input");
  std::vector<Tensor> hx;
  if (hx_opt) {
    check_forward_input(std::get<0>(*hx_opt), "hx[0]");
    check_forward_input(std::get<1>(*hx_opt), "hx[1]");
    hx = {std::get<0>(*hx_opt), std::get<1>(*hx_opt)};
  } else {
    hx = {zero_state(input), zero_state(input)};
  }
  return torch::lstm_cell(In(input, where), hx, weight_ih, weight_hh, bias_ih, bias_hh);
}

Tensor GRUCellImpl::forward(const Tensor& input, const Tensor& hx, Location where) {
  Forward forward(*this, where);
  check_forward_input(input, "input");
  if (hx.defined()) check_forward_input(hx, "hidden");
  const Tensor h = hx.defined() ? hx : zero_state(input);
  return torch::gru_cell(In(input, where), h, weight_ih, weight_hh, bias_ih, bias_hh);
}
}  // namespace nn
}  // namespace torch
