// The writes in place of a random program.
#include <algorithm>
#include <cmath>

#include "frontend/autograd/grad_mode.h"
#include "frontend/tensor/indexing.h"
#include "frontend/tensor/namespaces.h"
#include "frontend/tensor/operators.h"
#include "tests/frontend/tensor/random_views.h"

namespace views {
namespace {
enum On : unsigned { floats = 1, integers = 2, bools = 4, grads = 8 };
struct Elementwise {
  const char* name;
  unsigned on;
  void (*weft)(const torch::Tensor& t);
  double (*value)(double x);
  double (*slope)(double x);
};
double none(double) { return 0; }
double one(double) { return 1; }
double modulo(double x) {
  const double r = std::fmod(x, 5);
  return r < 0 ? r + 5 : r;
}
int64_t bits(double x) { return static_cast<int64_t>(x); }

// Where gradients go on: ops whose torch node saves nothing that a later write could change.
const Elementwise kElementwise[] = {
    {"mul_", floats | integers | grads, [](const torch::Tensor& t) { t.mul_(2); },
     [](double x) { return x * 2; }, [](double) { return 2.0; }},
    {"add_", floats | integers | grads, [](const torch::Tensor& t) { t.add_(3, 2); },
     [](double x) { return x + 6; }, one},
    {"sub_", floats | integers | grads, [](const torch::Tensor& t) { t.sub_(1); },
     [](double x) { return x - 1; }, one},
    {"neg_", floats | integers | grads, [](const torch::Tensor& t) { t.neg_(); },
     [](double x) { return -x; }, [](double) { return -1.0; }},
    {"abs_", floats | integers | grads, [](const torch::Tensor& t) { t.abs_(); },
     [](double x) { return std::fabs(x); },
     [](double x) { return x > 0 ? 1.0 : x < 0 ? -1.0 : 0.0; }},
    {"clamp_max_", floats | integers | grads, [](const torch::Tensor& t) { t.clamp_max_(9); },
     [](double x) { return x > 9 ? 9 : x; }, [](double x) { return x < 9 ? 1.0 : 0.0; }},
    {"clamp_", floats | integers | grads, [](const torch::Tensor& t) { t.clamp_(1, 20); },
     [](double x) { return x < 1 ? 1 : x > 20 ? 20 : x; },
     [](double x) { return x > 1 && x < 20 ? 1.0 : 0.0; }},
    {"fmod_", floats | integers | grads, [](const torch::Tensor& t) { t.fmod_(7); },
     [](double x) { return std::fmod(x, 7); }, one},
    {"remainder_", floats | integers | grads, [](const torch::Tensor& t) { t.remainder_(5); },
     modulo, one},
    {"sign_", floats | integers | grads, [](const torch::Tensor& t) { t.sign_(); },
     [](double x) { return x > 0 ? 1.0 : x < 0 ? -1.0 : x; }, none},
    {"floor_", floats | integers | grads, [](const torch::Tensor& t) { t.floor_(); },
     [](double x) { return std::floor(x); }, none},
    {"round_", floats | integers | grads, [](const torch::Tensor& t) { t.round_(); },
     [](double x) { return std::nearbyint(x); }, none},
    {"trunc_", floats | integers | grads, [](const torch::Tensor& t) { t.trunc_(); },
     [](double x) { return std::trunc(x); }, none},
    {"lt_", floats | integers | bools | grads, [](const torch::Tensor& t) { t.lt_(3); },
     [](double x) { return x < 3 ? 1.0 : 0.0; }, none},
    {"relu_", floats | integers, [](const torch::Tensor& t) { t.relu_(); },
     [](double x) { return x > 0 || std::isnan(x) ? x : 0; }, none},
    {"logical_not_", floats | integers | bools,
     [](const torch::Tensor& t) { t.logical_not_(); }, [](double x) { return x == 0 ? 1.0 : 0.0; },
     none},
    {"bitwise_and_", integers, [](const torch::Tensor& t) { t.bitwise_and_(6); },
     [](double x) { return static_cast<double>(bits(x) & 6); }, none},
    {"bitwise_xor_", integers, [](const torch::Tensor& t) { t.bitwise_xor_(5); },
     [](double x) { return static_cast<double>(bits(x) ^ 5); }, none},
    {"floor_divide_", integers, [](const torch::Tensor& t) { t.floor_divide_(2); },
     [](double x) { return std::floor(x / 2); }, none},
    {"fill_", floats | integers | bools | grads, [](const torch::Tensor& t) { t.fill_(7); },
     [](double) { return 7.0; }, none},
    {"zero_", floats | integers | bools | grads, [](const torch::Tensor& t) { t.zero_(); }, none,
     none},
    {"copy_", floats | integers | bools | grads,
     [](const torch::Tensor& t) { t.copy_(torch::full({}, 11.0, torch::kDouble)); },
     [](double) { return 11.0; }, none},
    {"masked_fill_", floats | integers | bools | grads,
     [](const torch::Tensor& t) { t.masked_fill_(t > 3, 2); },
     [](double x) { return x > 3 ? 2 : x; }, [](double x) { return x > 3 ? 0.0 : 1.0; }},
    {"nan_to_num_", floats, [](const torch::Tensor& t) { t.nan_to_num_(0, 1, -1); },
     [](double x) { return std::isnan(x) ? 0 : std::isinf(x) ? (x > 0 ? 1.0 : -1.0) : x; }, one},
};

bool fits(const model::Sizes& from, const model::Sizes& to) {
  if (from.size() > to.size()) return false;
  for (size_t i = 0; i < from.size(); ++i) {
    const int64_t wanted = to[to.size() - from.size() + i];
    if (from[i] != wanted && from[i] != 1) return false;
  }
  return true;
}
}  // namespace

bool Program::may_write(bool with_grad_of_others) {
  const bool grad = graded_ && (now_.weft.requires_grad() || with_grad_of_others);
  if (!now_.model.overlaps() && !(now_.one_of_several && grad)) return true;
  EXPECT_THROW(now_.weft.fill_(1), c10::Error) << text_ << "write to " << at_;
  return false;
}

void Program::write() {
  switch (pick(0, 9)) {
    case 0: return write_other();
    case 1: return write_running();
    case 2: return write_triangle();
    case 3: return write_chosen();
    case 4: return write_slices();
    case 5: return write_places();
    case 6: return reshape_in_place();
    default: return write_element_by_element();
  }
}

// Sometimes without grad: then values change and gradients do not.
void Program::write_back(const std::string& name, const std::function<void()>& op,
                         const model::Tensor& value) {
  const bool plain = graded_ && pick(0, 5) == 0;
  if (!plain && !may_write(false)) return;
  if (now_.model.overlaps()) return;
  say(name + of_ + (plain ? " without grad" : ""));
  torch::AutoGradMode grad(!plain);
  op();
  model::write(now_.model, value, plain);
}

void Program::write_element_by_element() {
  const unsigned type = is_bool() ? bools : whole_numbers() ? integers : floats;
  const unsigned wanted = graded_ ? type | grads : type;
  const Elementwise* op;
  do {
    op = &kElementwise[pick(0, std::size(kElementwise) - 1)];
  } while ((op->on & wanted) != wanted);
  write_back(op->name, [&] { op->weft(now_.weft); },
             model::map(now_.model, type_, op->value, op->slope));
}

void Program::write_other() {
  const Pair other = all_[any()];
  // Overlapping memory is read as it was, or refused: torch leaves it open.
  if (!fits(other.model.sizes, now_.model.sizes) || other.model.memory == now_.model.memory) return;
  if (!may_write(other.weft.requires_grad())) return;
  if (is_bool() || pick(0, 1))
    return write_back("copy_ ", [&] { now_.weft.copy_(other.weft); }, other.model);
  if (pick(0, 1))
    return write_back("add_ ", [&] { now_.weft.add_(other.weft, 2); },
                      model::add(now_.model, other.model, 2, type_));
  write_back("sub_ ", [&] { now_.weft.sub_(other.weft); },
             model::add(now_.model, other.model, -1, type_));
}

void Program::write_running() {
  const model::Tensor& m = now_.model;
  if (m.rank() == 0 || m.numel() == 0 || is_bool()) return write_element_by_element();
  write_back("cumsum_", [&] { now_.weft.cumsum_(-1); }, model::running_sum(m, type_));
}

void Program::write_triangle() {
  const model::Tensor& m = now_.model;
  if (m.rank() < 2 || m.numel() == 0) return write_element_by_element();
  const int64_t rows = m.sizes[m.sizes.size() - 2], columns = m.sizes.back();
  const int64_t offset = pick(-1, 1), way = pick(0, m.rank() == 2 ? 2 : 1);
  model::Tensor next = model::copy(m);
  for (int64_t i = 0; i < m.numel(); ++i) {
    const int64_t row = i / columns % rows, column = i % columns;
    const bool stays = way == 0   ? column - row <= offset
                       : way == 1 ? column - row >= offset
                                  : column != row;
    if (stays) continue;
    next.at(i) = way == 2 ? model::rounded(4, type_) : 0;
    next.slope(i) = 0;
  }
  write_back(way == 0 ? "tril_" : way == 1 ? "triu_" : "fill_diagonal_", [&] {
    if (way == 0) now_.weft.tril_(offset);
    else if (way == 1) now_.weft.triu_(offset);
    else now_.weft.fill_diagonal_(4);
  }, next);
}

// Where a mask holds: numbers in a row.
void Program::write_chosen() {
  const model::Tensor& m = now_.model;
  if (m.rank() == 0 || m.numel() == 0) return write_element_by_element();
  model::Tensor next = model::copy(m);
  double number = 0;
  for (int64_t i = 0; i < m.numel(); ++i) {
    if (!(m.at(i) > 3)) continue;
    next.at(i) = model::rounded(number++, type_);
    next.slope(i) = 0;
  }
  write_back("masked_scatter_", [&] {
    now_.weft.masked_scatter_(now_.weft > 3, numbers({m.numel()}));
  }, next);
}

// One slice of the first dim.
void Program::write_slices() {
  const model::Tensor& m = now_.model;
  if (m.rank() == 0 || m.numel() == 0) return write_element_by_element();
  const int64_t at = pick(0, m.sizes[0] - 1), slice = m.numel() / m.sizes[0];
  const int64_t way = pick(0, is_bool() ? 3 : 4);
  model::Sizes sizes = m.sizes;
  sizes[0] = 1;
  const torch::Tensor source = numbers(sizes, 1), index = torch::tensor({at});
  model::Tensor next = model::copy(m);
  for (int64_t i = 0; i < slice; ++i) {
    const int64_t place = at * slice + i;
    const double number = way <= 1 ? 5 : static_cast<double>(i + 1);
    next.at(place) = model::rounded(number + (way == 4 ? m.at(place) : 0), type_);
    if (way != 4) next.slope(place) = 0;
  }
  const char* const names[] = {"index_fill_", "[i] = number, ", "index_copy_", "index_put_",
                               "index_add_"};
  write_back(names[way], [&] {
    const torch::Tensor& t = now_.weft;
    if (way == 0) t.index_fill_(0, index, 5);
    else if (way == 1) torch::Tensor(t).index_put_({at}, 5);
    else if (way == 2) t.index_copy_(0, index, source);
    else if (way == 3) torch::Tensor(t).index_put_({index}, source);
    else torch::Tensor(t).index_add_(0, index, source);
  }, next);
}

// Places of it as a vector.
void Program::write_places() {
  const model::Tensor& m = now_.model;
  if (m.numel() == 0 || is_bool()) return write_element_by_element();
  const int64_t a = pick(0, m.numel() - 1), b = pick(0, m.numel() - 1);
  model::Tensor next = model::copy(m);
  next.at(a) += 2;
  next.at(b) += 3;
  next = model::map(next, type_, [](double x) { return x; });
  write_back("put_", [&] {
    now_.weft.put_(torch::tensor({a, b}), torch::tensor({2, 3}).to(dtype_), true);
  }, next);
}

// Another look at the same memory from now on; others that look at it stay.
void Program::reshape_in_place() {
  if (now_.one_of_several) return;
  say("unsqueeze_, transpose_ or squeeze_" + of_);
  Pair& pair = all_[at_];
  const model::Tensor& m = now_.model;
  if (m.rank() == 2) {
    pair.weft.transpose_(0, 1);
    pair.model = model::permute(m, {1, 0});
  } else if (m.rank() < 2) {
    pair.weft.unsqueeze_(0);
    pair.model = model::unsqueeze(m, 0);
  } else {
    pair.weft.squeeze_();
    pair.model = model::squeeze(m);
  }
}
}  // namespace views
