// Random programs of views and in-place writes, run by Weft and by the naive strided model: after
// each, all tensors agree.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "frontend/tensor/accessor.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/namespaces.h"
#include "tests/frontend/tensor/strided_model.h"

namespace {

class Program {
 public:
  explicit Program(uint64_t seed) : random_(seed) {}

  void run() {
    for (int i = 0; i < 2; ++i) create();
    const int64_t steps = pick(4, 14);
    for (int64_t i = 0; i < steps; ++i) {
      step();
      if (pick(0, 5) == 0) compare(static_cast<size_t>(pick(0, count() - 1)));
      if (weft_.size() > 8) forget();
    }
    for (size_t i = 0; i < weft_.size(); ++i) compare(i);
  }
  const std::string& text() const { return text_; }

 private:
  int64_t pick(int64_t low, int64_t high) {
    return std::uniform_int_distribution<int64_t>(low, high)(random_);
  }
  int64_t count() const { return static_cast<int64_t>(weft_.size()); }
  void say(const std::string& line) { text_ += line + "\n"; }

  void create() {
    model::Sizes sizes;
    const int64_t rank = pick(1, 3);
    for (int64_t d = 0; d < rank; ++d) sizes.push_back(pick(1, 4));
    model::Tensor m = model::iota(sizes);
    if (pick(0, 2) == 0) {
      // Memory of the program's own.
      auto memory = m.memory;
      add(torch::from_blob(
              memory->data(), sizes, [memory](void*) {}, torch::kDouble),
          m, "from_blob");
      return;
    }
    add(torch::arange(m.numel(), torch::kDouble).reshape(sizes), m, "create");
  }

  void add(torch::Tensor t, model::Tensor m, const std::string& what) {
    say(std::to_string(weft_.size()) + " = " + what + " " + std::to_string(m.rank()) + "d");
    EXPECT_EQ(t.sizes().vec(), m.sizes) << text_;
    weft_.push_back(t);
    model_.push_back(m);
  }
  void forget() {
    const int64_t i = pick(0, count() - 1);
    say("forget " + std::to_string(i));
    weft_.erase(weft_.begin() + i);
    model_.erase(model_.begin() + i);
  }

  void step() {
    const size_t i = static_cast<size_t>(pick(0, count() - 1));
    const torch::Tensor t = weft_[i];
    const model::Tensor m = model_[i];
    const std::string of = "(" + std::to_string(i) + ")";
    switch (pick(0, 15)) {
      case 0: return m.rank() ? select(t, m, of) : create();
      case 1: return m.rank() ? slice(t, m, of) : create();
      case 2: return permute(t, m, of);
      case 3: return add(t.unsqueeze(0), model::unsqueeze(m, 0), "unsqueeze" + of);
      case 4: return add(t.squeeze(), model::squeeze(m), "squeeze" + of);
      case 5: return expand(t, m, of);
      case 6: {
        bool is_view;
        model::Tensor r = model::reshape(m, {m.numel()}, is_view);
        return add(t.reshape({-1}), r, std::string(is_view ? "view" : "copy") + of);
      }
      case 7:
        if (m.rank() >= 2) return add(t.diagonal(), model::diagonal(m), "diagonal" + of);
        break;
      case 8:
        if (m.rank() >= 1 && m.sizes[0] >= 2)
          return add(t.unfold(0, 2, 1), model::unfold(m, 0, 2, 1), "unfold" + of);
        break;
      // Results keep their operands' order of dims in memory; the model has row-major ones.
      case 9:
        return add((t + 1).contiguous(), model::map(m, [](double x) { return x + 1; }), "add" + of);
      case 10:
        return add(t.clone(torch::MemoryFormat::Contiguous),
                   model::map(m, [](double x) { return x; }), "clone" + of);
      case 11: return expose(t, m, of);
      default: break;
    }
    write(t, m, of);
  }

  void select(const torch::Tensor& t, const model::Tensor& m, const std::string& of) {
    const int64_t dim = pick(0, m.rank() - 1), size = m.sizes[static_cast<size_t>(dim)];
    if (size == 0) return;
    const int64_t at = pick(0, size - 1);
    add(t.select(dim, pick(0, 1) ? at : at - size), model::select(m, dim, at), "select" + of);
  }
  void slice(const torch::Tensor& t, const model::Tensor& m, const std::string& of) {
    const int64_t dim = pick(0, m.rank() - 1), size = m.sizes[static_cast<size_t>(dim)];
    const int64_t start = pick(0, size), end = pick(start, size), step = pick(1, 2);
    add(t.slice(dim, start, end, step), model::slice(m, dim, start, end, step), "slice" + of);
  }
  void permute(const torch::Tensor& t, const model::Tensor& m, const std::string& of) {
    model::Sizes order;
    for (int64_t d = 0; d < m.rank(); ++d) order.push_back(d);
    std::shuffle(order.begin(), order.end(), random_);
    add(t.permute(order), model::permute(m, order), "permute" + of);
  }
  void expand(const torch::Tensor& t, const model::Tensor& m, const std::string& of) {
    model::Sizes sizes = m.sizes;
    for (int64_t& s : sizes)
      if (s == 1 && pick(0, 1)) s = pick(1, 3);
    if (sizes.size() < 3 && pick(0, 1)) sizes.insert(sizes.begin(), pick(1, 2));
    add(t.expand(sizes), model::expand(m, sizes), "expand" + of);
  }
  // The program writes through an address that it was given.
  void expose(const torch::Tensor& t, const model::Tensor& m, const std::string& of) {
    if (m.numel() == 0) return;
    double* p = t.data_ptr<double>();
    const double value = static_cast<double>(pick(100, 200));
    say("data_ptr" + of + "[0] = " + std::to_string(value));
    *p = value;
    m.at(0) = value;
  }

  void write(const torch::Tensor& t, const model::Tensor& m, const std::string& of) {
    if (m.overlaps()) {
      EXPECT_THROW(t.add_(1), c10::Error) << text_;
      return;
    }
    switch (pick(0, 8)) {
      case 5: return write_running(t, m, of);
      case 6: return write_chosen(t, m, of);
      case 7: return write_places(t, m, of);
      case 8: return reshape_in_place(m, of);
      case 0:
        say("mul_" + of);
        t.mul_(2);
        return model::write(m, model::map(m, [](double x) { return x * 2; }));
      case 1:
        say("fill_" + of);
        t.fill_(7);
        return model::write(m, model::map(m, [](double) { return 7; }));
      case 2: {
        say("zero_" + of);
        t.zero_();
        return model::write(m, model::map(m, [](double) { return 0; }));
      }
      default: {
        const size_t j = static_cast<size_t>(pick(0, count() - 1));
        if (!fits(model_[j].sizes, m.sizes)) return;
        const bool copies = pick(0, 1);
        say((copies ? "copy_" : "add_") + of + " from " + std::to_string(j));
        if (copies) {
          // Overlapping memory is read as it was, or refused: torch leaves it open.
          if (model_[j].memory == m.memory) return;
          t.copy_(weft_[j]);
          return model::write(m, model_[j]);
        }
        if (model_[j].memory == m.memory) return;
        t.add_(weft_[j]);
        model::write(m, model::zip(m, model_[j], [](double x, double y) { return x + y; }));
      }
    }
  }
  // Running sums along the last dim.
  void write_running(const torch::Tensor& t, const model::Tensor& m, const std::string& of) {
    if (m.rank() == 0 || m.numel() == 0) return;
    say("cumsum_" + of);
    t.cumsum_(-1);
    std::vector<double> sums = m.values();
    const int64_t row = m.sizes.back();
    for (int64_t i = 0; i < m.numel(); ++i)
      if (i % row) sums[static_cast<size_t>(i)] += sums[static_cast<size_t>(i - 1)];
    model::write(m, model::fresh(m.sizes, sums));
  }
  // Where a mask holds: numbers in a row; or one number along some indices of the first dim.
  void write_chosen(const torch::Tensor& t, const model::Tensor& m, const std::string& of) {
    if (m.rank() == 0 || m.numel() == 0) return;
    std::vector<double> next = m.values();
    if (pick(0, 1)) {
      say("masked_scatter_" + of);
      double number = 0;
      for (double& x : next)
        if (x > 3) x = number++;
      t.masked_scatter_(t > 3, torch::arange(m.numel(), torch::kDouble));
    } else {
      const int64_t at = pick(0, m.sizes[0] - 1), slice = m.numel() / m.sizes[0];
      say("index_fill_" + of + " at " + std::to_string(at));
      t.index_fill_(0, torch::tensor({at - m.sizes[0]}), 5);
      for (int64_t i = 0; i < slice; ++i) next[static_cast<size_t>(at * slice + i)] = 5;
    }
    model::write(m, model::fresh(m.sizes, next));
  }
  // Places of it as a vector.
  void write_places(const torch::Tensor& t, const model::Tensor& m, const std::string& of) {
    if (m.numel() == 0) return;
    const int64_t a = pick(0, m.numel() - 1), b = pick(0, m.numel() - 1);
    say("put_" + of + " at " + std::to_string(a) + ", " + std::to_string(b));
    t.put_(torch::tensor({a, b}), torch::tensor({2.0, 3.0}, torch::kDouble), true);
    std::vector<double> next = m.values();
    next[static_cast<size_t>(a)] += 2;
    next[static_cast<size_t>(b)] += 3;
    model::write(m, model::fresh(m.sizes, next));
  }
  // Another look at the same memory from now on; others that look at it stay.
  void reshape_in_place(const model::Tensor& m, const std::string& of) {
    size_t i = 0;
    while (model_[i].memory != m.memory || model_[i].sizes != m.sizes ||
           model_[i].strides != m.strides || model_[i].offset != m.offset)
      ++i;
    say("unsqueeze_ or transpose_" + of);
    if (m.rank() == 2) {
      weft_[i].transpose_(0, 1);
      model_[i] = model::permute(m, {1, 0});
    } else if (m.rank() < 2) {
      weft_[i].unsqueeze_(0);
      model_[i] = model::unsqueeze(m, 0);
    } else {
      weft_[i].squeeze_();
      model_[i] = model::squeeze(m);
    }
  }
  static bool fits(const model::Sizes& from, const model::Sizes& to) {
    if (from.size() > to.size()) return false;
    for (size_t i = 0; i < from.size(); ++i) {
      const int64_t wanted = to[to.size() - from.size() + i];
      if (from[i] != wanted && from[i] != 1) return false;
    }
    return true;
  }

  void compare(size_t i) {
    const torch::Tensor flat = weft_[i].detach().clone().reshape({-1});
    const std::vector<double> wanted = model_[i].values();
    ASSERT_EQ(flat.numel(), static_cast<int64_t>(wanted.size())) << text_;
    for (size_t k = 0; k < wanted.size(); ++k)
      ASSERT_EQ(flat[static_cast<int64_t>(k)].item<double>(), wanted[k])
          << text_ << "tensor " << i << ", element " << k;
  }

  std::mt19937_64 random_;
  std::vector<torch::Tensor> weft_;
  std::vector<model::Tensor> model_;
  std::string text_;
};

TEST(RandomViews, AgreeWithTheStridedModel) {
  const char* wanted = std::getenv("WEFT_RANDOM_PROGRAMS");
  const uint64_t programs = wanted ? std::strtoull(wanted, nullptr, 10) : 5000;
  for (uint64_t seed = 1; seed <= programs; ++seed) {
    Program program(seed);
    ASSERT_NO_THROW(program.run()) << "seed " << seed << "\n" << program.text();
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}
}  // namespace
