// Rules of what computes: elementwise ops, reductions, products, pools.
#include "tests/op_rules/refusals.h"

namespace torch {
namespace test {
namespace {
namespace rules = op::rules;
const int64_t big = int64_t(1) << 40;
}  // namespace

void add_elementwise_refusals(std::vector<Refusal>& rows) {
  for (op::ShapeRule rule : {&rules::elementwise, &rules::comparison, &rules::select}) {
    rows.push_back({rule, "more bytes than 2^63", sizes({{big, big}}), "calculation overflowed"});
    rows.push_back({rule, "sizes that do not broadcast", sizes({{2, 3}, {2, 4}}),
                    "The size of tensor a (3) must match the size of tensor b (4) at "
                    "non-singleton dimension 1"});
    rows.push_back({rule, "a third operand that does not", sizes({{2}, {}, {3}}),
                    "The size of tensor a (2) must match the size of tensor b (3)"});
  }
  for (op::ShapeRule rule : {&rules::elementwise, &rules::comparison}) {
    rows.push_back({rule, "two types", other_type(1), "expected operands of one scalar type; got"});
    rows.push_back({rule, "a third type", other_type(2), "expected operands of one scalar type"});
  }
  rows.push_back({&rules::select, "a condition of numbers", typed(0, op::DType::Float),
                  "expected condition to be a boolean tensor, but got a tensor with dtype Float"});
  rows.push_back({&rules::select, "two types", other_type(2),
                  "expected operands of one scalar type; got Double and Float"});
  rows.push_back({&rules::cast, "more bytes than 2^63",
                  both(sizes({{int64_t(1) << 61}}),
                       both(typed(0, op::DType::Char), dtype("dtype", op::DType::Long))),
                  "calculation overflowed"});
  rows.push_back({&rules::cast, "to no type that there is", dtype("dtype", op::DType::ComplexFloat),
                  "malformed attributes"});
}

void add_reduction_refusals(std::vector<Refusal>& rows) {
  for (op::ShapeRule rule : {&rules::reduction, &rules::extremum_reduction}) {
    rows.push_back({rule, "no dims", list("dims", {}), "expected at least one"});
    rows.push_back({rule, "a dim behind the last", last("dims", 9), "Dimension out of range"});
    rows.push_back({rule, "a negative dim", first("dims", -1), "but got -1"});
    rows.push_back({rule, "a dim twice", list("dims", {0, 0}), "appears multiple times"});
    rows.push_back({rule, "dims in another order", both(sizes({{2, 3}}), list("dims", {1, 0})),
                    "in ascending order; got"});
    rows.push_back({rule, "dims of a 0-dim tensor", sizes({{}}), "tensor has no dimensions"});
  }
  rows.push_back({&rules::extremum_reduction, "of nothing",
                  both(sizes({{2, 0}}), list("dims", {1})), "to have non-zero size: got (2, 0)"});
  rows.push_back({&rules::index_reduction, "of nothing", both(sizes({{0}}), number("dim", 0)),
                  "to have non-zero size: got (0,)"});
  rows.push_back({&rules::index_reduction, "a dim behind the last", number("dim", 9),
                  "Dimension out of range"});
  rows.push_back({&rules::index_reduction, "a 0-dim tensor", sizes({{}}), "has no dimensions"});
}

void add_contraction_refusals(std::vector<Refusal>& rows) {
  rows.push_back({&rules::matmul, "two types", other_type(1), "to have the same dtype"});
  rows.push_back({&rules::matmul, "a vector", sizes({{3}, {3}}), "as many dims, at least 2; got"});
  rows.push_back({&rules::matmul, "other ranks", deeper(1), "as many dims, at least 2; got"});
  rows.push_back({&rules::matmul, "inner sizes", sizes({{2, 3}, {4, 5}}),
                  "cannot be multiplied (2x3 and 4x5): got (2, 3) and (4, 5); expected 3 rows"});
  rows.push_back({&rules::matmul, "other batches", sizes({{2, 2, 3}, {5, 3, 4}}),
                  "to be: [2, 3] but got: [5, 3]"});
  for (op::ShapeRule rule : {&rules::conv, &rules::conv_input_grad, &rules::conv_weight_grad}) {
    rows.push_back({rule, "two types", other_type(1), "to have scalar type Double; got Float"});
    rows.push_back({rule, "other ranks", deeper(1), "dim"});
    rows.push_back({rule, "too few dims", sizes({{2, 3}, {2, 3}}), "3 to 5 dims"});
    rows.push_back({rule, "no groups", number("groups", 0), "groups"});
    for (const char* name : {"stride", "padding", "dilation"})
      rows.push_back({rule, "a list too long", longer(name), "elements; got"});
    rows.push_back({rule, "stride 0", first("stride", 0), "non-positive stride is not supported"});
    rows.push_back({rule, "negative padding", first("padding", -1), "negative padding"});
    rows.push_back({rule, "dilation 0", first("dilation", 0), "dilation should be greater"});
    rows.push_back({rule, "groups that do not divide", number("groups", 7), "groups=7"});
  }
  rows.push_back({&rules::conv, "channels that do not fit", grown(0, 1), "channels, but got"});
  rows.push_back(
      {&rules::conv, "a window larger than the input",
       both(sizes({{1, 1, 2}, {1, 1, 5}}),
            both(number("groups", 1),
                 both(list("stride", {1}), both(list("padding", {0}), list("dilation", {1}))))),
       "Kernel size can't be greater than actual input size"});
  rows.push_back({&rules::conv, "a window of nothing", sizes({{1, 1, 4}, {1, 1, 0}}),
                  "kernel size should be greater than zero: got weight"});
  for (op::ShapeRule rule : {&rules::conv_input_grad, &rules::conv_weight_grad}) {
    rows.push_back(
        {rule, "a cotangent of another size", grown(0, -1), "expected grad_output of size"});
    rows.push_back({rule, "sizes too long", longer("sizes"), "elements; got"});
    rows.push_back({rule, "negative sizes", first("sizes", -1), "negative dimension"});
  }
}

void add_window_refusals(std::vector<Refusal>& rows) {
  for (op::ShapeRule rule :
       {&rules::max_pool, &rules::window_sum, &rules::max_pool_grad, &rules::window_sum_grad}) {
    rows.push_back({rule, "no window", list("window", {}), "window dims"});
    rows.push_back(
        {rule, "a window of too many dims", list("window", {1, 1, 1, 1, 1, 1}), "window dims"});
    for (const char* name : {"stride", "padding", "dilation"})
      rows.push_back({rule, "a list too long", longer(name), "elements; got"});
    rows.push_back({rule, "window 0", first("window", 0), "kernel size should be greater"});
    rows.push_back({rule, "stride 0", first("stride", 0), "stride should be greater than zero"});
    rows.push_back({rule, "dilation 0", first("dilation", 0), "dilation should be greater"});
    rows.push_back({rule, "negative padding", first("padding", -1), "pad must be non-negative"});
    rows.push_back({rule, "padding alone", first("padding", 99), "at most half of effective"});
  }
  for (op::ShapeRule rule : {&rules::max_pool, &rules::window_sum})
    rows.push_back(
        {rule, "a window larger than the input", first("window", 99), "Output size is too small"});
  for (op::ShapeRule rule : {&rules::max_pool_grad, &rules::window_sum_grad}) {
    rows.push_back({rule, "sizes too long", longer("sizes"), "elements; got"});
    rows.push_back({rule, "sizes of nothing", first("sizes", 0), "to be at least 1; got"});
    rows.push_back({rule, "a pooled size that cannot be", first("sizes", 99),
                    "expected grad_output with trailing sizes"});
  }
  rows.push_back({&rules::max_pool_grad, "indices of another size", grown(1, -1),
                  "expected indices of type long"});
  rows.push_back({&rules::max_pool_grad, "indices of another type", typed(1, op::DType::Int),
                  "expected indices of type long"});
}
}  // namespace test
}  // namespace torch
