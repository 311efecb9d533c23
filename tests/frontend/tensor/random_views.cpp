#include "tests/frontend/tensor/random_views.h"

#include <cmath>

#include "frontend/autograd/grad_mode.h"
#include "frontend/tensor/namespaces.h"
#include "frontend/tensor/operators.h"

namespace views {
namespace {
struct Types {
  model::Type model;
  torch::ScalarType weft;
};
const Types kTypes[] = {
    {model::Type::f64, torch::kDouble},   {model::Type::f64, torch::kDouble},
    {model::Type::f64, torch::kDouble},   {model::Type::f32, torch::kFloat},
    {model::Type::f32, torch::kFloat},    {model::Type::f16, torch::kHalf},
    {model::Type::bf16, torch::kBFloat16}, {model::Type::i64, torch::kLong},
    {model::Type::i32, torch::kInt},      {model::Type::i16, torch::kShort},
    {model::Type::i8, torch::kChar},      {model::Type::u8, torch::kByte},
    {model::Type::boolean, torch::kBool},
};

std::vector<double> doubles(const torch::Tensor& t) {
  const torch::Tensor flat = t.detach().to(torch::kDouble).contiguous();
  const double* p = flat.const_data_ptr<double>();
  return std::vector<double>(p, p + flat.numel());
}
}  // namespace

Program::Program(uint64_t seed) : random_(seed) {
  const Types& types = kTypes[seed % std::size(kTypes)];
  type_ = types.model;
  dtype_ = types.weft;
  graded_ = type_ <= model::Type::f32 && pick(0, 1);
}

void Program::run() {
  say(std::string(c10::toString(dtype_)) + (graded_ ? " with grad" : ""));
  for (int i = 0; i < 2; ++i) create();
  const int64_t steps = pick(4, 14);
  for (int64_t i = 0; i < steps && !testing::Test::HasFailure(); ++i) {
    step();
    if (pick(0, 5) == 0) compare(all_[any()]);
    if (all_.size() > 8) forget();
  }
  for (const Pair& pair : all_) compare(pair);
  if (graded_) compare_gradients();
}

torch::Tensor Program::numbers(const model::Sizes& sizes, double first) {
  int64_t count = 1;
  for (int64_t s : sizes) count *= s;
  return (torch::arange(count, torch::kDouble) + first).reshape(sizes).to(dtype_);
}

void Program::create() {
  model::Sizes sizes;
  const int64_t rank = pick(pick(0, 2) ? 1 : 0, 3);
  for (int64_t d = 0; d < rank; ++d) sizes.push_back(pick(pick(0, 20) ? 1 : 0, 4));
  model::Tensor m = model::map(model::iota(sizes), type_, [](double x) { return x; });
  if (graded_) {
    std::vector<double> direction;
    for (double& slope : *m.slopes) direction.push_back(slope = static_cast<double>(pick(-3, 3)));
    leaves_.push_back({numbers(sizes).requires_grad_(), direction});
    return add(leaves_.back().tensor * 1, m, "create");
  }
  if (type_ == model::Type::f64 && pick(0, 2) == 0) {
    // Memory of the program's own.
    auto memory = m.memory;
    const torch::Tensor t = torch::from_blob(
        memory->data(), sizes, [memory](void*) {}, torch::kDouble);
    return add(t, m, "from_blob");
  }
  add(numbers(sizes), m, "create");
}

void Program::add(torch::Tensor t, model::Tensor m, const std::string& what) {
  say(std::to_string(all_.size()) + " = " + what + " " + std::to_string(m.rank()) + "d");
  EXPECT_EQ(t.sizes().vec(), m.sizes) << text_;
  all_.push_back({t, m, false});
}
void Program::forget() {
  const size_t i = any();
  say("forget " + std::to_string(i));
  all_.erase(all_.begin() + static_cast<int64_t>(i));
}

void Program::step() {
  at_ = any();
  now_ = all_[at_];
  of_ = "(" + std::to_string(at_) + ")";
  const int64_t what = pick(0, 19);
  if (what < 11) return view();
  if (what == 11) return copy_out();
  if (what == 12 && type_ == model::Type::f64 && !graded_) return expose();
  write();
}

// Results keep their operands' order of dims in memory; the model has row-major ones.
void Program::copy_out() {
  if (is_bool() || pick(0, 1))
    return add(now_.weft.clone(torch::MemoryFormat::Contiguous), model::copy(now_.model),
               "clone" + of_);
  add((now_.weft + 1).contiguous(),
      model::map(now_.model, type_, [](double x) { return x + 1; }), "add" + of_);
}

// The program writes through an address that it was given.
void Program::expose() {
  if (now_.model.numel() == 0) return;
  double* p = now_.weft.data_ptr<double>();
  const double value = static_cast<double>(pick(100, 200));
  say("data_ptr" + of_ + "[0] = " + std::to_string(value));
  *p = value;
  now_.model.at(0) = value;
}

void Program::compare(const Pair& pair) {
  const std::vector<double> got = doubles(pair.weft), wanted = pair.model.values();
  ASSERT_EQ(got.size(), wanted.size()) << text_;
  for (size_t k = 0; k < wanted.size(); ++k)
    ASSERT_TRUE(got[k] == wanted[k] || (std::isnan(got[k]) && std::isnan(wanted[k])))
        << text_ << "tensor " << (&pair - all_.data()) << ", element " << k << ": " << got[k]
        << ", expected " << wanted[k];
}

// Of all tensors, weighted, along the direction that slopes are along.
void Program::compare_gradients() {
  torch::Tensor loss;
  double expected = 0, scale = 1, got = 0;
  for (const Pair& pair : all_) {
    if (!pair.weft.requires_grad()) continue;
    const torch::Tensor weights =
        (torch::arange(pair.model.numel(), torch::kDouble) + 1).reshape(pair.model.sizes);
    const torch::Tensor part = (pair.weft.to(torch::kDouble) * weights).sum();
    loss = loss.defined() ? loss + part : part;
    for (int64_t i = 0; i < pair.model.numel(); ++i) {
      const double term = pair.model.slope(i) * static_cast<double>(i + 1);
      expected += term;
      scale += std::fabs(term);
    }
  }
  if (!loss.defined()) return;
  loss.backward();
  for (const Leaf& leaf : leaves_) {
    if (!leaf.tensor.grad().defined()) continue;
    const std::vector<double> gradient = doubles(leaf.tensor.grad());
    for (size_t i = 0; i < gradient.size(); ++i) got += gradient[i] * leaf.direction[i];
  }
  EXPECT_LE(std::fabs(got - expected), 1e-6 * scale)
      << text_ << "gradient " << got << ", expected " << expected;
}
}  // namespace views
