/// An operand of a product as a struct of CUDA C++: where its elements are (skeleton/tiles.cuh says
/// what it must have).
#pragma once
#include "codegen/cuda/contraction/geometry.h"
#include "codegen/cuda/contraction/words.h"

namespace torch {
namespace codegen {
namespace cuda {

struct OperandText {
  std::string definition;  // of the struct
  std::string values;      // of its members
  std::string key;         // equal for equal definitions
};

/// An operand, its walk simplified: digits of size 1 are gone; of a strided tensor what needs no
/// guard is one offset, and digits that follow each other in memory are one.
class Elements {
 public:
  Elements(const Operand& operand, Walk walk);
  /// Whether vectors (and what neighbouring threads take) lie along k, else along the outer axis.
  bool is_along_k() const { return along_k_; }
  /// Elements a vector.
  int vector() const { return vector_; }
  bool is_strided() const { return operand_.is_strided(); }
  /// An element's place costs a multiplication an axis.
  bool is_simple() const {
    return is_strided() && kept_.empty() && walk_.digits[outer_axis].size() <= 1 &&
           walk_.digits[k_axis].size() <= 1;
  }
  /// Bytes of shared memory for what `depth` numbers of k come to, of two tiles.
  int64_t table_bytes(int depth, bool is_wide) const;
  /// Indices need more than 31 bits.
  bool is_wide() const;
  /// The struct `name`, A or B; its arguments are `buffer` and those after it. `is_async`: copied to
  /// shared memory as it is.
  OperandText text(const std::string& name, BufferUse buffer, bool is_async,
                   Arguments& arguments) const;

 private:
  struct Kept {  // a dim that is looked at when an element is: guarded, or handed to a function
    unsigned dim;
    int64_t stride;
  };
  struct Writer;
  /// An offset and the kept indices move together: indices that their place is a multiple of.
  unsigned place_alignment() const { return kept_.empty() ? 1 : kept_.size() == 1 ? 2 : 4; }
  int64_t contribution(Axis axis, unsigned digit, unsigned kept) const;
  bool moves_kept(Axis axis, unsigned digit) const;
  void drop_single_digits();
  void fold();
  void merge_digits(Axis axis);
  int widest(Axis axis) const;
  bool unit(Axis axis) const;
  void choose_direction();

  const Operand& operand_;
  Walk walk_;
  Numbers strides_[axis_count];  // of digits, of what is folded
  int64_t offset_ = 0;
  std::vector<Kept> kept_;
  bool along_k_ = false;
  int vector_ = 1;
};
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
