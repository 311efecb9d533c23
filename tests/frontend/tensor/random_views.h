/// One random program of views and in-place writes, run by Weft and by the naive strided model.
#pragma once
#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "frontend/tensor/tensor.h"
#include "tests/frontend/tensor/strided_model.h"

namespace views {

/// A tensor, and what the model has for it.
struct Pair {
  torch::Tensor weft;
  model::Tensor model;
  bool one_of_several = false;  // a view that may not be written to with grad
};

class Program {
 public:
  explicit Program(uint64_t seed);
  /// All tensors agree in the end, some at times between; and their gradients.
  void run();
  const std::string& text() const { return text_; }

 private:
  int64_t pick(int64_t low, int64_t high) {
    return std::uniform_int_distribution<int64_t>(low, high)(random_);
  }
  size_t any() { return static_cast<size_t>(pick(0, static_cast<int64_t>(all_.size()) - 1)); }
  bool whole_numbers() const { return type_ >= model::Type::i64; }
  bool is_bool() const { return type_ == model::Type::boolean; }
  void say(const std::string& line) { text_ += line + "\n"; }
  torch::Tensor numbers(const model::Sizes& sizes, double first = 0);

  void step();
  void create();
  void forget();
  void add(torch::Tensor t, model::Tensor m, const std::string& what);
  void compare(const Pair& pair);
  void compare_gradients();
  void copy_out();

  // Of the tensor that the step is about.
  void view();
  void select();
  void slice();
  void permute();
  void squeeze();
  void expand();
  void reshape();
  void flatten();
  void diagonal();
  void unfold();
  void as_strided();
  void split();
  void expose();

  void write();
  bool may_write(bool with_grad_of_others);
  void write_back(const std::string& name, const std::function<void()>& op,
                  const model::Tensor& value);
  void write_element_by_element();
  void write_other();
  void write_running();
  void write_triangle();
  void write_chosen();
  void write_slices();
  void write_places();
  void reshape_in_place();

  std::mt19937_64 random_;
  model::Type type_;
  torch::ScalarType dtype_;
  bool graded_;
  std::vector<Pair> all_;
  struct Leaf {
    torch::Tensor tensor;
    std::vector<double> direction;
  };
  std::vector<Leaf> leaves_;
  Pair now_;
  size_t at_ = 0;  // of it in all_
  std::string of_;
  std::string text_;
};
}  // namespace views
