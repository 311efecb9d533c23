/// Bits of compiled contractions against the naive chain, with AVX2 and with AVX-512 code, for one,
/// two and five threads.
#include <gtest/gtest.h>

#include <cstring>
#include <numeric>
#include <random>

#include "codegen/contraction/contraction.h"
#include "mlir/IR/BuiltinTypes.h"
#include "runtime/cpu/target.h"
#include "runtime/cpu/thread_pool.h"
#include "tests/codegen/contraction/naive.h"
#include "tests/codegen/contraction/run.h"

namespace {
using namespace mlir::weft::contraction;
using naive::Sizes;
using Strides = llvm::SmallVector<int64_t>;

template <class T> mlir::Type typeOf(mlir::MLIRContext* c) {
  if constexpr (std::is_same_v<T, float>) return mlir::Float32Type::get(c);
  else if constexpr (std::is_same_v<T, double>) return mlir::Float64Type::get(c);
  else return mlir::IntegerType::get(c, 8 * sizeof(T));
}

template <class T> std::vector<T> random(int64_t n, unsigned seed) {
  std::mt19937 generator(seed);
  std::vector<T> v(n);
  for (T& x : v) {
    if constexpr (std::is_floating_point_v<T>)
      x = std::uniform_real_distribution<T>(-1, 1)(generator);
    else x = static_cast<T>(generator());
  }
  return v;
}

Strides dense(const Sizes& sizes) {
  Strides strides(sizes.size(), 1);
  for (size_t i = sizes.size() - 1; i-- > 0;) strides[i] = strides[i + 1] * sizes[i + 1];
  return strides;
}

/// One target with its compiler; code is shared by all tests of a process.
struct Machine {
  explicit Machine(const char* name)
      : target(::torch::runtime::find_target(name)), compiler(target) {
    shape.vectorBits = 8 * target.vector_bytes;
    shape.registers = target.vector_registers;
  }
  const ::torch::runtime::Target& target;
  Compiler compiler;
  Target shape;
};
std::vector<Machine*> machines() {
  static std::vector<Machine*> all = [] {
    std::vector<Machine*> found;
    for (const char* name : {"x86-64-v3", "x86-64-v4"})
      if (::torch::runtime::find_target(name).missing.empty()) found.push_back(new Machine(name));
    return found;
  }();
  return all;
}

template <class T>
void expectBits(const std::function<Problem(mlir::MLIRContext*)>& make, std::vector<T> a,
                std::vector<T> b, const std::vector<T>& want, const std::string& what) {
  for (Machine* machine : machines())
    for (int threads : {1, 2, 5}) {
      ::torch::runtime::set_num_threads(threads);
      Target shape = machine->shape;
      shape.threads = threads;
      std::vector<T> got(want.size() + 64, T(77));
      Runner(machine->compiler, plan(make(machine->compiler.context()), shape))
          .run(a.data(), b.data(), got.data());
      size_t bad = 0;
      while (bad < want.size() && !std::memcmp(&got[bad], &want[bad], sizeof(T))) ++bad;
      EXPECT_EQ(bad, want.size()) << what << " " << machine->target.name << " " << threads
                                  << " threads: element " << bad << " is " << +got[bad]
                                  << ", expected " << +want[bad];
      for (size_t i = want.size(); i < got.size(); ++i)
        ASSERT_EQ(got[i], T(77)) << what << ": written beyond the end";
    }
}

template <class T>
void matmul(int64_t batch, int64_t m, int64_t n, int64_t k, bool aT = false, bool bT = false,
            int64_t gap = 1) {
  Strides sa = aT ? Strides{m * k, 1, m} : Strides{m * k, k, 1},
          sb = bT ? Strides{k * n, 1, k} : Strides{k * n, n, 1};
  for (auto* strides : {&sa, &sb})
    for (int64_t& s : *strides) s *= gap;
  std::vector<T> a = random<T>(batch * m * k * gap + 1, 1),
                 b = random<T>(batch * n * k * gap + 1, 2);
  auto want = naive::matmul<T>(
      batch, m, n, k,
      [&](int64_t at, int64_t i, int64_t p) { return a[at * sa[0] + i * sa[1] + p * sa[2]]; },
      [&](int64_t at, int64_t p, int64_t j) { return b[at * sb[0] + p * sb[1] + j * sb[2]]; });
  auto make = [&](mlir::MLIRContext* c) {
    Problem problem;
    problem.element = typeOf<T>(c);
    problem.a = strided(problem.element, {batch, m, k}, sa);
    problem.b = strided(problem.element, {batch, k, n}, sb);
    problem.sizes = {batch, m, n};
    problem.epilogue = denseResult(problem.element, {batch, m, n});
    return problem;
  };
  expectBits<T>(make, a, b, want,
                "matmul " + std::to_string(batch) + "x" + std::to_string(m) + "x" +
                    std::to_string(n) + "x" + std::to_string(k) + (aT ? " a^T" : "") +
                    (bT ? " b^T" : "") + " gap " + std::to_string(gap));
}

std::string text(const Sizes& s) {
  std::string t;
  for (int64_t v : s) t += (t.empty() ? "" : ",") + std::to_string(v);
  return t;
}

template <class T>
void conv(naive::Conv c, bool forward = true, bool weight = true, bool input = true) {
  c.infer();
  for (int64_t s : c.y) ASSERT_GE(s, 0);
  auto x = random<T>(naive::product(c.x) + 1, 3), w = random<T>(naive::product(c.w) + 1, 4),
       dy = random<T>(naive::product(c.y) + 1, 5);
  auto make = [&](Kind kind, const Sizes& a, const Sizes& b, const Sizes& y) {
    return [&, kind](mlir::MLIRContext* context) {
      Problem problem;
      problem.kind = kind;
      problem.element = typeOf<T>(context);
      problem.a = strided(problem.element, a, dense(a));
      problem.b = strided(problem.element, b, dense(b));
      problem.window.stride.assign(c.stride.begin(), c.stride.end());
      problem.window.padding.assign(c.padding.begin(), c.padding.end());
      problem.window.dilation.assign(c.dilation.begin(), c.dilation.end());
      problem.window.groups = c.groups;
      problem.sizes.assign(y.begin(), y.end());
      const int64_t outer = kind == Kind::convWeightGrad ? 1 : y[0],
                    rows = kind == Kind::convWeightGrad ? y[0] : y[1];
      problem.epilogue = denseResult(
          problem.element, {outer, rows, outer * rows ? naive::product(y) / (outer * rows) : 0});
      return problem;
    };
  };
  const std::string what = "x " + text(c.x) + " w " + text(c.w) + " stride " + text(c.stride) +
                           " padding " + text(c.padding) + " dilation " + text(c.dilation) +
                           " groups " + std::to_string(c.groups);
  if (forward)
    expectBits<T>(make(Kind::conv, c.x, c.w, c.y), x, w, c.forward(x, w), "conv " + what);
  if (weight)
    expectBits<T>(make(Kind::convWeightGrad, c.y, c.x, c.w), dy, x, c.weightGrad(dy, x),
                  "weight grad " + what);
  if (input)
    expectBits<T>(make(Kind::convInputGrad, c.y, c.w, c.x), dy, w, c.inputGrad(dy, w),
                  "input grad " + what);
}

TEST(Matmul, EdgesOfTiles) {
  for (int64_t m : {1, 2, 5, 7, 8, 9, 17})
    for (int64_t n : {1, 10, 15, 16, 17, 47, 48, 49, 97}) matmul<float>(1, m, n, 13);
}
TEST(Matmul, EdgesOfBlocks) {
  for (int64_t m : {191, 192, 193}) matmul<float>(1, m, 49, 33);
  for (int64_t n : {479, 480, 481, 1000}) matmul<float>(1, 9, n, 33);
  for (int64_t k : {1, 2, 255, 256, 257, 700}) matmul<float>(1, 33, 65, k);
  matmul<float>(1, 200, 500, 700);
}
TEST(Matmul, OddSizes) {
  for (int64_t i = 1; i <= 70; ++i)
    matmul<float>(1, i, 1 + i * 29 % 70, 1 + i * 43 % 70, i % 2, i % 3 == 0);
}
TEST(Matmul, FewRows) {
  for (int64_t m : {1, 2, 7, 8})
    for (bool bT : {false, true}) matmul<float>(1, m, 401, 333, false, bT);
  matmul<float>(1, 500, 3, 333);
  matmul<float>(1, 3, 70, 4100, false, true);
  matmul<double>(2, 3, 300, 333, true, true);
}
TEST(Matmul, Transposed) {
  for (int64_t size : {1, 7, 16, 50, 130})
    for (bool aT : {false, true})
      for (bool bT : {false, true}) matmul<float>(1, size, size + 3, size + 5, aT, bT);
}
TEST(Matmul, Strided) {
  matmul<float>(2, 33, 35, 37, false, false, 3);
  matmul<float>(1, 33, 35, 37, true, true, 2);
}
TEST(Matmul, Batched) {
  matmul<float>(3, 17, 33, 20);
  matmul<float>(5, 4, 4, 4, false, true);
  matmul<float>(16, 64, 64, 32, false, true);
}
TEST(Matmul, SplitSum) {
  matmul<float>(1, 10, 10, 5000);
  matmul<float>(1, 20, 25, 36864, false, true);
  matmul<float>(2, 33, 65, 2500, true, false);
}
TEST(Matmul, Empty) {
  matmul<float>(1, 0, 5, 5);
  matmul<float>(1, 5, 0, 5);
  matmul<float>(0, 5, 5, 5);
  matmul<float>(1, 5, 5, 0);
  matmul<float>(2, 50, 50, 0, false, true);
}
TEST(Matmul, Double) {
  for (int64_t n : {1, 7, 8, 9, 24, 25, 100})
    for (bool bT : {false, true}) matmul<double>(1, n + 1, n, 2 * n, !bT, bT);
  matmul<double>(1, 10, 10, 5000);
}
TEST(Matmul, Integers) {
  for (bool aT : {false, true})
    for (bool bT : {false, true}) {
      matmul<int32_t>(2, 19, 50, 33, aT, bT);
      matmul<int64_t>(2, 19, 50, 33, aT, bT);
      matmul<uint8_t>(2, 19, 50, 33, aT, bT);
    }
  matmul<int32_t>(1, 10, 10, 5000);
}

TEST(Conv, Plain) {
  conv<float>({{2, 3, 9, 9}, {4, 3, 3, 3}, {}, {1, 1}, {0, 0}, {1, 1}});
  conv<float>({{4, 1, 28, 28}, {20, 1, 5, 5}, {}, {1, 1}, {0, 0}, {1, 1}});
  conv<float>({{4, 20, 12, 12}, {50, 20, 5, 5}, {}, {1, 1}, {0, 0}, {1, 1}});
  conv<double>({{2, 3, 9, 9}, {4, 3, 3, 3}, {}, {1, 1}, {0, 0}, {1, 1}});
}
TEST(Conv, Pointwise) { conv<float>({{3, 8, 7, 7}, {16, 8, 1, 1}, {}, {1, 1}, {0, 0}, {1, 1}}); }
TEST(Conv, Padding) {
  conv<float>({{2, 5, 8, 8}, {7, 5, 3, 3}, {}, {1, 1}, {1, 1}, {1, 1}});
  conv<float>({{3, 2, 4, 4}, {3, 2, 5, 3}, {}, {1, 1}, {2, 1}, {1, 1}});
  conv<float>({{1, 2, 1, 1}, {3, 2, 3, 3}, {}, {1, 1}, {1, 1}, {1, 1}});
}
TEST(Conv, Stride) {
  conv<float>({{2, 4, 11, 10}, {6, 4, 3, 3}, {}, {2, 2}, {1, 1}, {1, 1}});
  conv<float>({{2, 4, 12, 12}, {6, 4, 1, 1}, {}, {2, 2}, {0, 0}, {1, 1}});
  conv<float>({{2, 3, 17, 14}, {4, 3, 2, 3}, {}, {3, 2}, {0, 1}, {1, 1}});
}
TEST(Conv, Dilation) {
  conv<float>({{2, 3, 11, 11}, {4, 3, 3, 3}, {}, {1, 1}, {2, 2}, {2, 2}});
  conv<float>({{2, 3, 15, 15}, {4, 3, 3, 2}, {}, {2, 3}, {1, 2}, {3, 2}});
}
TEST(Conv, Groups) {
  conv<float>({{2, 6, 8, 8}, {9, 2, 3, 3}, {}, {1, 1}, {1, 1}, {1, 1}, 3});
  conv<float>({{2, 8, 8, 8}, {8, 1, 3, 3}, {}, {1, 1}, {1, 1}, {1, 1}, 8});
}
TEST(Conv, OtherRanks) {
  conv<float>({{3, 4, 50}, {5, 4, 7}, {}, {1}, {3}, {1}});
  conv<float>({{3, 4, 50}, {6, 2, 4}, {}, {3}, {1}, {2}, 2});
  conv<float>({{2, 3, 6, 5, 7}, {4, 3, 2, 3, 3}, {}, {1, 1, 1}, {1, 0, 1}, {1, 1, 1}});
  conv<float>({{1, 2, 7, 8, 9}, {4, 1, 3, 2, 3}, {}, {2, 1, 2}, {1, 1, 0}, {1, 2, 1}, 2});
}
TEST(Conv, Empty) { conv<float>({{0, 3, 9, 9}, {4, 3, 3, 3}, {}, {1, 1}, {0, 0}, {1, 1}}); }
TEST(Conv, SplitSum) {
  conv<float>({{1, 300, 4, 4}, {8, 300, 3, 3}, {}, {1, 1}, {1, 1}, {1, 1}}, true, false, false);
  conv<float>({{8, 2, 20, 20}, {3, 2, 3, 3}, {}, {1, 1}, {1, 1}, {1, 1}}, false, true, false);
  conv<float>({{1, 8, 4, 4}, {300, 8, 3, 3}, {}, {1, 1}, {1, 1}, {1, 1}}, false, false, true);
}
TEST(Conv, Random) {
  std::mt19937 g(7);
  auto pick = [&](int64_t low, int64_t high) { return int64_t(low + g() % (high - low + 1)); };
  for (int i = 0; i < 40; ++i) {
    naive::Conv c;
    const int64_t rank = pick(1, 3);
    c.groups = pick(1, 3);
    c.x = {pick(1, 4), c.groups * pick(1, 5)};
    c.w = {c.groups * pick(1, 9), c.x[1] / c.groups};
    for (int64_t d = 0; d < rank; ++d) {
      c.w.push_back(pick(1, 4));
      c.stride.push_back(pick(1, 3));
      c.padding.push_back(pick(0, 3));
      c.dilation.push_back(pick(1, 3));
      c.x.push_back(std::max<int64_t>(c.dilation[d] * (c.w[d + 2] - 1) + 1 - 2 * c.padding[d], 0) +
                    pick(1, 12));
    }
    conv<float>(c);
  }
}
}  // namespace
