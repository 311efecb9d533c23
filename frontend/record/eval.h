/// Forcing values.
#pragma once
#include "frontend/tensor/tensor.h"

namespace torch {
/// Evaluates these tensors, with everything else of this thread that is pending and alive.
void eval(TensorListIn tensors);
template <class... More> void eval(In first, const More&... more) {
  const Tensor list[] = {first.tensor, Tensor(more)...};
  eval(TensorListIn(TensorList(list, 1 + sizeof...(more)), first.where));
}

namespace record {
/// A tensor of the host's, that a module made for itself, where WEFT_DEVICE says.
Tensor where_asked(const Tensor& t);
/// Zeros of the sizes, dtype and device of `like` that are values already: no op is recorded,
/// nothing is evaluated. What a loop carries starts so, that its first turn records what all others
/// do.
Tensor known_zeros(const Tensor& like);
/// The same with another number than zero.
Tensor known_full(const Tensor& like, double value);

struct Storage;
/// A call of the library that writes to many tensors: the step of an optimizer, an initialisation.
/// Writes to memory that the program has the address of wait for its end and are one barrier.
/// `what` names it in the ledger ("optimizer.step()", a literal).
class Step {
 public:
  Step(const char* what, Location where);
  /// Lands what was written.
  ~Step();
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;
  /// Ends a training step: evaluates all that is pending and alive of this thread as one
  /// executable, then lands.
  void end();
  static Step* current();
  void lands_later(Storage* storage);

 private:
  void land();
  const char* what_;
  Location where_;
  Step* outer_;
  std::vector<Storage*> waiting_;  // counted
};
/// The same where nothing else is to be said: `Step(what, where).end()`.
void end_step(const char* what, Location where);
}  // namespace record
}  // namespace torch
