#include "frontend/record/read.h"

#include "frontend/record/evaluate.h"
#include "frontend/record/tensor_impl.h"

namespace torch {
namespace record {

struct Values::Held {
  Bytes bytes;
};

Values::Values(const Tensor& t, const char* what, Location where) {
  held_ = new Held{host_bytes(read(t, what, where), {what, where})};
}
Values::~Values() { delete held_; }
const void* Values::data() const { return held_->bytes.data(); }
}  // namespace record
}  // namespace torch
