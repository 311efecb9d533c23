#include "codegen/cuda/contraction/kernel.h"

#include <algorithm>

#include "codegen/cuda/contraction/skeleton.h"

namespace torch {
namespace codegen {
namespace cuda {
namespace {
constexpr int kFinishThreads = 256;

std::string constant(const char* name, int64_t value) {
  return std::string("constexpr int ") + name + " = " + std::to_string(value) + ";\n";
}
const char* shared_word(Unit unit, DType dtype) {
  if (unit == Unit::threads && !op::is_float(dtype))
    return op::dtype_bytes(dtype) == 8 ? "u64" : "u32";
  return word(dtype);
}
const char* sum_word(DType dtype) {
  if (op::is_float(dtype)) return value_word(dtype);
  return op::dtype_bytes(dtype) == 8 ? "u64" : "u32";
}
std::string types(DType dtype, bool is_wide) {
  return index_type(is_wide) + "typedef " + sum_word(dtype) + " Sum;\n";
}

// The result, (batch, row, column) of the product -> the caller's (outer, m, n).
struct ResultText {
  std::string definition, values;
};
ResultText result_text(const Problem& problem, const Product& product, Arguments& arguments) {
  Members members;
  const DType dtype = problem.a.dtype;
  const std::string call =
      members.call(arguments, "y", "store_result", problem.result, BufferUse::result);
  members.add("I", "first", "0");
  std::string begin = "first = batch", outer = "first",
              m = product.is_transposed ? "column" : "row",
              n = product.is_transposed ? "row" : "column", decode;
  if (product.is_grouped) {
    members.index(arguments, "y_", "rows", product.is_transposed ? product.columns : product.rows);
    begin += " * rows";
    m = "first + " + m;
    outer = "0";
  }
  if (product.positions > 0) {
    members.divisor(arguments, "y_", "positions", product.positions);
    decode = "    I image = " + n + ";\n    const I position = positions.take_digit(image);\n";
    outer = "image";
    n = "position";
  }
  if (product.channels > 0) {
    members.divisor(arguments, "y_", "channels", product.channels);
    members.index(arguments, "y_", "places", (product.is_transposed ? product.rows : product.columns) /
                                                 product.channels);
    decode = "    I place = " + n + ";\n    const I channel = channels.take_digit(place);\n";
    n = "channel * places + place";
  }
  ResultText out;
  out.definition = "struct Result {\n" + members.declarations() +
                   "  WEFT_INLINE void begin(I batch, I) { " + begin +
                   "; }\n  WEFT_INLINE void store(I row, I column, Sum sum) const {\n" + decode +
                   "    " + call + outer + ", " + m + ", " + n + ", static_cast<" +
                   value_word(dtype) + ">(sum));\n  }\n};\n";
  out.values = members.values();
  return out;
}
// The sums of chunks, (chunk, batch, row, column).
ResultText sums_text(DType dtype, const Product& product, unsigned temporary,
                     Arguments& arguments) {
  Members members;
  arguments.buffer(sum_word(dtype), "sums", {BufferUse::temporary, temporary});
  members.add("Sum*", "sums", "sums");
  for (auto [name, value] : {std::pair{"batches", product.batches}, std::pair{"rows", product.rows},
                             std::pair{"columns", product.columns}})
    members.add("i64", name, arguments.number(std::string("sums_") + name, value));
  members.add("i64", "first", "0");
  return {"struct Result {\n" + members.declarations() +
              "  WEFT_INLINE void begin(i64 batch, i64 chunk) {\n    first = (chunk * batches + "
              "batch) * rows;\n  }\n  WEFT_INLINE void store(I row, I column, Sum sum) const {\n"
              "    sums[(first + row) * columns + column] = sum;\n  }\n};\n",
          members.values()};
}

std::string constants(const Choice& choice, DType dtype) {
  const Tile& t = choice.tile;
  std::string text = types(dtype, choice.is_wide) + "typedef " + shared_word(choice.unit, dtype) +
                     " S;\n" + constant("kRows", t.rows) + constant("kColumns", t.columns) +
                     constant("kDepth", t.depth) + constant("kStages", t.stages) +
                     constant("kThreads", t.threads()) + constant("kWarpsDown", t.warps_down) +
                     constant("kWarpsAcross", t.warps_across) +
                     constant("kSharedBytes", shared_bytes(choice, dtype));
  const char* multiply = nullptr;
  switch (choice.unit) {
    case Unit::threads:
      return text + constant("kThreadRows", t.thread_rows) +
             constant("kThreadColumns", t.thread_columns) +
             "WEFT_INLINE Sum multiply_add(S a, S b, Sum sum) { return " +
             (op::is_float(dtype) ? "weft_fma(a, b, sum)" : "sum + a * b") + "; }\n";
    case Unit::bfloat_matrices: multiply = "weft_mma_bfloat"; break;
    case Unit::half_matrices: multiply = "weft_mma_half"; break;
    case Unit::tf32_matrices: multiply = "weft_mma_tf32"; break;
  }
  return text +
         "WEFT_INLINE void multiply_add(float (&c)[4], const u32 (&a)[4], u32 b0, u32 b1) {\n  " +
         multiply + "(c, a, b0, b1);\n}\n";
}

std::string index(Arguments& arguments, const char* name, int64_t value) {
  return "static_cast<I>(" + arguments.number(name, value) + ")";
}
}  // namespace

int shared_element_bytes(Unit unit, DType dtype) {
  const auto bytes = static_cast<int>(op::dtype_bytes(dtype));
  return unit == Unit::threads ? std::max(bytes, 4) : bytes;
}
int sum_bytes(DType dtype) { return std::max(4, static_cast<int>(op::dtype_bytes(dtype))); }

int64_t shared_bytes(const Choice& choice, DType dtype) {
  const Tile& t = choice.tile;
  const int element = shared_element_bytes(choice.unit, dtype), sum = sum_bytes(dtype);
  const bool threads = choice.unit == Unit::threads;
  const int gap = threads ? 2 * (16 / element) : 0;
  const int64_t tiles =
      static_cast<int64_t>(t.stages) * t.depth * (t.rows + t.columns + gap) * element;
  const int across = t.columns / t.warps_across;
  const int64_t parts = static_cast<int64_t>(t.warps_down) * t.warps_across *
                        (threads ? 4 * (across + 16 / sum) : 16 * (across + 8)) * sum;
  return std::max(tiles + choice.table_bytes, parts);
}

Launch product_launch(const Problem& problem, const Product& product, const Side& left,
                      const Side& right, const Choice& choice) {
  const DType dtype = problem.a.dtype;
  const Tile& tile = choice.tile;
  Arguments arguments;
  const OperandText a_text = left.elements.text("A", left.buffer, choice.async_a, arguments);
  const OperandText b_text = right.elements.text("B", right.buffer, choice.async_b, arguments);
  const ResultText result = choice.chunks > 1 ? sums_text(dtype, product, choice.sums, arguments)
                                              : result_text(problem, product, arguments);
  const int64_t down = (product.rows + tile.rows - 1) / tile.rows;
  const int64_t across = (product.columns + tile.columns - 1) / tile.columns;
  std::string sizes;
  for (auto [name, value] : {std::pair{"rows", product.rows}, std::pair{"columns", product.columns},
                             std::pair{"depth", product.depth}, std::pair{"chunk", choice.chunk},
                             std::pair{"tiles_down", down}, std::pair{"tiles_across", across},
                             std::pair{"batches", product.batches}})
    sizes += (sizes.empty() ? "" : ", ") + index(arguments, name, value);

  const std::string fixed = constants(choice, dtype),
                    body = "  A left" + a_text.values + ";\n  B right" + b_text.values +
                           ";\n  Result result" + result.values +
                           ";\n  run(left, right, result, Sizes{" + sizes + "});\n";
  const bool threads = choice.unit == Unit::threads, sums = choice.chunks > 1;
  const bool is_wide = choice.is_wide;
  const std::string operands = a_text.definition + b_text.definition + result.definition;
  Launch launch;
  launch.name = sums ? "chunks" : "product";
  launch.key = fixed + std::to_string(tile.resident) + a_text.key + b_text.key + result.definition +
               body + (sums ? "" : problem.result.key);
  const Entry entry{arguments, tile.threads(), tile.resident, body};
  launch.text = [=, load_a = left.operand.function, load_b = right.operand.function,
                 store = problem.result](const std::string& name) {
    return kernel_text(name, entry,
                       fixed + function_text(load_a, "load_a", is_wide) +
                           function_text(load_b, "load_b", is_wide) +
                           (sums ? "" : function_text(store, "store_result", is_wide)) +
                           skeleton::division + operands + skeleton::tiles +
                           (threads ? skeleton::threads : skeleton::matrices) + skeleton::product);
  };
  launch.buffers = arguments.uses();
  launch.params = arguments.values();
  launch.tasks = down * across * product.batches * choice.chunks;
  launch.threads = tile.threads();
  launch.shared_bytes = shared_bytes(choice, dtype);
  return launch;
}

Launch finish_launch(const Problem& problem, const Product& product, const Choice& choice) {
  const DType dtype = problem.a.dtype;
  Arguments arguments;
  arguments.buffer(std::string("const ") + sum_word(dtype), "sums",
                   {BufferUse::temporary, choice.sums});
  const ResultText result = result_text(problem, product, arguments);
  const int64_t elements = product.batches * product.rows * product.columns;
  std::string sizes = index(arguments, "rows", product.rows);
  sizes += ", " + index(arguments, "columns", product.columns);
  sizes += ", " + arguments.number("elements", elements);
  sizes += ", " + arguments.number("chunks", choice.chunks);
  for (const char* by : {"columns", "rows"}) {
    const int64_t number = by[0] == 'c' ? product.columns : product.rows;
    sizes += std::string(", Divisor(") + by + ", " +
             arguments.number(std::string(by) + "_packed", packed_divisor(number)) + ")";
  }
  const bool is_wide = choice.is_wide;
  const std::string fixed = types(dtype, is_wide), definition = result.definition;
  const std::string body =
      "  Result result" + result.values + ";\n  finish(result, sums, " + sizes + ");\n";
  Launch launch;
  launch.name = "finish";
  launch.key = "finish " + fixed + definition + body + problem.result.key;
  const Entry entry{arguments, kFinishThreads, 1, body};
  launch.text = [=, store = problem.result](const std::string& name) {
    return kernel_text(name, entry,
                       fixed + function_text(store, "store_result", is_wide) + skeleton::division +
                           definition + skeleton::finish);
  };
  launch.buffers = arguments.uses();
  launch.params = arguments.values();
  launch.tasks = (elements + kFinishThreads - 1) / kFinishThreads;
  launch.threads = kFinishThreads;
  return launch;
}
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
