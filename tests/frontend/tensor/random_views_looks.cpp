// The views that a random program makes.
#include <algorithm>

#include "frontend/tensor/indexing.h"
#include "frontend/tensor/namespaces.h"
#include "frontend/tensor/operators.h"
#include "tests/frontend/tensor/random_views.h"

namespace views {
namespace {
int64_t product(const model::Sizes& sizes) {
  int64_t n = 1;
  for (int64_t s : sizes) n *= s;
  return n;
}
}  // namespace

void Program::view() {
  const size_t before = all_.size();
  switch (pick(0, 13)) {
    case 0: select(); break;
    case 1: slice(); break;
    case 2: permute(); break;
    case 3: {
      const int64_t dim = pick(0, now_.model.rank());
      add(now_.weft.unsqueeze(pick(0, 1) ? dim : dim - now_.model.rank() - 1),
          model::unsqueeze(now_.model, dim), "unsqueeze" + of_);
      break;
    }
    case 4: squeeze(); break;
    case 5: expand(); break;
    case 6:
    case 7: reshape(); break;
    case 8: flatten(); break;
    case 9: diagonal(); break;
    case 10: unfold(); break;
    case 11: as_strided(); break;
    case 12:
      add(now_.weft.detach(), model::detach(now_.model), "detach" + of_);
      return;
    default: return split();
  }
  if (all_.size() > before && all_.back().weft.is_alias_of(now_.weft))
    all_.back().one_of_several = now_.one_of_several;
}

void Program::select() {
  const model::Tensor& m = now_.model;
  if (m.rank() == 0) return;
  const int64_t dim = pick(0, m.rank() - 1), size = m.sizes[static_cast<size_t>(dim)];
  if (size == 0) return;
  const int64_t at = pick(0, size - 1), as = pick(0, 1) ? at : at - size;
  if (dim == 0 && pick(0, 1))
    return add(now_.weft[as], model::select(m, 0, at), "[]" + of_);
  if (dim == m.rank() - 1 && pick(0, 1))
    return add(now_.weft.index({torch::indexing::Ellipsis, as}), model::select(m, dim, at),
               "[..., i]" + of_);
  add(now_.weft.select(dim, as), model::select(m, dim, at), "select" + of_);
}

void Program::slice() {
  const model::Tensor& m = now_.model;
  if (m.rank() == 0) return;
  const int64_t dim = pick(0, m.rank() - 1), size = m.sizes[static_cast<size_t>(dim)];
  const int64_t start = pick(0, size), end = pick(start, size), step = pick(1, 2);
  const model::Tensor r = model::slice(m, dim, start, end, step);
  if (dim == 0 && pick(0, 1)) {
    using namespace torch::indexing;
    return add(now_.weft.index({Slice(start, end, step), None}), model::unsqueeze(r, 1),
               "[a:b, None]" + of_);
  }
  if (step == 1 && pick(0, 1))
    return add(now_.weft.narrow(dim, start, end - start), r, "narrow" + of_);
  add(now_.weft.slice(dim, start, end, step), r, "slice" + of_);
}

void Program::permute() {
  const model::Tensor& m = now_.model;
  model::Sizes order;
  for (int64_t d = 0; d < m.rank(); ++d) order.push_back(d);
  if (m.rank() >= 2 && pick(0, 1)) {
    const int64_t a = pick(0, m.rank() - 1), b = pick(0, m.rank() - 1);
    std::swap(order[static_cast<size_t>(a)], order[static_cast<size_t>(b)]);
    const bool t = m.rank() == 2 && a != b;
    return add(t ? now_.weft.t() : now_.weft.transpose(a, b), model::permute(m, order),
               "transpose" + of_);
  }
  std::shuffle(order.begin(), order.end(), random_);
  add(now_.weft.permute(order), model::permute(m, order), "permute" + of_);
}

void Program::squeeze() {
  const model::Tensor& m = now_.model;
  if (m.rank() && pick(0, 1)) {
    const int64_t dim = pick(0, m.rank() - 1);
    const bool one = m.sizes[static_cast<size_t>(dim)] == 1;
    return add(now_.weft.squeeze(dim), one ? model::select(m, dim, 0) : m, "squeeze dim" + of_);
  }
  add(now_.weft.squeeze(), model::squeeze(m), "squeeze" + of_);
}

void Program::expand() {
  model::Sizes sizes = now_.model.sizes;
  for (int64_t& s : sizes)
    if (s == 1 && pick(0, 1)) s = pick(1, 3);
  if (sizes.size() < 3 && pick(0, 1)) sizes.insert(sizes.begin(), pick(1, 2));
  const model::Tensor r = model::expand(now_.model, sizes);
  if (pick(0, 1)) return add(now_.weft.expand_as(torch::empty(sizes)), r, "expand_as" + of_);
  add(now_.weft.expand(sizes), r, "expand" + of_);
}

void Program::reshape() {
  const model::Tensor& m = now_.model;
  model::Sizes sizes{m.numel()};
  for (int64_t factor = 4; factor > 1; --factor)
    if (sizes[0] && sizes[0] % factor == 0 && pick(0, 1)) {
      sizes[0] /= factor;
      sizes.insert(sizes.begin() + pick(0, static_cast<int64_t>(sizes.size())), factor);
      std::swap(sizes[0], *std::max_element(sizes.begin(), sizes.end()));
    }
  bool is_view;
  const model::Tensor r = model::reshape(m, sizes, is_view);
  if (m.numel() == 0 || product(sizes) != m.numel()) return;
  if (pick(0, 1)) {
    if (is_view) return add(now_.weft.view(sizes), r, "view" + of_);
    EXPECT_THROW(now_.weft.view(sizes), c10::Error) << text_ << "view" << of_;
  }
  add(now_.weft.reshape(sizes), r, std::string(is_view ? "reshape" : "copying reshape") + of_);
}

void Program::flatten() {
  const model::Tensor& m = now_.model;
  if (m.rank() < 2 || m.numel() == 0) return;
  // Of one dim it is the tensor itself.
  const int64_t a = pick(0, m.rank() - 2), b = pick(a + 1, m.rank() - 1);
  model::Sizes sizes;
  for (int64_t d = 0; d < m.rank(); ++d) {
    const int64_t size = m.sizes[static_cast<size_t>(d)];
    if (d > a && d <= b) sizes.back() *= size;
    else sizes.push_back(size);
  }
  bool is_view;
  const model::Tensor r = model::reshape(m, sizes, is_view);
  add(now_.weft.flatten(a, b), r, "flatten" + of_);
}

void Program::diagonal() {
  const model::Tensor& m = now_.model;
  if (m.rank() < 2) return;
  const int64_t a = pick(0, m.rank() - 1), b = (a + pick(1, m.rank() - 1)) % m.rank();
  const int64_t offset = pick(-1, 1);
  const model::Tensor r = model::diagonal(m, offset, a, b);
  add(now_.weft.diagonal(offset, a, b), r, "diagonal" + of_);
}

void Program::unfold() {
  const model::Tensor& m = now_.model;
  if (m.rank() == 0) return;
  const int64_t dim = pick(0, m.rank() - 1), length = m.sizes[static_cast<size_t>(dim)];
  if (length == 0) return;
  const int64_t size = pick(1, length), step = pick(1, 3);
  add(now_.weft.unfold(dim, size, step), model::unfold(m, dim, size, step), "unfold" + of_);
}

// What torch's gradient of a look at other parts of the memory is depends on the view it is taken
// of.
void Program::as_strided() {
  const model::Tensor& m = now_.model;
  const auto size = static_cast<int64_t>(m.memory->size());
  bool is_view;
  const bool whole = m.numel() == size && m.offset == 0 &&
                     model::reshape(m, {size}, is_view).strides == model::Sizes{1} && is_view;
  if (size == 0 || (graded_ && !whole)) return;
  model::Sizes sizes, strides;
  int64_t last = 0;
  for (int64_t d = pick(0, 2); d > 0; --d) {
    sizes.push_back(pick(1, 3));
    strides.push_back(pick(pick(0, 3) ? 1 : 0, 4));
    last += (sizes.back() - 1) * strides.back();
  }
  if (last >= size) return;
  const int64_t offset = pick(0, size - 1 - last);
  add(now_.weft.as_strided(sizes, strides, offset),
      model::as_strided(m, sizes, strides, offset), "as_strided" + of_);
}

// One of the views that an op makes several of.
void Program::split() {
  const model::Tensor& m = now_.model;
  if (m.rank() == 0) return;
  const int64_t dim = pick(0, m.rank() - 1), size = m.sizes[static_cast<size_t>(dim)];
  if (size == 0) return;
  const int64_t way = pick(0, 2), by = pick(1, size), part = (size + by - 1) / by;
  if (way == 0) {
    const std::vector<torch::Tensor> all = now_.weft.unbind(dim);
    add(all[static_cast<size_t>(by - 1)], model::select(m, dim, by - 1), "unbind" + of_);
  } else {
    // Parts of `length`, the last one shorter.
    const int64_t length = way == 1 ? by : part;
    const std::vector<torch::Tensor> all =
        way == 1 ? now_.weft.split(by, dim) : now_.weft.chunk(by, dim);
    ASSERT_EQ(static_cast<int64_t>(all.size()), (size + length - 1) / length) << text_;
    const int64_t i = pick(0, static_cast<int64_t>(all.size()) - 1);
    add(all[static_cast<size_t>(i)],
        model::slice(m, dim, i * length, std::min(size, (i + 1) * length), 1),
        (way == 1 ? "split" : "chunk") + of_);
  }
  all_.back().one_of_several = true;
}
}  // namespace views
