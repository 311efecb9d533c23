// Rules of what moves elements, makes them, or stands about them.
#include "tests/op_rules/refusals.h"

namespace torch {
namespace test {
namespace {
namespace rules = op::rules;
const int64_t most = INT64_MAX;
}  // namespace

void add_view_refusals(std::vector<Refusal>& rows) {
  rows.push_back(
      {&rules::reshape, "other elements", list("sizes", {7, 11}), "is invalid for input"});
  rows.push_back({&rules::reshape, "a negative size", first("sizes", -1), "shape dimension -1"});
  rows.push_back({&rules::permute, "a dim too many", longer("permutation"), "is not equal to len"});
  rows.push_back({&rules::permute, "a dim twice", first("permutation", 0), "duplicate dims"});
  rows.push_back({&rules::permute, "no such dim", first("permutation", 9), "out of range"});
  rows.push_back({&rules::expand, "fewer dims", both(sizes({{1, 1}}), list("sizes", {3})),
                  "must be greater or equal to the number of dimensions in the tensor (2)"});
  rows.push_back({&rules::expand, "a negative size", first("sizes", -1), "isn't allowed"});
  rows.push_back({&rules::expand, "another size", both(sizes({{3}}), list("sizes", {4})),
                  "expanded size of the tensor (4) must match the existing size (3)"});
  rows.push_back({&rules::expand, "more bytes than 2^63", first("sizes", most), "overflowed"});
  rows.push_back({&rules::flip, "no such dim", first("dims", 9), "Dimension out of range"});
  rows.push_back({&rules::flip, "a dim twice", list("dims", {0, 0}), "appears multiple times"});
  for (op::ShapeRule rule : {&rules::slice, &rules::insert}) {
    rows.push_back({rule, "steps too long", longer("steps"), "elements; got steps"});
    rows.push_back({rule, "step 0", first("steps", 0), "slice step must be positive: got"});
    rows.push_back({rule, "a step too far", first("steps", 99), "exceeds dimension"});
    rows.push_back({rule, "no operands", only(0), "operands; expected a tensor"});
  }
  rows.push_back({&rules::slice, "a start too few", only(1), "expected a start for each"});
  rows.push_back({&rules::slice, "a start that is no scalar", deeper(1), "0-dim tensor of long"});
  rows.push_back({&rules::slice, "an Int start", typed(1, op::DType::Int), "0-dim tensor of long"});
  rows.push_back({&rules::slice, "sizes too long", longer("sizes"), "elements; got sizes"});
  rows.push_back({&rules::slice, "a negative size", first("sizes", -1), "negative dimension"});
  rows.push_back({&rules::slice, "more than there is", first("sizes", 99), "exceeds dimension"});
  rows.push_back({&rules::insert, "a start too few", only(2), "expected a start for each"});
  rows.push_back(
      {&rules::insert, "an Int start", typed(2, op::DType::Int), "0-dim tensor of long"});
  rows.push_back({&rules::insert, "another type", other_type(1), "expected update to have scalar"});
  rows.push_back({&rules::insert, "another rank", deeper(1), "an update with as many dims"});
  for (const char* name : {"low", "high", "interior"}) {
    rows.push_back({&rules::pad, "a list too long", longer(name), "elements; got"});
    rows.push_back({&rules::pad, "a negative pad", first(name, -1), "to be at least 0; got"});
  }
  rows.push_back({&rules::pad, "more than 2^63",
                  both(sizes({{3}}), both(list("low", {most}),
                                          both(list("high", {most}), list("interior", {0})))),
                  "overflows: got low="});
  rows.push_back({&rules::pad, "a value of another type", other_type(1), "0-dim tensor of double"});
  rows.push_back({&rules::pad, "a value that is no scalar", deeper(1), "0-dim tensor of double"});
  rows.push_back({&rules::concat, "nothing", only(0), "expected a non-empty list of Tensors"});
  rows.push_back({&rules::concat, "0-dim tensors", scalar(1), "cannot be concatenated"});
  rows.push_back({&rules::concat, "no such dim", number("dim", 9), "Dimension out of range"});
  rows.push_back({&rules::concat, "two types", other_type(1), "every tensor to have scalar type"});
  rows.push_back({&rules::concat, "other ranks", deeper(1), "same number of dimensions: got"});
  rows.push_back({&rules::concat, "other sizes",
                  both(sizes({{2, 3}, {2, 4}, {2, 3}, {2, 3}}), number("dim", 0)),
                  "Expected size 3 but got size 4 for tensor number 1"});
  rows.push_back({&rules::concat, "more than 2^63",
                  [](OpCase& c) {
                    if (c.inputs.size() < 2) return false;
                    const size_t dim = static_cast<size_t>(op::attrs::concat(c.attrs).dim);
                    for (Input& i : c.inputs) i.type.dims[dim] = most;
                    return true;
                  },
                  "overflows"});
}

void add_indexing_refusals(std::vector<Refusal>& rows) {
  for (op::ShapeRule rule :
       {&rules::gather, &rules::scatter, &rules::index_select, &rules::index_add}) {
    rows.push_back({rule, "no such dim", number("dim", 9), "Dimension out of range"});
    rows.push_back(
        {rule, "indices of floats", typed(1, op::DType::Float), "int32/int64 for index"});
  }
  for (op::ShapeRule rule : {&rules::gather, &rules::scatter})
    rows.push_back({rule, "an index of another rank", deeper(1), "same number of dimensions as"});
  rows.push_back({&rules::gather, "an index too large",
                  both(sizes({{2, 3}, {4, 3}}), number("dim", 1)), "Size does not match at"});
  rows.push_back({&rules::scatter, "an index too large",
                  both(sizes({{2, 3}, {4, 3}, {4, 3}}), number("dim", 1)), "to be no larger than"});
  rows.push_back({&rules::scatter, "two types", other_type(2), "src to have scalar type Double"});
  rows.push_back({&rules::scatter, "src of another size", grown(2, 0), "of one size; got"});
  for (op::ShapeRule rule : {&rules::index_select, &rules::index_add})
    rows.push_back({rule, "an index that is no vector", deeper(1), "supposed to be a vector: got"});
  rows.push_back({&rules::index_add, "two types", other_type(2), "to have the same dtype"});
  rows.push_back({&rules::index_add, "source of another rank", deeper(2), "as many dims as self"});
  rows.push_back({&rules::index_add, "fewer indices", grown(1, 0), "Number of indices"});
  rows.push_back({&rules::index_add, "other slices",
                  both(sizes({{3, 4}, {6}, {6, 5}}), number("dim", 0)), "same slice shapes"});
  rows.push_back({&rules::argsort, "no such dim", number("dim", 9), "Dimension out of range"});
  rows.push_back({&rules::argsort, "more than there are", number("count", 9), "k out of range"});
  rows.push_back({&rules::argsort, "fewer than none", number("count", -1), "k out of range"});
}

void add_creation_refusals(std::vector<Refusal>& rows) {
  for (op::ShapeRule rule : {&rules::constant, &rules::iota, &rules::random, &rules::random_bits}) {
    rows.push_back({rule, "a negative size", first("sizes", -1), "negative dimension -1"});
    rows.push_back({rule, "more bytes than 2^63", list("sizes", {most, 2}), "overflowed"});
  }
  rows.push_back({&rules::iota, "no such dim", number("dim", 9), "Dimension out of range"});
  rows.push_back({&rules::iota, "of bools", dtype("dtype", op::DType::Bool), "for 'Bool'"});
  for (op::ShapeRule rule : {&rules::random, &rules::random_bits}) {
    rows.push_back({rule, "a seed of another type", typed(0, op::DType::Int), "expected seed"});
    rows.push_back({rule, "a seed that is no scalar", deeper(0), "expected seed to be a 0-dim"});
    rows.push_back({rule, "an offset of another type", typed(1, op::DType::Int), "offset"});
    rows.push_back({rule, "an offset that is no scalar", deeper(1), "offset to be a 0-dim"});
    rows.push_back({rule, "of bools", dtype("dtype", op::DType::Bool), "got Bool"});
  }
}

void add_control_refusals(std::vector<Refusal>& rows) {
  rows.push_back({&rules::cached, "two sizes", grown(1, 0), "computed and known of one type; got"});
  rows.push_back({&rules::cached, "two types", other_type(1), "computed and known of one type"});
  rows.push_back({&rules::require, "another size", grown(1, 0), "expected ok to be bool"});
  rows.push_back({&rules::require, "another type", typed(1, op::DType::Byte), "expected ok to be"});
  rows.push_back({&rules::require, "no such requirement", number("what", 99), "the number of a"});
}
}  // namespace test
}  // namespace torch
