// Functions of two tensors; the first may be written to.
#include "tests/frontend/sweep/sweep.h"

namespace sweep {
struct Operands {
  std::string name;
  Tensor x, y;
};
static void add_sizes(std::vector<Operands>& all) {
  const std::vector<std::vector<std::vector<int64_t>>> pairs = {
      {{2, 3}, {2, 3}}, {{2, 3}, {3}},    {{3}, {2, 3}},          {{2, 1}, {1, 3}},
      {{2, 3}, {}},     {{}, {2, 3}},     {{}, {}},               {{0}, {0}},
      {{0}, {1}},       {{2, 0}, {2, 0}}, {{2, 3}, {2, 4}},       {{3}, {4}},
      {{3, 4}, {2, 3}}, {{2, 3}, {3, 4}}, {{3}, {3}},             {{3}, {3, 4}},
      {{2, 3}, {0}},    {{2, 0}, {0, 3}}, {{2, 2, 3}, {2, 3, 2}}, {{1, 2, 3}, {3, 3}}};
  for (const auto& p : pairs)
    all.push_back({c10::str(c10::IntArrayRef(p[0]), " and ", c10::IntArrayRef(p[1])),
                   wave(p[0], 1), wave(p[1], 2)});
  all.push_back({"transposed", wave({3, 2}, 1).t(), wave({2, 3}, 2)});
  all.push_back({"permuted", wave({2, 3, 4}, 1).permute({2, 0, 1}), wave({4, 2, 3}, 2)});
}
static void add_types(std::vector<Operands>& all) {
  const Tensor x = wave({2, 3}, 1), y = wave({2, 3}, 2);
  for (torch::Dtype d : {torch::kHalf, torch::kByte, torch::kLong, torch::kBool}) {
    const std::string name = c10::toString(d);
    all.push_back({"two of " + name, typed(x, d), typed(y, d)});
    all.push_back({name + " and Float", typed(x, d), y});
    all.push_back({"Float and " + name, x, typed(y, d)});
    all.push_back({name + " and a Float number", typed(x, d), wave({}, 2)});
    all.push_back({name + " and a Long number", typed(x, d), torch::tensor(2)});
    all.push_back({"products of " + name, typed(x, d), typed(wave({3, 3}, 2), d)});
  }
}
static void add_places(std::vector<Operands>& all) {
  const Tensor x = wave({3, 4}, 1), i = torch::tensor({0, 2});
  all.push_back({"Long at places", typed(x, torch::kLong), i});
  all.push_back({"places", x, i});
  all.push_back({"a place too far", x, torch::tensor({0, 7})});
  all.push_back({"a negative place", x, torch::tensor({-1})});
  all.push_back({"a table of places", x, torch::tensor({{0, 1}, {2, 0}})});
  all.push_back({"Int places", x, i.to(torch::kInt)});
  all.push_back({"no places", x, torch::zeros({0}, torch::kLong)});
  all.push_back({"a place alone", x, torch::tensor(1)});
  all.push_back({"a row of places", x, torch::tensor({{0, 1, 2, 1}})});
  all.push_back({"a number at a place", wave({}, 1), torch::tensor(0)});
  all.push_back({"a mask", x, wave({3, 4}, 5) > 0});
  all.push_back({"a mask of rows", x, wave({3}, 5) > 0});
  all.push_back({"a mask that does not fit", x, wave({2, 4}, 5) > 0});
}

// Where one of the two refuses what the other takes.
// clang-format off
static const std::vector<Difference> differences = {
    {"x.index_put_({y},1)", "bytes are masks in all forms here"},
    {"x.index_put({y},x.flatten().slice(0,0,1))", "bytes are masks in all forms here"},
    {"torch::kron(x,y)", "of views, too"},
    {"torch::addr(x,x,y)", "of nothing"}};
// clang-format on

struct Function {
  const char* name;
  Outputs (*call)(Tensor x, Tensor y);
};
#define WEFT_CALL(...) \
  { #__VA_ARGS__, [](Tensor x, Tensor y) { return outputs(__VA_ARGS__); } }
// clang-format off
static const Function functions[] = {
    WEFT_CALL(x+y),
    WEFT_CALL(x-y),
    WEFT_CALL(x*y),
    WEFT_CALL(x/y),
    WEFT_CALL(x%y),
    WEFT_CALL(x.add(y,2)),
    WEFT_CALL(x.add(y,1.5)),
    WEFT_CALL(x.sub(y,2)),
    WEFT_CALL(x.div(y,"floor")),
    WEFT_CALL(x.div(y,"trunc")),
    WEFT_CALL(x.fmod(y)),
    WEFT_CALL(x.remainder(y)),
    WEFT_CALL(x.floor_divide(y)),
    WEFT_CALL(x.pow(y)),
    WEFT_CALL(x.atan2(y)),
    WEFT_CALL(x.maximum(y)),
    WEFT_CALL(x.minimum(y)),
    WEFT_CALL(x.fmax(y)),
    WEFT_CALL(x.fmin(y)),
    WEFT_CALL(x.max(y)),
    WEFT_CALL(x.hypot(y)),
    WEFT_CALL(x.copysign(y)),
    WEFT_CALL(x.logaddexp(y)),
    WEFT_CALL(x.logaddexp2(y)),
    WEFT_CALL(x.xlogy(y)),
    WEFT_CALL(x.heaviside(y)),
    WEFT_CALL(x.ldexp(y)),
    WEFT_CALL(x.float_power(y)),
    WEFT_CALL(x==y),
    WEFT_CALL(x!=y),
    WEFT_CALL(x<y),
    WEFT_CALL(x<=y),
    WEFT_CALL(x>y),
    WEFT_CALL(x>=y),
    WEFT_CALL(x.equal(y)),
    WEFT_CALL(x.allclose(y)),
    WEFT_CALL(x.isclose(y)),
    WEFT_CALL(x&y),
    WEFT_CALL(x|y),
    WEFT_CALL(x^y),
    WEFT_CALL(x.logical_and(y)),
    WEFT_CALL(x.logical_or(y)),
    WEFT_CALL(x.logical_xor(y)),
    WEFT_CALL(x.bitwise_left_shift(y)),
    WEFT_CALL(x.bitwise_right_shift(y)),
    WEFT_CALL(x.add_(y)),
    WEFT_CALL(x.sub_(y)),
    WEFT_CALL(x.mul_(y)),
    WEFT_CALL(x.div_(y)),
    WEFT_CALL(x.pow_(y)),
    WEFT_CALL(x.fmod_(y)),
    WEFT_CALL(x.remainder_(y)),
    WEFT_CALL(x.copy_(y)),
    WEFT_CALL(x.eq_(y)),
    WEFT_CALL(x.lt_(y)),
    WEFT_CALL(x.logical_and_(y)),
    WEFT_CALL(x.bitwise_and_(y)),
    WEFT_CALL(x.atan2_(y)),
    WEFT_CALL(x.addcmul_(y,y)),
    WEFT_CALL(x.addcdiv_(y,y,2)),
    WEFT_CALL(x.addcmul(y,x,0.5)),
    WEFT_CALL(x.addcdiv(y,x,0.5)),
    WEFT_CALL(x.lerp(y,0.3)),
    WEFT_CALL(x.lerp(y,x)),
    WEFT_CALL(x.lerp_(y,0.3)),
    WEFT_CALL(x.fill_(y)),
    WEFT_CALL(x.clamp(y,y)),
    WEFT_CALL(x.clamp(c10::nullopt,y)),
    WEFT_CALL(x.floor_divide_(y)),
    WEFT_CALL(x.matmul(y)),
    WEFT_CALL(x.mm(y)),
    WEFT_CALL(x.bmm(y)),
    WEFT_CALL(x.mv(y)),
    WEFT_CALL(x.dot(y)),
    WEFT_CALL(x.vdot(y)),
    WEFT_CALL(x.outer(y)),
    WEFT_CALL(x.ger(y)),
    WEFT_CALL(x.inner(y)),
    WEFT_CALL(torch::kron(x,y)),
    WEFT_CALL(x.addmm(x,y)),
    WEFT_CALL(torch::addmm(y,x,y)),
    WEFT_CALL(x.addmv(x,y)),
    WEFT_CALL(torch::baddbmm(x,x,y)),
    WEFT_CALL(torch::addbmm(x,x,y)),
    WEFT_CALL(torch::addr(x,x,y)),
    WEFT_CALL(torch::tensordot(x,y,{-1},{0})),
    WEFT_CALL(torch::einsum("ij,jk->ik",{x,y})),
    WEFT_CALL(torch::einsum("...,...->...",{x,y})),
    WEFT_CALL(torch::einsum("i,j",{x,y})),
    WEFT_CALL(x.cross(y)),
    WEFT_CALL(torch::cdist(x,y)),
    WEFT_CALL(torch::cdist(x,y,1)),
    WEFT_CALL(x.dist(y)),
    WEFT_CALL(torch::chain_matmul({x,y})),
    WEFT_CALL(torch::linear(x,y)),
    WEFT_CALL(torch::where(x>0,x,y)),
    WEFT_CALL(torch::where(y,x,x)),
    WEFT_CALL(torch::cat({x,y})),
    WEFT_CALL(torch::cat({x,y},1)),
    WEFT_CALL(torch::cat({x,y},-1)),
    WEFT_CALL(torch::cat({x,y},5)),
    WEFT_CALL(torch::stack({x,y})),
    WEFT_CALL(torch::stack({x,y},-1)),
    WEFT_CALL(torch::stack({x,y},9)),
    WEFT_CALL(torch::hstack({x,y})),
    WEFT_CALL(torch::vstack({x,y})),
    WEFT_CALL(torch::dstack({x,y})),
    WEFT_CALL(torch::column_stack({x,y})),
    WEFT_CALL(torch::broadcast_tensors({x,y})),
    WEFT_CALL(x.expand_as(y)),
    WEFT_CALL(x.view_as(y)),
    WEFT_CALL(x.reshape_as(y)),
    WEFT_CALL(x.type_as(y)),
    WEFT_CALL(x.index_select(0,y)),
    WEFT_CALL(x.index_select(1,y)),
    WEFT_CALL(x.index_select(-3,y)),
    WEFT_CALL(x.gather(0,y)),
    WEFT_CALL(x.gather(1,y)),
    WEFT_CALL(x.take(y)),
    WEFT_CALL(x.index({y})),
    WEFT_CALL(x.index({torch::indexing::Slice(),y})),
    WEFT_CALL(x.index({y,y})),
    WEFT_CALL(x.masked_select(y)),
    WEFT_CALL(x.masked_fill(y,1)),
    WEFT_CALL(x.masked_fill(y,1.5)),
    WEFT_CALL(x.masked_fill_(y,torch::tensor(2.5f))),
    WEFT_CALL(x.masked_scatter(y,x)),
    WEFT_CALL(x.index_fill(0,y,1)),
    WEFT_CALL(x.index_fill_(1,y,2.5)),
    WEFT_CALL(x.index_add(0,y,x)),
    WEFT_CALL(x.index_copy(0,y,x)),
    WEFT_CALL(x.scatter(0,y,1)),
    WEFT_CALL(x.scatter(1,y,x)),
    WEFT_CALL(x.scatter_add(0,y,x)),
    WEFT_CALL(x.scatter(0,y,x,"add")),
    WEFT_CALL(x.scatter_reduce(0,y,x,"mean")),
    WEFT_CALL(x.scatter_reduce(0,y,x,"amax",false)),
    WEFT_CALL(x.put_(y,y.to(x.scalar_type()))),
    WEFT_CALL(x.index_put_({y},1)),
    WEFT_CALL(x.index_put({y},x.flatten().slice(0,0,1))),
    WEFT_CALL(torch::bincount(x,y)),
    WEFT_CALL(torch::isin(x,y)),
    WEFT_CALL(x.repeat_interleave(y,0)),
    WEFT_CALL(torch::embedding(x,y)),
    WEFT_CALL(torch::one_hot(y)),
    WEFT_CALL(x.quantile(y)),
    WEFT_CALL(x.heaviside(y)),
    WEFT_CALL(torch::cosine_similarity(x,y)),
    WEFT_CALL(torch::pairwise_distance(x,y)),
    WEFT_CALL(x.bitwise_and(y)),
    WEFT_CALL(torch::tensor_split(x,y)),
    WEFT_CALL(torch::bernoulli(x,y.sum().item().toDouble()).le(1).all())};
// clang-format on
#undef WEFT_CALL

static std::vector<Line> lines() {
  std::vector<Line> all;
  for (const Function& f : functions) {
    std::vector<Operands> menu;
    add_sizes(menu);
    add_types(menu);
    add_places(menu);
    Line line{f.name, {}, {}};
    for (const Operands& o : menu) {
      line.operands.push_back(o.name);
      line.answers.push_back(call([&] { return f.call(o.x.clone(torch::MemoryFormat::Preserve), o.y); }));
    }
    all.push_back(line);
  }
  return all;
}
}  // namespace sweep

WEFT_GOLDEN_SWEEP(SweepOfTwo, sweep::lines, sweep::differences, "tests/frontend/sweep/two.txt")
