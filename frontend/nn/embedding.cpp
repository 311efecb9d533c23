#include "frontend/nn/embedding.h"

#include <algorithm>
#include <cmath>

#include "frontend/autograd/grad_mode.h"
#include "frontend/nn/composite.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/indexing.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/out.h"
#include "frontend/tensor/requirement.h"

namespace torch {
namespace {
void check_indices(const char* name, const Tensor& indices) {
  TORCH_CHECK(indices.scalar_type() == kLong || indices.scalar_type() == kInt,
              "Expected tensor for argument #1 'indices' to have one of the following scalar "
              "types: Long, Int; but got ",
              indices.toString(), " instead (while checking arguments for ", name, ")");
}

// `rows`, whose gradient is divided by how often their index is in `indices`: the value of one
// computation with the structure of another.
Tensor shared_gradient(const Tensor& rows, const Tensor& indices, int64_t table) {
  const Tensor once = torch::ones({indices.numel()}, rows.options().requires_grad(false));
  const Tensor count = torch::zeros({table}, once.options()).index_add(0, indices, once);
  Tensor scaled = rows * count.reciprocal().index_select(0, indices).unsqueeze(1);
  NoGradGuard no_grad;
  scaled.copy_(rows);
  return scaled;
}

// (n, D): the rows at a vector of indices.
Tensor looked_up(const Tensor& weight, const Tensor& indices, bool scale_grad_by_freq) {
  TORCH_CHECK(weight.dim() == 2, "'weight' must be 2-D, got sizes ", weight.sizes());
  const Tensor rows = weight.index_select(0, indices);
  return scale_grad_by_freq && rows.requires_grad() ? shared_gradient(rows, indices, weight.size(0))
                                                    : rows;
}
}  // namespace

Tensor embedding(In weight, const Tensor& indices, int64_t padding_idx, bool scale_grad_by_freq,
                 bool) {
  nn::Composite composite("embedding", "EmbeddingBackward0", weight.where);
  TORCH_CHECK(weight->dim() == 2, "'weight' must be 2-D, got sizes ", weight->sizes());
  check_indices("embedding", indices);
  const detail::Range table{0, static_cast<double>(weight->size(0)), op::Requirement::row_of_table};
  detail::check_known(indices, table);
  const record::IndexErrors errors(op::Requirement::row_of_table);
  const Tensor flat = indices.reshape({-1});
  Tensor rows = looked_up(weight, flat, scale_grad_by_freq);
  if (padding_idx >= 0 && rows.requires_grad())
    rows = torch::where(flat.eq(padding_idx).unsqueeze(1), rows.detach(), rows);
  std::vector<int64_t> sizes = indices.sizes().vec();
  sizes.push_back(weight->size(1));
  return detail::unaliased(rows.reshape(sizes));
}

Tensor& embedding_renorm_(Tensor& self, const Tensor& indices, double max_norm, double norm_type) {
  nn::Composite composite("embedding_renorm_", nullptr, Location::current());
  TORCH_CHECK(self.dim() == 2, "'self' must be 2-D");
  check_indices("embedding_renorm_", indices);
  const detail::Range table{0, static_cast<double>(self.size(0)), op::Requirement::row_of_table};
  detail::check_known(indices, table);
  const record::IndexErrors errors(op::Requirement::row_of_table);
  const Tensor flat = indices.reshape({-1}).to(kLong);
  if (flat.numel() == 0) return self;
  const Tensor rows = self.index_select(0, flat), norm = rows.norm(norm_type, 1, /*keepdim=*/true);
  const Tensor one = torch::ones({}, rows.options().requires_grad(false));
  const Tensor scale = torch::where(norm > max_norm, (one * max_norm) / (norm + 1e-7), one);
  const indexing::TensorIndex at[] = {flat};
  return self.index_put_(at, rows * scale);
}

namespace {
// Where bags begin and end among n indices.
struct Bags {
  std::vector<int64_t> begin;  // and, behind them, n
  int64_t count() const { return static_cast<int64_t>(begin.size()) - 1; }
  int64_t length(int64_t bag) const {
    return begin[static_cast<size_t>(bag) + 1] - begin[static_cast<size_t>(bag)];
  }
  int64_t longest() const {
    int64_t most = 0;
    for (int64_t i = 0; i < count(); ++i) most = std::max(most, length(i));
    return most;
  }
  bool even() const {
    for (int64_t i = 0; i < count(); ++i)
      if (length(i) != length(0)) return false;
    return count() > 0;
  }
  std::vector<int64_t> of_each() const {
    std::vector<int64_t> bags;
    for (int64_t i = 0; i < count(); ++i)
      bags.insert(bags.end(), static_cast<size_t>(length(i)), i);
    return bags;
  }
};

Bags read_bags(const Tensor& offsets, int64_t n, bool include_last_offset) {
  check_indices("embedding_bag", offsets);
  TORCH_CHECK(offsets.dim() == 1, "offsets has to be a 1D Tensor, got sizes ", offsets.sizes());
  TORCH_CHECK(!include_last_offset || offsets.size(0) >= 1,
              "include_last_offset: number of offset should be at least 1");
  // A copy, so that the user's tensor stays his: its memory is looked at.
  const Tensor copy = offsets.detach().to(kCPU, kLong).clone();
  const int64_t* values = copy.numel() ? copy.const_data_ptr<int64_t>() : nullptr;
  Bags bags{std::vector<int64_t>(values, values + copy.numel())};
  if (include_last_offset) bags.begin.pop_back();
  if (!bags.begin.empty()) {
    TORCH_CHECK(bags.begin.front() == 0,
                "offsets[0] has to be 0, i.e., the first sequence in the mini-batch has to start "
                "from position 0. However, got ",
                bags.begin.front());
    TORCH_CHECK(values[copy.numel() - 1] <= n,
                "offsets[-1] can not be greater than input's length ", n,
                " but got offsets[-1] of ", values[copy.numel() - 1]);
  }
  bags.begin.push_back(include_last_offset && copy.numel() ? values[copy.numel() - 1] : n);
  TORCH_CHECK(std::is_sorted(bags.begin.begin(), bags.begin.end()), "offsets have to ascend, got ",
              IntArrayRef(values, static_cast<size_t>(copy.numel())));
  return bags;
}

// (bags, longest): which of n positions stand in each bag, the last of them repeated.
Tensor positions(const Bags& bags, int64_t n, int64_t longest, const TensorOptions& whole) {
  std::vector<int64_t> at;
  for (int64_t i = 0; i < bags.count(); ++i)
    for (int64_t j = 0; j < longest; ++j)
      at.push_back(std::clamp<int64_t>(bags.begin[static_cast<size_t>(i)] + j, 0, n - 1));
  return torch::tensor(at, whole);
}
// (bags, longest): whether they do.
Tensor inside(const Bags& bags, int64_t longest, const TensorOptions& whole) {
  std::vector<int64_t> lengths;
  for (int64_t i = 0; i < bags.count(); ++i) lengths.push_back(bags.length(i));
  return torch::arange(longest, whole).lt(torch::tensor(lengths, whole).unsqueeze(1));
}

// The largest element of each column of each bag, 0 where nothing counts; `counted` (n): undefined
// if all do.
Tensor largest(const Tensor& rows, const Tensor& counted, const Bags& bags) {
  const int64_t longest = bags.longest(), n = rows.size(0);
  const Tensor none = torch::zeros({}, rows.options().requires_grad(false));
  if (longest == 0)
    return torch::zeros({bags.count(), rows.size(1)}, rows.options().requires_grad(false));
  const TensorOptions whole = none.options().dtype(kLong);
  const Tensor at = positions(bags, n, longest, whole);
  Tensor in = inside(bags, longest, whole);
  if (counted.defined())
    in = in.logical_and(counted.index_select(0, at).reshape({bags.count(), longest}));
  const Tensor elements = rows.index_select(0, at).reshape({bags.count(), longest, rows.size(1)});
  const Tensor values =
      std::get<0>(torch::where(in.unsqueeze(2), elements, none - INFINITY).max(1));
  return torch::where(in.any(1, /*keepdim=*/true), values, none);
}

// The sum of each column of each bag. Bags of one length are a dim.
Tensor summed(const Tensor& rows, const Bags& bags, const Tensor& of_each) {
  if (bags.even() && bags.begin.front() == 0 && bags.begin.back() == rows.size(0))
    return rows.reshape({bags.count(), bags.length(0), rows.size(1)}).sum(1);
  return torch::zeros({bags.count(), rows.size(1)}, rows.options().requires_grad(false))
      .index_add(0, of_each, rows.narrow(0, 0, of_each.size(0)));
}
}  // namespace

std::tuple<Tensor, Tensor, Tensor, Tensor> embedding_bag(
    In weight, const Tensor& indices, const Tensor& offsets, bool scale_grad_by_freq, int64_t mode,
    bool, const std::optional<Tensor>& per_sample_weights, bool include_last_offset,
    std::optional<int64_t> padding_idx) {
  nn::Composite composite("embedding_bag", "EmbeddingBagBackward0", weight.where);
  check_indices("embedding_bag", indices);
  TORCH_CHECK(weight->is_floating_point(),
              "Expected tensor for argument #1 'weight' to have one of the following scalar types: "
              "Half, BFloat16, Float, Double; but got CPU",
              weight->scalar_type(),
              "Type instead (while checking arguments for embedding_bag)");
  TORCH_CHECK(indices.dim() == 1, "input has to be a 1D Tensor, but got Tensor of dimension ",
              indices.dim());
  TORCH_CHECK(mode >= 0 && mode <= 2, "mode has to be one of sum, mean or max");
  const int64_t n = indices.numel();
  const Bags bags = read_bags(offsets, n, include_last_offset);
  const TensorOptions plain = weight->options().requires_grad(false);
  Tensor rows = looked_up(weight, indices, scale_grad_by_freq), counted;
  if (padding_idx) {
    const int64_t padding = *padding_idx < 0 ? *padding_idx + weight->size(0) : *padding_idx;
    TORCH_CHECK(padding >= 0 && padding < weight->size(0),
                "padding_idx must be within the number of embeddings, -", weight->size(0),
                " through ", weight->size(0) - 1, ", but got ", *padding_idx);
    counted = indices.ne(padding);
  }
  if (nn::given(per_sample_weights)) {
    TORCH_CHECK(mode == 0,
                "embedding_bag: per_sample_weights was not None. per_sample_weights is only "
                "supported for mode='sum'");
    rows = rows * per_sample_weights->unsqueeze(1);
  }
  const Tensor of_each = torch::tensor(bags.of_each(), plain.dtype(kLong)), ones = torch::ones({n, 1}, plain);
  if (counted.defined())
    rows = mode == 2 ? rows : torch::where(counted.unsqueeze(1), rows, torch::zeros({}, plain));
  const Tensor count =
      summed(counted.defined() ? counted.unsqueeze(1).to(ones.scalar_type()) : ones, bags, of_each);
  const Tensor size = count.squeeze(1).to(kLong);
  if (mode == 2) return {largest(rows, counted, bags), of_each, size, size};
  const Tensor sum = summed(rows, bags, of_each);
  return {mode == 0 ? sum : sum / count.clamp_min(1), of_each, size, size};
}
}  // namespace torch
