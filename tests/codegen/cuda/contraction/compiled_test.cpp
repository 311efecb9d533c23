// NVRTC compiles the kernels of large products; their sums stay in registers. Needs the toolkit, not
// a GPU. WEFT_COMPLETE=1: all of them for all architectures.
#include <gtest/gtest.h>

#include <cstdlib>

#include "runtime/cuda/program.h"
#include "tests/codegen/cuda/contraction/product.h"

namespace torch {
namespace codegen {
namespace cuda {
namespace test {
namespace {

Operand plain(DType dtype, const Numbers& sizes, Numbers strides) {
  Operand o;
  o.dtype = dtype;
  o.sizes = sizes;
  o.strides = std::move(strides);
  o.alignment = 16;
  return o;
}
Operand dense(DType dtype, const Numbers& sizes) {
  Numbers strides(sizes.size(), 1);
  for (size_t i = sizes.size(); i-- > 1;) strides[i - 1] = strides[i] * sizes[i];
  return plain(dtype, sizes, strides);
}

struct Named {
  std::string name;
  Problem problem;
};
struct Shape {
  int64_t batch, m, n, k;
};
Named product(std::string name, DType d, Shape s, bool a_along_m, bool b_along_k) {
  Problem p;
  p.a = plain(d, {s.batch, s.m, s.k},
              a_along_m ? Numbers{s.m * s.k, 1, s.m} : Numbers{s.m * s.k, s.k, 1});
  p.b = plain(d, {s.batch, s.k, s.n},
              b_along_k ? Numbers{s.n * s.k, 1, s.k} : Numbers{s.n * s.k, s.n, 1});
  p.sizes = {s.batch, s.m, s.n};
  p.result = store(d, p.sizes);
  return {std::move(name), p};
}
Named convolution(std::string name, Kind kind, DType d, int64_t channels, int64_t out,
                  int64_t stride) {
  Problem p;
  p.kind = kind;
  p.window = {{stride, stride}, {1, 1}, {1, 1}, 1};
  const int64_t positions = 56 / stride;
  const Operand x = dense(d, {64, channels, 56, 56}), w = dense(d, {out, channels, 3, 3});
  const Operand y = dense(d, {64, out, positions, positions});
  p.a = kind == Kind::conv ? x : y;
  p.b = kind == Kind::conv_weight_grad ? x : w;
  p.sizes = kind == Kind::conv ? y.sizes : kind == Kind::conv_input_grad ? x.sizes : w.sizes;
  p.result = store(d, result_sizes(p));
  return {std::move(name), p};
}

// Every shape of kernel of one type; `tf32`: f32 on tensor cores.
void add(std::vector<Named>& list, const std::string& type, DType d, bool tf32 = false) {
  const size_t first = list.size();
  list.push_back(product(type + "_nn", d, {1, 4096, 4096, 4096}, false, false));
  list.push_back(product(type + "_nt", d, {1, 4096, 4096, 4096}, false, true));
  list.push_back(product(type + "_tn", d, {1, 4096, 4096, 4096}, true, false));
  list.push_back(product(type + "_small", d, {1, 64, 128, 784}, false, true));
  list.push_back(product(type + "_heads", d, {96, 1024, 1024, 64}, false, true));
  list.push_back(product(type + "_row", d, {1, 1, 4096, 4096}, false, true));
  list.push_back(convolution(type + "_conv", Kind::conv, d, 64, 64, 1));
  list.push_back(convolution(type + "_conv_wide", Kind::conv, d, 64, 256, 2));
  list.push_back(convolution(type + "_weight_grad", Kind::conv_weight_grad, d, 64, 64, 1));
  list.push_back(convolution(type + "_input_grad", Kind::conv_input_grad, d, 64, 128, 2));
  list.push_back(convolution(type + "_conv_few", Kind::conv, d, 3, 64, 2));
  list.push_back(convolution(type + "_weight_grad_few", Kind::conv_weight_grad, d, 3, 64, 2));
  Named by = product(type + "_function", d, {1, 4096, 4096, 4096}, false, true);
  std::mt19937 random(1);
  by.problem.a = by_function(Tensor(d, {1, 4, 4}, random), 2);
  by.problem.a.sizes = {1, 4096, 4096};
  list.push_back(by);
  by = product(type + "_wide", d, {1, 4096, 4096, 4096}, false, true);
  by.problem.wide_indices = true;
  list.push_back(by);
  for (size_t i = first; i < list.size(); ++i) list[i].problem.allow_tf32 = tf32;
}
std::vector<Named> all(bool complete) {
  std::vector<Named> list;
  add(list, "halves", DType::BFloat16);
  add(list, "floats", DType::Float);
  if (complete) {
    add(list, "half", DType::Half);
    add(list, "tf32", DType::Float, true);
    add(list, "doubles", DType::Double);
    add(list, "longs", DType::Long);
    add(list, "ints", DType::Int);
    add(list, "bytes", DType::Char);
    return list;
  }
  list.push_back(product("doubles", DType::Double, {1, 1024, 1024, 1024}, false, false));
  list.push_back(product("bytes", DType::Char, {1, 1024, 1024, 1024}, false, true));
  Named tf32 = product("tf32", DType::Float, {1, 4096, 4096, 4096}, false, true);
  tf32.problem.allow_tf32 = true;
  list.push_back(tf32);
  return list;
}

void check(const Named& named, const std::string& arch) {
  std::vector<Launch> launches = plan(named.problem).launches;
  if (auto next = plan_with_next_tile(named.problem))
    for (Launch& l : next->launches) launches.push_back(std::move(l));
  for (const Launch& l : launches) {
    const std::string name = named.name + "_" + l.name;
    const runtime::cuda::Compiled out = runtime::cuda::compile_for(arch, {{name, l.text(name)}});
    ASSERT_EQ(out.resources.size(), 1u) << out.log;
    const runtime::cuda::Resources& r = out.resources[0];
    EXPECT_EQ(r.spill_store_bytes + r.spill_load_bytes + r.stack_bytes, 0) << name << " " << arch;
    EXPECT_LE(r.registers * l.threads, 1 << 16) << name << " " << arch;
    EXPECT_LE(l.shared_bytes, 99 << 10) << name << ": every GPU since sm_80 has so much";
  }
}

TEST(Compiled, NothingIsSpilled) {
  if (!runtime::cuda::nvrtc()) GTEST_SKIP() << "no NVRTC: " << runtime::cuda::nvrtc_absence();
  const char* archs[] = {"sm_90a", "sm_80", "sm_100"};
  const bool complete = std::getenv("WEFT_COMPLETE") != nullptr;
  size_t number = 0;
  for (const Named& named : all(complete)) {
    const size_t turn = number++;
    if (!complete && turn % 2 != 0) continue;
    for (size_t i = 0; i < 3; ++i)
      if (complete || turn / 2 % 3 == i) check(named, archs[i]);
  }
}
}  // namespace
}  // namespace test
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
