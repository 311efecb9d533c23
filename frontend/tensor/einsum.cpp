// Sums of products by Einstein's convention: operands are brought to common dims, then joined two
// by two, each time as one batched product of matrices.
#include <algorithm>
#include <array>

#include "frontend/tensor/casting.h"
#include "frontend/tensor/compute_inside.h"
#include "frontend/tensor/operators.h"

namespace torch {
using record::Composite;
namespace {

constexpr int kEllipsis = -1;
using Labels = std::vector<int>;  // of letters, and kEllipsis

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

class Equation {
 public:
  Equation(c10::string_view text, TensorList operands, Location where)
      : text_(text), where_(where) {
    const size_t arrow = text.find("->");
    split(text.substr(0, arrow));
    if (inputs_.size() < operands.size())
      fail("more operands were provided than specified in the equation");
    if (inputs_.size() > operands.size())
      fail("fewer operands were provided than specified in the equation");
    for (size_t i = 0; i < operands.size(); ++i) note_sizes(i, operands[i]);
    if (arrow == c10::string_view::npos) implicit_output();
    else output_ = labels(text.substr(arrow + 2), "output", 0);
    check_output();
  }

  // An operand with the dims: those of the output, then those summed over, 1 where it has none.
  Tensor arranged(size_t i, const Tensor& operand) const {
    Tensor x = operand;
    Labels have;  // one a dim of x
    int64_t at = 0;
    for (int label : inputs_[i]) {
      if (label == kEllipsis) {
        const int64_t covered = x.dim() - at - remaining(i);
        for (int64_t k = 0; k < covered; ++k, ++at)
          have.push_back(-1 - static_cast<int>(covered - k));  // -2 is the last
        continue;
      }
      const auto before = std::find(have.begin(), have.end(), label);
      if (before != have.end()) {
        // The same subscript twice: the diagonal.
        const int64_t d = before - have.begin();
        if (x.size(d) != x.size(at))
          fail("subscript ", static_cast<char>(label), " is repeated for operand ", i,
               " but the sizes don't match, ", x.size(at), " != ", x.size(d));
        x = x.diagonal(0, d, at).movedim(-1, d);
        continue;
      }
      have.push_back(label);
      ++at;
    }
    std::vector<int64_t> order;
    Tensor y = x;
    for (int label : dims_) {
      const auto found = std::find(have.begin(), have.end(), label);
      if (found != have.end()) {
        order.push_back(found - have.begin());
      } else {
        order.push_back(y.dim());
        y = y.unsqueeze(-1);
      }
    }
    return y.permute(order);
  }
  int64_t output_rank() const { return output_rank_; }

 private:
  template <class... Args> [[noreturn]] void fail(const Args&... args) const {
    refuse(where_, "einsum", "einsum(): ", args...);
  }
  void split(c10::string_view left) {
    size_t from = 0;
    for (size_t at = 0; at <= left.size(); ++at)
      if (at == left.size() || left[at] == ',') {
        inputs_.push_back(labels(left.substr(from, at - from), "operand", inputs_.size()));
        from = at + 1;
      }
  }
  Labels labels(c10::string_view text, const char* what, size_t operand) const {
    Labels out;
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] == ' ') continue;
      if (text[i] == '.') {
        if (text.substr(i, 3) != "...")
          fail("found \'.\' for ", what, " ", operand, " that is not part of any ellipsis");
        if (std::count(out.begin(), out.end(), kEllipsis))
          fail("found \'.\' for ", what, " ", operand, " for which an ellipsis was already found");
        out.push_back(kEllipsis);
        i += 2;
      } else if (is_letter(text[i])) {
        out.push_back(text[i]);
      } else {
        fail("invalid subscript given at index ", i,
             " in the equation string, subscripts must be in [a-zA-Z]");
      }
    }
    return out;
  }
  int64_t remaining(size_t i) const {
    const auto dots = std::find(inputs_[i].begin(), inputs_[i].end(), kEllipsis);
    return dots == inputs_[i].end() ? 0 : inputs_[i].end() - dots - 1;
  }
  void note_sizes(size_t i, const Tensor& t) {
    require(t, How(where_, nullptr, "einsum"));
    const Labels& l = inputs_[i];
    const bool dots = std::count(l.begin(), l.end(), kEllipsis) != 0;
    const int64_t named = static_cast<int64_t>(l.size()) - dots;
    if (dots ? named > t.dim() : named != t.dim())
      fail("the number of subscripts in the equation (", named, ") ",
           dots ? "is more than the number of dimensions ("
                : "does not match the number of dimensions (",
           t.dim(), ") for operand ", i, dots ? "" : " and no ellipsis was given");
    if (dots) ellipsis_ = std::max(ellipsis_, t.dim() - named);
    int64_t at = 0;
    for (int label : l) {
      if (label == kEllipsis) {
        at += t.dim() - named;
        continue;
      }
      int64_t& size = sizes_[static_cast<size_t>(label)];
      const int64_t here = t.size(at++);
      if (size != 0 && size != 1 + here && size != 2 && here != 1)
        fail("subscript ", static_cast<char>(label), " has size ", here, " for operand ", i,
             " which does not broadcast with previously seen size ", size - 1);
      if (size == 0 || size == 2) size = 1 + here;  // 0: not seen
      ++count_[static_cast<size_t>(label)];
    }
  }
  // What the ellipsis covers, then the subscripts that come once, in alphabetical order.
  void implicit_output() {
    if (ellipsis_) output_.push_back(kEllipsis);
    for (int label = 'A'; label <= 'z'; ++label)
      if (count_[static_cast<size_t>(label)] == 1) output_.push_back(label);
  }
  void check_output() {
    for (int label : output_) {
      if (label == kEllipsis) {
        for (int64_t k = ellipsis_; k > 0; --k) dims_.push_back(-1 - static_cast<int>(k));
        continue;
      }
      if (std::count(output_.begin(), output_.end(), label) > 1)
        fail("output subscript ", static_cast<char>(label),
             " appears more than once in the output");
      if (!sizes_[static_cast<size_t>(label)])
        fail("output subscript ", static_cast<char>(label),
             " does not appear in the equation for any input operand");
      dims_.push_back(label);
    }
    output_rank_ = static_cast<int64_t>(dims_.size());
    if (!std::count(output_.begin(), output_.end(), kEllipsis))
      for (int64_t k = ellipsis_; k > 0; --k) dims_.push_back(-1 - static_cast<int>(k));
    for (int label = 'A'; label <= 'z'; ++label)
      if (sizes_[static_cast<size_t>(label)] && !std::count(output_.begin(), output_.end(), label))
        dims_.push_back(label);
  }

  c10::string_view text_;
  Location where_;
  std::vector<Labels> inputs_;
  Labels output_, dims_;
  int64_t ellipsis_ = 0, output_rank_ = 0;
  std::array<int64_t, 128> sizes_{};  // by letter, one more than it is
  std::array<int, 128> count_{};
};

// Of two operands with equal ranks: their product, summed over some dims (which get size 1). Dims
// fall in four kinds: of both and kept (a batch), of one alone, and summed ones.
Tensor joined(const Tensor& a, const Tensor& b, const std::vector<bool>& summed) {
  Tensor left = a, right = b;
  std::vector<int64_t> batch, rows, columns, inner;
  for (int64_t d = 0; d < a.dim(); ++d) {
    const bool in_left = left.size(d) != 1, in_right = right.size(d) != 1;
    if (summed[static_cast<size_t>(d)]) {
      if (in_left && in_right) inner.push_back(d);
      else if (in_left) left = left.sum(IntArrayRef(d), true);
      else if (in_right) right = right.sum(IntArrayRef(d), true);
    } else if (in_left && in_right) {
      batch.push_back(d);
    } else if (in_left) {
      rows.push_back(d);
    } else if (in_right) {
      columns.push_back(d);
    }
  }
  if (inner.empty()) return left * right;
  const auto count = [](const Tensor& t, const std::vector<int64_t>& dims) {
    int64_t n = 1;
    for (int64_t d : dims) n *= t.size(d);
    return n;
  };
  const auto arranged = [](const Tensor& t, std::initializer_list<std::vector<int64_t>> groups,
                           IntArrayRef sizes) {
    std::vector<int64_t> order;
    for (const std::vector<int64_t>& g : groups) order.insert(order.end(), g.begin(), g.end());
    const size_t named = order.size();
    for (int64_t d = 0; d < t.dim(); ++d)  // those of size 1
      if (std::find(order.begin(), order.begin() + static_cast<int64_t>(named), d) ==
          order.begin() + static_cast<int64_t>(named))
        order.push_back(d);
    return t.permute(order).reshape(sizes);
  };
  const int64_t n = count(left, batch), m = count(left, rows), k = count(left, inner),
                c = count(right, columns);
  const Tensor product = torch::bmm(arranged(left, {batch, rows, inner}, {n, m, k}),
                                    arranged(right, {batch, inner, columns}, {n, k, c}));
  // Back: batch, rows, columns, then ones, in the order of the dims.
  std::vector<int64_t> sizes, back(static_cast<size_t>(a.dim()), -1);
  for (const std::vector<int64_t>* group : {&batch, &rows, &columns})
    for (int64_t d : *group) {
      back[static_cast<size_t>(d)] = static_cast<int64_t>(sizes.size());
      sizes.push_back(group == &columns ? right.size(d) : left.size(d));
    }
  for (int64_t& d : back)
    if (d < 0) {
      d = static_cast<int64_t>(sizes.size());
      sizes.push_back(1);
    }
  return product.reshape(sizes).permute(back);
}

// Which summed dims no other operand has: they can go now.
std::vector<bool> summed_now(const std::vector<Tensor>& rest, int64_t output_rank, int64_t rank) {
  std::vector<bool> summed(static_cast<size_t>(rank));
  for (int64_t d = output_rank; d < rank; ++d) {
    bool elsewhere = false;
    for (const Tensor& t : rest) elsewhere |= t.size(d) != 1;
    summed[static_cast<size_t>(d)] = !elsewhere;
  }
  return summed;
}
}  // namespace

Tensor einsum(c10::string_view text, TensorListIn tensors, OptionalIntArrayRef path) {
  if (const Autocast cast(casts::einsum, tensors); cast.on())
    return einsum(text, TensorListIn(cast.all(), tensors.where), path);
  Composite composite("einsum", nullptr, tensors.where);
  if (tensors.list.empty())
    refuse(tensors.where, "einsum", "einsum(): must provide at least one operand");
  const Equation equation(text, tensors.list, tensors.where);
  std::vector<Tensor> operands;
  for (size_t i = 0; i < tensors.list.size(); ++i)
    operands.push_back(equation.arranged(i, tensors.list[i]));
  const int64_t rank = operands[0].dim(), kept = equation.output_rank();
  const size_t joins = operands.size() - 1;
  if (path && path->size() != 2 * joins)
    refuse(tensors.where, "einsum",
           "einsum(): expected contraction path given in path parameter to "
           "have size ",
           2 * joins, " but got ", path->size());
  for (size_t step = 0; step < joins; ++step) {
    size_t i = 0, j = 1;
    if (path) {
      i = static_cast<size_t>((*path)[2 * step]);
      j = static_cast<size_t>((*path)[2 * step + 1]);
      if (j < i) std::swap(i, j);
      if (i == j || j >= operands.size())
        refuse(tensors.where, "einsum", "einsum(): invalid contraction path (", i, ", ", j, ")");
    }
    const Tensor a = operands[i], b = operands[j];
    operands.erase(operands.begin() + static_cast<int64_t>(j));
    operands.erase(operands.begin() + static_cast<int64_t>(i));
    const Tensor both = joined(a, b, summed_now(operands, kept, rank));
    if (path) operands.push_back(both);
    else operands.insert(operands.begin(), both);
  }
  Tensor y = operands[0];
  std::vector<int64_t> left, sizes(y.sizes().begin(), y.sizes().begin() + kept);
  for (int64_t d = kept; d < rank; ++d)
    if (y.size(d) != 1) left.push_back(d);
  if (!left.empty()) y = y.sum(left, true);
  y = y.reshape(sizes);
  for (const Tensor& t : tensors.list)
    if (y.is_same(t)) return y.alias();
  return y;
}
}  // namespace torch
