#include "runtime/cuda/nodes.h"

#include <algorithm>
#include <stdexcept>

#include "runtime/cuda/report.h"

namespace torch {
namespace runtime {
namespace cuda {

const char* const kPrepareName = "weft_prepare";
const char* const kPrepareText = R"(struct weft_host_numbers {
  u64 values[64];
};
extern "C" __global__ void weft_prepare(u64* numbers, u64* reports, i64 count, i64 report_words,
                                        const __grid_constant__ weft_host_numbers given) {
  const i64 first = weft_thread(), step = weft_threads();
  for (i64 i = first; i < count; i += step) numbers[i] = given.values[i];
  for (i64 i = first; i < report_words; i += step) reports[i] = 0;
}
)";

namespace {
constexpr size_t kNumbers = 64;  // of one launch of it
constexpr int64_t kMostBlocks = 0x7fffffff;

class Builder {
 public:
  explicit Builder(const FlatPlan& plan) : plan_(plan), segments_(1) {}

  void prepare(const Preparation& p, std::vector<Number>& numbers) {
    size_t done = 0;
    int64_t report_words = static_cast<int64_t>(plan_.reports * sizeof(DeviceErrorReport) / 8);
    while (done < p.inputs.size() || report_words > 0) {
      const size_t count = std::min(kNumbers, p.inputs.size() - done);
      Node& node = begin(p.function, 1, 256, 0);
      parameter(node);
      address(node, {plan_.arena_base(), p.numbers_offset + done * 8});
      parameter(node);
      address(node, {plan_.arena_base(), plan_.reports_offset});
      for (int64_t value : {static_cast<int64_t>(count), report_words}) {
        parameter(node);
        word(node, static_cast<uint64_t>(value));
      }
      parameter(node);
      for (size_t i = 0; i < kNumbers; ++i) {
        if (i < count) {
          const uint32_t input = p.inputs[done + i];
          numbers.push_back(
              {input, node.first_word + node.words, plan_.plan.input_types[input].bytes()});
        }
        word(node, 0);
      }
      done += count;
      report_words = 0;
    }
    in_group_ = false;
  }

  /// Steps [first, last) stand beside each other.
  void group(size_t first, size_t last) {
    for (size_t next; first < last; first = next) {
      next = first + 1;
      const Step& step = plan_.steps[first];
      if (step.kind != Step::kernel) {
        segments_.back().then = &step;
        segments_.emplace_back();
        continue;
      }
      if (step.launch->tasks <= 0 && !step.launch->kernel->enqueue) continue;
      while (next < last && like(step, plan_.steps[next]) &&
             next - first < step.launch->kernel->many_rows)
        ++next;
      if (next - first > 1) many(first, next);
      else one(step);
    }
    in_group_ = false;
  }
  std::vector<Segment> take() { return std::move(segments_); }

 private:
  /// May be a row of the same table.
  static bool like(const Step& a, const Step& b) {
    const Launch &l = *a.launch, &m = *b.launch;
    return l.kernel->many && l.kernel->function == m.kernel->function && l.threads == m.threads &&
           l.shared_bytes == m.shared_bytes && m.tasks > 0 && !l.copies && !m.copies &&
           l.buffers.size() == m.buffers.size() && l.params.size() == m.params.size();
  }

  void one(const Step& step) {
    const Launch& l = *step.launch;
    check_blocks(l.tasks, l);
    Node& node = begin(l.kernel->function, l.tasks, l.threads, l.shared_bytes);
    node.steps = {&step};
    for (const Place& place : step.places) {
      parameter(node);
      address(node, place);
    }
    for (int64_t value : l.params) {
      parameter(node);
      word(node, static_cast<uint64_t>(value));
    }
  }

  /// weft_table: the number of rows, the first block of each, their arguments; i32 up to these.
  void many(size_t first, size_t last) {
    const Launch& l = *plan_.steps[first].launch;
    const uint32_t rows = l.kernel->many_rows;
    std::vector<int32_t> head{static_cast<int32_t>(last - first)};
    int64_t blocks = 0;
    for (size_t i = first; i < last; ++i) {
      head.push_back(static_cast<int32_t>(blocks));
      blocks += plan_.steps[i].launch->tasks;
      check_blocks(blocks, l);
    }
    head.resize((rows + 2 + 1) / 2 * 2, static_cast<int32_t>(blocks));
    Node& node = begin(l.kernel->many, blocks, l.threads, l.shared_bytes);
    parameter(node);
    for (size_t i = 0; i < head.size(); i += 2)
      word(node, static_cast<uint32_t>(head[i]) |
                     static_cast<uint64_t>(static_cast<uint32_t>(head[i + 1])) << 32);
    for (size_t i = first; i < last; ++i) {
      const Step& step = plan_.steps[i];
      node.steps.push_back(&step);
      for (const Place& place : step.places) address(node, place);
      for (int64_t value : step.launch->params) word(node, static_cast<uint64_t>(value));
    }
    for (size_t i = last - first; i < rows; ++i)
      for (size_t v = 0; v < l.buffers.size() + l.params.size(); ++v) word(node, 0);
  }

  static void check_blocks(int64_t blocks, const Launch& l) {
    if (blocks > kMostBlocks)
      throw std::logic_error("launch graph: kernel " + l.kernel->name + " has more than " +
                             std::to_string(kMostBlocks) + " blocks");
  }
  Node& begin(void* function, int64_t blocks, uint32_t threads, size_t shared_bytes) {
    Segment& s = segments_.back();
    Node node;
    node.function = static_cast<CUfunction>(function);
    node.blocks = static_cast<unsigned>(blocks);
    node.threads = threads;
    node.shared_bytes = static_cast<unsigned>(shared_bytes);
    node.first_word = static_cast<uint32_t>(s.words.size());
    node.beside = in_group_;
    in_group_ = true;
    s.nodes.push_back(std::move(node));
    return s.nodes.back();
  }
  void parameter(Node& node) { node.parameters.push_back(node.words); }
  void word(Node& node, uint64_t value) {
    segments_.back().words.push_back(value);
    ++node.words;
  }
  void address(Node& node, const Place& place) {
    segments_.back().patches.push_back({node.first_word + node.words, place.base, place.offset});
    word(node, 0);
  }

  const FlatPlan& plan_;
  std::vector<Segment> segments_;
  bool in_group_ = false;
};
}  // namespace

void enqueue(const Node& node, const uint64_t* words, CUstream stream) {
  std::vector<void*> buffers;
  for (uint32_t w = 0; w < node.words; ++w)
    buffers.push_back(reinterpret_cast<void*>(words[node.first_word + w]));
  node.steps.front()->launch->kernel->enqueue(stream, buffers.data());
}

void Segment::fill(const std::vector<char*>& bases, std::vector<uint64_t>& words) const {
  for (const Patch& p : patches)
    words[p.word] = reinterpret_cast<uint64_t>(bases[p.base] + p.offset);
}

bool Segment::leaves_out(const Node& node, const std::vector<char*>& bases) {
  if (node.steps.size() != 1 || !node.steps[0]->launch->copies) return false;
  const Place &from = node.steps[0]->places[0], &to = node.steps[0]->places[1];
  return bases[from.base] + from.offset == bases[to.base] + to.offset;
}

std::vector<Segment> make_segments(const FlatPlan& plan, const Preparation& preparation,
                                   std::vector<Number>& numbers) {
  Builder builder(plan);
  builder.prepare(preparation, numbers);
  for (size_t first = 0, last; first < plan.steps.size(); first = last) {
    for (last = first + 1; last < plan.steps.size() && plan.steps[last].beside;) ++last;
    builder.group(first, last);
  }
  return builder.take();
}
}  // namespace cuda
}  // namespace runtime
}  // namespace torch
