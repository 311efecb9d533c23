#include "frontend/record/scan.h"

#include "frontend/autograd/grad_mode.h"
#include "frontend/record/failure.h"
#include "frontend/record/record.h"
#include "frontend/record/scan_body.h"
#include "frontend/record/tensor_impl.h"
#include "frontend/record/trace.h"

namespace torch {
namespace record {
namespace {

// While it lives, what this thread records belongs to a body.
class Recording {
 public:
  Recording() : trace_(Trace::mine()), outer_(trace_.body) {
    static std::atomic<uint32_t> last{0};
    while (trace_.body == outer_ || trace_.body == 0) trace_.body = ++last;
  }
  ~Recording() { trace_.body = outer_; }
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;
  uint32_t id() const { return trace_.body; }

 private:
  Trace& trace_;
  const uint32_t outer_;
};

// Stands for a state or slice of any step.
Value argument(const Type& type, Home home) {
  Value v = new_node(Kind::data, data_signature(type), 0);
  settle_in(v, home);
  v->carries = op::is_float(type.dtype) && GradMode::is_enabled();
  v->failure = new Failure(Failure::absent,
                           "scan: a value of a loop's step was asked for while the step is being "
                           "recorded: it has none",
                           surroundings().call, surroundings().scope);
  v->state.store(State::failed, std::memory_order_relaxed);
  return v;
}

std::vector<Value> read_all(const std::vector<Tensor>& tensors, const How& how) {
  std::vector<Value> values;
  for (const Tensor& t : tensors) values.push_back(read(t, how.what, how.where));
  return values;
}

std::vector<Tensor> tensors_of(const std::vector<Value>& values, size_t from, size_t to) {
  std::vector<Tensor> tensors;
  for (size_t i = from; i < to; ++i) tensors.push_back(make_tensor(values[i]));
  return tensors;
}

std::vector<Value> arguments_of(const std::vector<Value>& initial,
                                const std::vector<Value>& stacked) {
  std::vector<Value> arguments;
  for (const Value& v : initial) arguments.push_back(argument(v.type(), v->lives()));
  for (const Value& v : stacked) {
    Type slice = v.type();
    TORCH_CHECK(slice.rank() > 0, "scan: expected stacked tensors to have a leading dim; got ",
                op::to_string(slice));
    slice.dims.erase(0);
    arguments.push_back(argument(slice, v->lives()));
  }
  return arguments;
}
}  // namespace

Scanned scan(const std::vector<Tensor>& initial, const std::vector<Tensor>& stacked, bool reverse,
             const ScanBody& body) {
  const How how(surroundings().call, "ScanBackward0", "scan");
  const std::vector<Value> starts = read_all(initial, how), stacks = read_all(stacked, how);
  const std::vector<Value> arguments = arguments_of(starts, stacks);
  std::vector<Operand> operands;
  for (size_t i = 0; i < starts.size(); ++i) operands.push_back(operand(starts[i], initial[i]));
  for (size_t i = 0; i < stacks.size(); ++i) operands.push_back(operand(stacks[i], stacked[i]));
  std::vector<Value> results, captured;
  std::shared_ptr<const op::Graph> graph;
  {
    Recording recording;
    BodyGraph made(recording.id(), arguments);
    const Scanned step = body(tensors_of(arguments, 0, starts.size()),
                              tensors_of(arguments, starts.size(), arguments.size()));
    TORCH_CHECK(step.states.size() == initial.size(), "scan: expected a body that gives ",
                initial.size(), " next states; got ", step.states.size());
    std::vector<Value> yielded = read_all(step.states, how);
    for (Value& v : read_all(step.outputs, how)) yielded.push_back(std::move(v));
    graph = made.yield(yielded);
    captured = made.captured();
  }
  for (const Value& v : captured) operands.push_back(Operand(v));
  results = record_all(Op::scan, operands,
                       op::attrs::scan::pack(static_cast<int64_t>(initial.size()),
                                             static_cast<int64_t>(stacked.size()), reverse),
                       how, graph);
  return {tensors_of(results, 0, initial.size()),
          tensors_of(results, initial.size(), results.size())};
}
}  // namespace record
}  // namespace torch
