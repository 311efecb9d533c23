/// Neighbours along the innermost dim, which one thread takes together: what lies in memory so is
/// loaded and stored at once, what is computed of it is computed element by element.
#pragma once
#include "codegen/cuda/nest/words.h"

namespace mlir::weft::cuda {

/// Whether the elements at `index` and the `count` - 1 after it along the innermost dim are
/// neighbours in memory, on a boundary of that many.
bool isVector(const Nest& nest, const Index& index, int count);
/// The loads, and which outputs, of the nest that are; loads within folds and under masks that change
/// along the innermost dim are not.
llvm::SmallVector<int> vectorLoads(const Nest& nest, int count);
bool isVectorStore(const Nest& nest, int output, int count);
/// How many neighbours a thread of this nest should take: 16 bytes of the type that most of what lies in
/// memory so is of; 1: nothing does, or most does not.
int chooseVector(const Nest& nest);

class Vectors {
 public:
  /// `loads`: those wanted, of vectorLoads; `outputs`: all that are stored here.
  Vectors(Emitter& e, int count, llvm::ArrayRef<int> loads, llvm::ArrayRef<int> outputs);
  /// The elements from `first` on, at `around`, whose `before` is where code goes. `element(level,
  /// number, carried)` does what is to be done with each besides storing, and gives what is carried
  /// on.
  using Element = llvm::function_ref<llvm::SmallVector<Value>(Level&, Value number, ValueRange)>;
  llvm::SmallVector<Value> run(Level& around, Value first, ValueRange carried, Element element);

 private:
  Value load(const NestNode& n, Level& base);
  void storeElements(Level& level, Value number, ValueRange vectors,
                     llvm::SmallVectorImpl<Value>& next);
  Emitter& e;
  Words w;
  const int count;
  llvm::ArrayRef<int> loads, outputs;
};
}  // namespace mlir::weft::cuda
