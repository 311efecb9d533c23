// x.index({...}) and x.index_put_({...}, value).
#include "frontend/tensor/indexing.h"

#include <climits>

#include "frontend/record/fold.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/host_inside.h"
#include "frontend/tensor/requirement_inside.h"

namespace torch {
namespace {
using indexing::TensorIndex;

// What the basic indices leave: a view, and integer (or mask) tensors for some of its dims.
struct Sliced {
  Tensor view;
  std::vector<Tensor> tensors;  // one a dim, undefined where there is none
  bool any() const {
    for (const Tensor& t : tensors)
      if (t.defined()) return true;
    return false;
  }
};

bool is_mask(const Tensor& t) { return t.scalar_type() == kBool || t.scalar_type() == kByte; }

int64_t consumed_dims(Indices indices) {
  int64_t n = 0;
  for (const TensorIndex& i : indices) {
    if (i.is_none() || i.is_ellipsis() || i.is_boolean()) continue;
    n += i.is_tensor() && is_mask(i.tensor()) ? i.tensor().dim() : 1;
  }
  return n;
}

Sliced slice_with(const Tensor& self, Indices indices, const How& how) {
  require(self, how);
  Sliced s{self, {}};
  int64_t dim = 0, own = 0;  // of the view so far, and of the tensor
  const int64_t consumed = consumed_dims(indices);
  if (self.dim() == 0 && indices.size() == 1 && indices[0].is_integer())
    refuse<c10::IndexError>(how.where, how.what,
                            "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or "
                            "`tensor.item<T>()` in "
                            "C++ to convert a 0-dim tensor to a number");
  if (consumed > self.dim())
    refuse<c10::IndexError>(how.where, how.what, "too many indices for tensor of dimension ",
                            self.dim());
  bool ellipsis = false;
  auto record_tensor = [&](const Tensor& t) {
    s.tensors.resize(static_cast<size_t>(dim) + 1);
    s.tensors[static_cast<size_t>(dim++)] = t;
  };
  for (const TensorIndex& i : indices) {
    if (i.is_none()) {
      s.view = unsqueeze(In(s.view, how.where), dim++);
    } else if (i.is_ellipsis()) {
      if (ellipsis) continue;
      ellipsis = true;
      dim += self.dim() - consumed;
      own += self.dim() - consumed;
    } else if (i.is_integer()) {
      const int64_t size = s.view.size(dim);
      if (i.integer() < -size || i.integer() >= size)
        refuse<c10::IndexError>(how.where, how.what, "index ", i.integer(),
                                " is out of bounds for dimension ", own, " with size ", size);
      s.view = select(In(s.view, how.where), dim, i.integer());
      ++own;
    } else if (i.is_slice()) {
      if (i.slice().step() <= 0)
        refuse<c10::ValueError>(how.where, how.what, "step must be greater than zero");
      ++own;
      s.view = slice(In(s.view, how.where), dim++, i.slice().start(), i.slice().stop(),
                     i.slice().step());
    } else if (i.is_boolean()) {
      // A new dim that is there (true) or empty (false).
      s.view = unsqueeze(In(s.view, how.where), dim);
      record_tensor(record::make_tensor(host_vector(
          i.boolean() ? std::vector<int64_t>{0} : std::vector<int64_t>{}, record::kHost)));
    } else {
      const Tensor& t = i.tensor();
      require(t, how);
      if (t.dim() == 0 && isIntegralType(t.scalar_type(), true)) {
        if (t.scalar_type() != kBool && t.scalar_type() != kByte) {
          // a view, as torch
          s.view = select(In(s.view, how.where), dim, t.item<int64_t>(how.where));
          ++own;
        } else {
          s.view = unsqueeze(In(s.view, how.where), dim);
          const bool holds = host_integers(t, "an index of truth values", how.where)[0] != 0;
          record_tensor(record::make_tensor(host_vector(
              holds ? std::vector<int64_t>{0} : std::vector<int64_t>{}, record::kHost)));
        }
      } else {
        record_tensor(t);
        if (is_mask(t)) dim += t.dim() - 1;
        own += is_mask(t) ? t.dim() : 1;
      }
    }
  }
  return s;
}

// Masks become the positions where they hold, a tensor a dim.
std::vector<Tensor> positions_of(const Sliced& s, const How& how) {
  std::vector<Tensor> out;
  for (const Tensor& t : s.tensors) {
    if (!t.defined()) {
      if (out.size() < s.tensors.size()) out.push_back(t);
      continue;
    }
    if (!isIntegralType(t.scalar_type(), true))
      refuse<c10::IndexError>(how.where, how.what,
                              "tensors used as indices must be long, int, byte or bool tensors");
    if (!t.is_cpu() && t.device() != s.view.device())
      refuse(how.where, how.what,
             "indices should be either on cpu or on the same device as the indexed tensor (",
             s.view.device(), ")");
    if (!is_mask(t)) {
      out.push_back(t);
      continue;
    }
    if (t.scalar_type() == kByte)
      TORCH_WARN("indexing with dtype torch.uint8 is now deprecated, please use a dtype "
                 "torch.bool instead.");
    for (int64_t j = 0; j < t.dim(); ++j) {
      const int64_t at = static_cast<int64_t>(out.size()) + j;
      if (at >= s.view.dim() || t.size(j) != s.view.size(at))
        refuse<c10::IndexError>(how.where, how.what, "The shape of the mask ", t.sizes(),
                                " at index ", j, " does not match the shape of the indexed tensor ",
                                s.view.sizes(), " at index ", at);
    }
    for (Tensor& along : nonzero_indices(t, "an index of truth values", how))
      out.push_back(std::move(along));
  }
  if (static_cast<int64_t>(out.size()) > s.view.dim())
    refuse<c10::IndexError>(how.where, how.what, "too many indices for tensor of dimension ",
                            s.view.dim(), " (got ", out.size(), ")");
  return out;
}

// Where the indexed elements lie: the indexed dims moved together and joined into one, and
// positions along it.
struct Places {
  Dims permutation;    // of the view's dims
  Dims joined;         // its sizes, the indexed dims as one
  int64_t dim = 0;     // which that is
  Value positions;     // a vector
  Dims shape;          // of the index tensors together
  Dims result;         // of what is indexed
};

// Which elements of dim `d` an index tensor means, counted from the front. Of several, those whose
// values are not known are looked at: a number out of range in one would be taken for a place in
// another. On a GPU, which nobody waits for, that is part of the graph.
Value index_of(const Tensor& t, size_t d, int64_t size, bool several, record::Home home,
               const How& how) {
  Value index = value_of(t, how);
  const bool on_gpu = record::is_gpu(index->lives());
  if (several && !on_gpu && !record::known_or_folded(index)) {
    record::evaluate(index, {"several index tensors", how.where});
    index = value_of(t, how);
  }
  check_known_indices(index, size, static_cast<int64_t>(d), true, how);
  if (several && on_gpu)
    index = within(index,
                   {static_cast<double>(-size), static_cast<double>(size),
                    op::Requirement::one_of_indices},
                   how);
  return cast(across(wrapped_indices(index, size, how), home, how), kLong, how);
}

Places find_places(const Tensor& view, const std::vector<Tensor>& tensors, const How& how) {
  Places p;
  const Dims& sizes = record::impl(view)->sizes;
  std::vector<size_t> indexed;
  for (size_t d = 0; d < tensors.size(); ++d)
    if (tensors[d].defined()) indexed.push_back(d);
  for (size_t d : indexed) {
    Dims together;
    if (!op::broadcast(p.shape, record::impl(tensors[d])->sizes, together)) {
      std::string shapes;
      for (size_t i : indexed)
        shapes += (shapes.empty() ? "" : ", ") + op::to_string(record::impl(tensors[i])->sizes);
      refuse<c10::IndexError>(
          how.where, how.what,
          "shape mismatch: indexing tensors could not be broadcast together with shapes ", shapes);
    }
    p.shape = together;
  }
  const bool takes_any = std::find(p.shape.begin(), p.shape.end(), 0) == p.shape.end();
  for (size_t d : indexed)
    if (sizes[d] == 0 && takes_any)
      refuse<c10::IndexError>(how.where, how.what,
                              "index is out of bounds for dimension with size 0");
  const bool adjacent = indexed.back() - indexed.front() + 1 == indexed.size();
  p.dim = adjacent ? static_cast<int64_t>(indexed.front()) : 0;
  auto is_indexed = [&](size_t d) { return d < tensors.size() && tensors[d].defined(); };
  for (size_t d = 0; d < sizes.size(); ++d)
    if (!is_indexed(d) && static_cast<int64_t>(p.permutation.size()) < p.dim)
      p.permutation.push_back(static_cast<int64_t>(d));
  for (size_t d : indexed) p.permutation.push_back(static_cast<int64_t>(d));
  for (size_t d = 0; d < sizes.size(); ++d) {
    bool there = false;
    for (int64_t q : p.permutation) there |= q == static_cast<int64_t>(d);
    if (!there) p.permutation.push_back(static_cast<int64_t>(d));
  }
  // One number for the place along all indexed dims.
  Value place;
  for (size_t d : indexed) {
    const bool several = indexed.size() > 1;
    const Value index =
        index_of(tensors[d], d, sizes[d], several, record::impl(view)->storage->home, how);
    place =
        place ? record::record(
                    Op::add,
                    {record::record(Op::mul, {place, number(sizes[d], kLong, how.where)}, {}, how),
                     index},
                    {}, how)
              : index;
  }
  if (place.type().dims != p.shape)
    place = record::record(Op::expand, {place}, op::attrs::expand::pack(p.shape), how);
  const int64_t count = op::Type(kLong, p.shape).numel();
  p.positions = record::record(Op::reshape, {place}, op::attrs::reshape::pack(Dims{count}), how);
  int64_t all = 1;
  for (size_t d : indexed) all *= sizes[d];
  for (size_t i = 0; i < p.permutation.size(); ++i) {
    const size_t at = static_cast<size_t>(p.dim);
    if (i == at) {
      p.joined.push_back(all);
      p.result.append(p.shape);
    }
    if (i >= at && i < at + indexed.size()) continue;
    p.joined.push_back(sizes[p.permutation[i]]);
    p.result.push_back(sizes[p.permutation[i]]);
  }
  return p;
}

Value moved_together(const Tensor& view, const Places& p, const How& how) {
  Value x =
      record::record(Op::permute, {input(view, how)}, op::attrs::permute::pack(p.permutation), how);
  return record::record(Op::reshape, {x}, op::attrs::reshape::pack(p.joined), how);
}

Tensor indexed(const Tensor& self, Indices indices, const How& how) {
  const Sliced s = slice_with(self, indices, How(how.where, nullptr, how.what));
  if (!s.any()) return s.view.is_same(self) ? s.view.alias(how.where) : s.view;
  const Places p = find_places(s.view, positions_of(s, how), how);
  Value y = record::record(Op::index_select, {moved_together(s.view, p, how), p.positions},
                           op::attrs::index_select::pack(p.dim), how);
  return record::make_tensor(
      record::record(Op::reshape, {y}, op::attrs::reshape::pack(p.result), how));
}

// A single mask with a single value is a choice, whatever the mask's values are.
bool put_by_choice(const Sliced& s, const Tensor& value, const How& how) {
  if (value.numel() != 1 || s.tensors.empty() || !s.tensors[0].defined() ||
      s.tensors[0].scalar_type() != kBool)
    return false;
  for (size_t d = 1; d < s.tensors.size(); ++d)
    if (s.tensors[d].defined()) return false;
  const Tensor& mask = s.tensors[0];
  if (mask.dim() > s.view.dim()) return false;
  Dims sizes = record::impl(mask)->sizes;
  for (size_t d = 0; d < sizes.size(); ++d)
    if (sizes[d] != record::impl(s.view)->sizes[d]) return false;
  while (sizes.size() < record::impl(s.view)->sizes.size()) sizes.push_back(1);
  const Value test =
      record::record(Op::reshape, {input(mask, how)}, op::attrs::reshape::pack(sizes), how);
  const Value one = record::record(Op::reshape, {input(value, s.view.scalar_type(), how)},
                                   op::attrs::reshape::pack(Dims{}), how);
  write_back(s.view, record::record(Op::select, {test, one, input(s.view, how)}, {}, how), how);
  return true;
}

// Leading dims of size 1 of a value that is put may go, as in NumPy.
Tensor without_leading_ones(const Tensor& value, int64_t rank, const How& how) {
  Tensor fits = value;
  while (fits.dim() > rank && fits.size(0) == 1) fits = select(In(fits, how.where), 0, 0);
  return fits;
}

void put_at(const Tensor& self, Indices indices, const Tensor& given, bool accumulate,
            const How& how) {
  require(given, how);
  const Sliced s = slice_with(self, indices, How(how.where, nullptr, how.what));
  const Tensor value = without_leading_ones(given, s.view.dim(), how);
  if (!s.any()) {
    accumulate ? s.view.add_(value, 1, how.where) : s.view.copy_(value, false, how.where);
    return;
  }
  if (!accumulate && put_by_choice(s, value, how)) return;
  record::check_writable(s.view, how.what, how.where);
  if (value.scalar_type() != s.view.scalar_type())
    refuse(how.where, how.what, "Index put requires the source and destination dtypes match, got ",
           c10::toString(s.view.scalar_type()), " for the destination and ",
           c10::toString(value.scalar_type()), " for the source.");
  const Places p = find_places(s.view, positions_of(s, how), how);
  Dims fits;
  if (!op::broadcast(record::impl(value)->sizes, p.result, fits) || fits != p.result)
    refuse(how.where, how.what, "shape mismatch: value tensor of shape ", value.sizes(),
           " cannot be broadcast to indexing result of shape ", ref(p.result));
  Value source = input(value, s.view.scalar_type(), how).value;
  if (value.dim() == 0) source = across(source, record::impl(s.view)->storage->home, how);
  source = record::record(Op::expand, {source}, op::attrs::expand::pack(p.result), how);
  Dims flat = p.joined;
  flat[p.dim] = p.positions.type().dims[0];
  source = record::record(Op::reshape, {source}, op::attrs::reshape::pack(flat), how);
  Dims along(flat.size(), 1);
  along[p.dim] = flat[p.dim];
  Value at = record::record(Op::reshape, {p.positions}, op::attrs::reshape::pack(along), how);
  at = record::record(Op::expand, {at}, op::attrs::expand::pack(flat), how);
  Value y = record::record(accumulate ? Op::scatter_add : Op::scatter,
                           {moved_together(s.view, p, how), at, source},
                           op::attrs::scatter::pack(p.dim), how);
  // Back to the order of the view.
  Dims permuted, inverse(p.permutation.size());
  for (size_t i = 0; i < p.permutation.size(); ++i) {
    permuted.push_back(record::impl(s.view)->sizes[p.permutation[i]]);
    inverse[p.permutation[i]] = static_cast<int64_t>(i);
  }
  y = record::record(Op::reshape, {y}, op::attrs::reshape::pack(permuted), how);
  y = record::record(Op::permute, {y}, op::attrs::permute::pack(inverse), how);
  record::write(s.view, y, how);
}

Tensor as_tensor(const Scalar& s, const Tensor& self, Location where) {
  return record::make_tensor(number(s, self.defined() ? self.scalar_type() : kFloat, where));
}
constexpr const char *index_label = "IndexBackward0", *put_label = "IndexPutBackward0";
using List = std::initializer_list<TensorIndex>;
Indices list(const List& l) { return Indices(l.begin(), l.size()); }
}  // namespace

Tensor Tensor::operator[](IndexIn index) const {
  return torch::select(In(*this, index.where), 0, index.value);
}
Tensor Tensor::operator[](In index) const {
  const TensorIndex one(index.tensor);
  return indexed(*this, Indices(one), How(index.where, index_label, "index"));
}
Tensor Tensor::index(Indices indices, Location where) const {
  if (indices.empty())
    refuse<c10::IndexError>(where, "index",
                            "Passing an empty index list to Tensor::index() is not valid syntax");
  return indexed(*this, indices, How(where, index_label, "index"));
}
Tensor Tensor::index(List indices, Location where) const { return index(list(indices), where); }
Tensor& Tensor::index_put_(Indices indices, const Tensor& value, bool accumulate, Location where) {
  if (indices.empty())
    refuse<c10::IndexError>(
        where, "index_put_",
        "Passing an empty index list to Tensor::index_put_() is not valid syntax");
  put_at(*this, indices, value, accumulate, How(where, put_label, "index_put_"));
  return *this;
}
Tensor& Tensor::index_put_(Indices indices, const Tensor& value, Location where) {
  return index_put_(indices, value, false, where);
}
Tensor Tensor::index_put(Indices indices, const Tensor& value, bool accumulate,
                         Location where) const {
  if (const Autocast cast(casts::index_put, {In(*this, where), value}); cast.on())
    return cast[0].index_put(indices, cast[1], accumulate, where);
  Tensor copy = clone(nullopt, where);
  copy.index_put_(indices, value, accumulate, where);
  return copy;
}
Tensor& Tensor::index_put_(Indices indices, const Scalar& value, Location where) {
  return index_put_(indices, as_tensor(value, *this, where), where);
}
Tensor& Tensor::index_put_(List indices, const Tensor& value, Location where) {
  return index_put_(list(indices), value, where);
}
Tensor& Tensor::index_put_(List indices, const Scalar& value, Location where) {
  return index_put_(list(indices), value, where);
}

namespace {
std::vector<TensorIndex> all_or(const std::vector<optional<Tensor>>& indices) {
  std::vector<TensorIndex> out;
  for (const optional<Tensor>& t : indices)
    out.push_back(t && t->defined() ? TensorIndex(*t) : TensorIndex(indexing::Slice()));
  return out;
}
}  // namespace
Tensor index(In self, const std::vector<optional<Tensor>>& indices) {
  return self->index(Indices(all_or(indices)), self.where);
}
Tensor index_put(In self, const std::vector<optional<Tensor>>& indices, const Tensor& values,
                 bool accumulate) {
  return self->index_put(Indices(all_or(indices)), values, accumulate, self.where);
}
Tensor& index_put_(In self, const std::vector<optional<Tensor>>& indices, const Tensor& values,
                   bool accumulate) {
  return self_of(self).index_put_(Indices(all_or(indices)), values, accumulate, self.where);
}
}  // namespace torch
