#include "frontend/record/ledger.h"

#include <chrono>
#include <cstdio>
#include <deque>
#include <mutex>

#include "frontend/record/ledger_inside.h"
#include "frontend/record/scope.h"
#include "frontend/record/transfer.h"
#include "runtime/trace/knobs.h"

namespace torch {
namespace {

struct Book {
  std::mutex mutex;
  std::deque<CompileEntry> compiles;
  std::deque<BarrierEntry> barriers;
  uint64_t compile_count = 0, barrier_count = 0, hit_count = 0, wait_count = 0;
};
Book& book() {
  static Book& b = *new Book;
  return b;
}

template <class T> void push(std::deque<T>& entries, T entry) {
  if (entries.size() >= ledger_capacity) entries.pop_front();
  entries.push_back(std::move(entry));
}

std::string count(int n, const char* of) {
  return std::to_string(n) + " " + of + (n == 1 ? "" : "s");
}

void print(const CompileEntry& e) {
  if (e.reference)
    std::fprintf(stderr, "weft compiles: %s: %s; %s, reference tier\n", e.where.c_str(),
                 e.reason.c_str(), count(e.nodes, "op").c_str());
  else
    std::fprintf(stderr,
                 "weft compiles: %s: %s; %s, %s (%d new), passes %.1f ms, codegen %.1f ms\n",
                 e.where.c_str(), e.reason.c_str(), count(e.nodes, "op").c_str(),
                 count(e.kernels, "kernel").c_str(), e.kernels_compiled, e.passes_ms, e.codegen_ms);
}
void print(const BarrierEntry& e) {
  if (e.waited) {
    std::fprintf(stderr, "weft barriers: %s: %s; waited for %s, %.3f ms\n", e.where.c_str(),
                 e.what.c_str(), e.device.c_str(), e.ms);
    return;
  }
  std::fprintf(stderr, "weft barriers: %s: %s; %s, %s, %s, %s, %.3f ms\n", e.where.c_str(),
               e.what.c_str(), count(e.nodes, "op").c_str(), count(e.outputs, "result").c_str(),
               e.known ? "known" : "new", e.reference ? "reference tier" : "compiled", e.ms);
}
}  // namespace

namespace record {
std::string text(Location where) {
  return where ? std::string(where.file()) + ":" + std::to_string(where.line())
               : std::string("(no line)");
}

void note_barrier(const BarrierNote& note) {
  Book& b = book();
  const bool prints = runtime::knobs().logs("barriers");
  BarrierEntry e;
  e.where = text(located(note.barrier.where));
  e.what = note.barrier.what;
  e.nodes = static_cast<int>(note.nodes);
  e.outputs = static_cast<int>(note.outputs);
  e.known = note.known;
  e.reference = note.reference;
  e.waited = note.waited;
  e.device = name_of(note.home);
  e.ms = note.ms;
  if (prints) print(e);
  std::lock_guard<std::mutex> lock(b.mutex);
  ++b.barrier_count;
  b.hit_count += note.known;
  b.wait_count += note.waited;
  push(b.barriers, std::move(e));
}

namespace {
int64_t now() { return std::chrono::steady_clock::now().time_since_epoch().count(); }
}  // namespace
WaitNote::WaitNote(const Barrier& barrier, Home home)
    : barrier_(barrier), home_(home), start_(now()) {}
WaitNote::~WaitNote() {
  note_barrier({barrier_, 0, 0, false, false, static_cast<double>(now() - start_) / 1e6, home_,
                /*waited=*/true});
}

void note_compile(const CachedGraph& graph, const Chosen& chosen, Location where,
                  const std::string& reason) {
  const runtime::Executable::Summary& s = chosen.variant->executable->summary;
  CompileEntry e;
  e.where = text(located(where));
  for (const op::GraphNode& node : graph.graph->nodes) {
    const op::SourceLocation& l = graph.graph->locations[node.location];
    if (l.file.empty()) continue;
    e.where = l.file + ":" + std::to_string(l.line);
    break;
  }
  e.reason = reason;
  e.nodes = static_cast<int>(graph.graph->nodes.size());
  e.kernels = s.kernels;
  e.kernels_compiled = s.kernels_compiled;
  e.passes_ms = s.passes_ms;
  e.codegen_ms = s.codegen_ms;
  e.reference = chosen.reference;
  if (runtime::knobs().logs("compiles")) print(e);
  Book& b = book();
  std::lock_guard<std::mutex> lock(b.mutex);
  ++b.compile_count;
  push(b.compiles, std::move(e));
}
}  // namespace record

Ledger ledger() {
  Book& b = book();
  std::lock_guard<std::mutex> lock(b.mutex);
  Ledger l;
  l.compiles.assign(b.compiles.begin(), b.compiles.end());
  l.barriers.assign(b.barriers.begin(), b.barriers.end());
  l.compile_count = b.compile_count;
  l.barrier_count = b.barrier_count;
  l.hit_count = b.hit_count;
  l.wait_count = b.wait_count;
  return l;
}

void clear_ledger() {
  Book& b = book();
  std::lock_guard<std::mutex> lock(b.mutex);
  b.compiles.clear();
  b.barriers.clear();
  b.compile_count = b.barrier_count = b.hit_count = b.wait_count = 0;
}
}  // namespace torch
