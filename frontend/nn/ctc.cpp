// Connectionist temporal classification (Graves et al. 2006): a loop over time whose states are the
// log probabilities of all prefixes of the target, with a blank before, between and after classes.
#include <algorithm>
#include <limits>
#include <vector>

#include "frontend/nn/composite.h"
#include "frontend/nn/losses.h"
#include "frontend/nn/reduced.h"
#include "frontend/record/scan.h"
#include "frontend/tensor/casting.h"
#include "frontend/tensor/factories.h"
#include "frontend/tensor/functions.h"
#include "frontend/tensor/operators.h"
#include "frontend/tensor/windows.h"

namespace torch {
using nn::Composite;
using nn::reduced;

namespace {
constexpr double kNever = -std::numeric_limits<double>::infinity();
constexpr const char* kWhile = " (while checking arguments for ctc_loss_allocate_outputs)";

// log(exp(a) + exp(b) + ...), of impossible ones impossible, and no gradient through these.
Tensor log_sum(const std::vector<Tensor>& terms) {
  Tensor most = terms[0].detach();
  for (const Tensor& t : terms) most = torch::maximum(most, t.detach());
  const Tensor never = most == kNever;
  const Tensor shift = torch::where(never, 0, most);
  Tensor sum = (terms[0] - shift).exp();
  for (size_t i = 1; i < terms.size(); ++i) sum = sum + (terms[i] - shift).exp();
  return torch::where(never, kNever, torch::where(never, 1, sum).log() + shift);
}

// The states `places` before: what comes from outside never happens.
Tensor before(const Tensor& states, int64_t places) {
  const int64_t size = states.size(1), kept = std::max<int64_t>(size - places, 0);
  return torch::constant_pad_nd(states.narrow(1, 0, kept), {size - kept, 0}, kNever);
}

// log_probs (T, N, C), targets (N, S), lengths (N).
struct Ctc {
  Tensor log_probs, targets, input_lengths, target_lengths;
  int64_t blank;

  TensorOptions whole() const { return log_probs.options().dtype(kLong).requires_grad(false); }
  Tensor times() const {
    const Tensor t = torch::arange(log_probs.size(0), whole()).unsqueeze(1);
    return (t < input_lengths).unsqueeze(2);  // (T, N, 1): within the input
  }
  /// The class of each state, (N, 2 S + 1).
  Tensor classes() const {
    const int64_t n = targets.size(0), s = targets.size(1);
    const Tensor within =
        torch::arange(s, whole()).unsqueeze(0) < target_lengths.unsqueeze(1);
    const Tensor blanks = torch::full({n, s}, blank, whole());
    const Tensor known = torch::where(within, targets, blanks);
    const Tensor pairs = torch::stack({blanks, known}, 2).reshape({n, 2 * s});
    return torch::constant_pad_nd(pairs, {0, 1}, blank);
  }
  /// Minus the log probability of each target.
  Tensor losses() const;
};

Tensor Ctc::losses() const {
  const int64_t steps = log_probs.size(0), n = targets.size(0), states = 2 * targets.size(1) + 1;
  const Tensor labels = classes(), within = times();
  const Tensor emitted = log_probs.gather(2, labels.unsqueeze(0).expand({steps, n, states}));
  // A blank may be left out between classes that differ.
  const Tensor two_before = torch::constant_pad_nd(labels, {2, 0}, blank).narrow(1, 0, states);
  const Tensor may_skip = (labels != blank) & (labels != two_before);
  // Before the first step only the state before the first exists: each later one comes from there.
  const Tensor place = torch::arange(states, whole()).unsqueeze(0).expand({n, states});
  const Tensor nothing =
      torch::full({n, states}, kNever, log_probs.options().requires_grad(false));
  const Tensor first = torch::where((place < 2) & within[0], emitted[0], nothing);
  const Tensor start = torch::where(within[0] | (place > 0), first, 0);
  const record::Scanned all = steps == 1 ? record::Scanned{{start}, {}} : record::scan(
      {start}, {emitted.narrow(0, 1, steps - 1), within.narrow(0, 1, steps - 1)}, false,
      [&](const std::vector<Tensor>& s, const std::vector<Tensor>& slices) {
        const Tensor skipped = torch::where(may_skip, before(s[0], 2), kNever);
        const Tensor next = log_sum({s[0], before(s[0], 1), skipped}) + slices[0];
        return record::Scanned{{torch::where(slices[1], next, s[0])}, {}};
      });
  // A target ends in its last class or the blank behind it.
  const Tensor end = (target_lengths * 2).unsqueeze(1);
  const Tensor on_class = all.states[0].gather(1, (end - 1).clamp_min(0));
  const Tensor last = torch::where(end > 0, on_class, kNever);
  return -log_sum({all.states[0].gather(1, end), last}).squeeze(1);
}

void check_lengths(const char* name, const std::vector<int64_t>& lengths, int64_t batch,
                   int64_t most) {
  TORCH_CHECK(static_cast<int64_t>(lengths.size()) == batch, name, " must be of size batch_size");
  for (int64_t length : lengths) {
    TORCH_CHECK(length >= 0, "Expected ", name, " to have value at least 0, but got value ", length,
                kWhile);
    TORCH_CHECK(length <= most, "Expected ", name, " to have value at most ", most,
                ", but got value ", length, kWhile);
  }
}

// Targets that stand one after the other, as rows.
Tensor rows_of(const Tensor& targets, const std::vector<int64_t>& lengths) {
  int64_t longest = 0, total = 0;
  for (int64_t length : lengths) {
    longest = std::max(longest, length);
    total += length;
  }
  TORCH_CHECK(targets.size(0) == total, "Expected tensor to have size ", total,
              " at dimension 0, but got size ", targets.size(0), " for argument #2 'targets'",
              kWhile);
  std::vector<int64_t> places;
  int64_t at = 0;
  for (int64_t length : lengths) {
    for (int64_t i = 0; i < longest; ++i) places.push_back(i < length ? at + i : 0);
    at += length;
  }
  const std::vector<int64_t> sizes{static_cast<int64_t>(lengths.size()), longest};
  return total ? targets.index_select(0, torch::tensor(places, targets.options().dtype(kLong))).reshape(sizes)
               : torch::zeros(sizes, targets.options().dtype(kLong));
}
}  // namespace

Tensor ctc_loss(In log_probs_, const Tensor& targets_, IntArrayRef input_lengths,
                IntArrayRef target_lengths, int64_t blank, int64_t reduction, bool zero_infinity) {
  if (const Autocast cast(casts::ctc_loss, {log_probs_, targets_}); cast.on())
    return ctc_loss(In(cast[0], log_probs_.where), cast[1], input_lengths, target_lengths, blank,
                    reduction, zero_infinity);
  Composite composite("ctc_loss", "CtcLossBackward0", log_probs_.where);
  const bool alone = log_probs_->dim() == 2;
  const Tensor x = alone ? log_probs_->unsqueeze(1) : log_probs_.tensor;
  nn::check_floating(x, "ctc_loss_cpu");
  TORCH_CHECK(x.dim() == 3, "ctc_loss: expected log_probs of 2 or 3 dims, got ", x.sizes());
  TORCH_CHECK(x.numel() > 0, "log_probs tensor must not be empty");
  TORCH_CHECK(blank >= 0 && blank < x.size(2), "blank must be in label range");
  const std::vector<int64_t> sizes = target_lengths.vec();
  check_lengths("input_lengths", input_lengths.vec(), x.size(1), x.size(0));
  check_lengths("target_lengths", sizes, x.size(1), INT64_MAX);
  Tensor targets = targets_.to(x.device(), kLong);
  if (targets.dim() == 1) targets = rows_of(targets, sizes);
  const int64_t longest = sizes.empty() ? 0 : *std::max_element(sizes.begin(), sizes.end());
  TORCH_CHECK(targets.size(1) >= longest, "Expected tensor to have size at least ", longest,
              " at dimension 1, but got size ", targets.size(1), " for argument #2 'targets'",
              kWhile);
  const TensorOptions whole = x.options().dtype(kLong).requires_grad(false);
  const Ctc ctc{x, targets, torch::tensor(input_lengths.vec(), whole), torch::tensor(sizes, whole),
                blank};
  Tensor loss = ctc.losses();
  // libtorch's gradient is that by the inputs of the log_softmax which made log_probs: the
  // probabilities come on top, where mathematics has the target's part alone. A sum of no value
  // brings them.
  const Tensor mass = torch::where(ctc.times(), x.exp(), 0).sum({0, 2});
  loss = loss + (mass - mass.detach());
  const Tensor never = loss == std::numeric_limits<double>::infinity();
  // What cannot happen has no gradient: log(0 * mass) is -infinity with the derivative 0 / 0.
  loss = zero_infinity ? torch::where(never, 0, loss)
                       : loss - torch::where(never, mass * 0, 1).log();
  if (reduction == at::Reduction::Mean) loss = loss / ctc.target_lengths.clamp_min(1);
  loss = reduced(loss, reduction);
  return alone && reduction == at::Reduction::None ? loss.squeeze(0) : loss;
}
Tensor ctc_loss(In log_probs, const Tensor& targets, const Tensor& input_lengths,
                const Tensor& target_lengths, int64_t blank, int64_t reduction,
                bool zero_infinity) {
  record::Call call(log_probs.where);
  for (const Tensor* lengths : {&input_lengths, &target_lengths})
    TORCH_CHECK(isIntegralType(lengths->scalar_type(), false),
                lengths == &input_lengths ? "input_lengths" : "target_lengths",
                " must be integral");
  const auto numbers = [](const Tensor& t) {
    const Tensor values = t.to(kCPU, kLong).contiguous();
    const int64_t* data = values.const_data_ptr<int64_t>();
    return std::vector<int64_t>(data, data + values.numel());
  };
  return ctc_loss(log_probs, targets, numbers(input_lengths), numbers(target_lengths), blank,
                  reduction, zero_infinity);
}
}  // namespace torch
