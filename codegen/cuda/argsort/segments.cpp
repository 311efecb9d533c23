#include "codegen/cuda/argsort/argsort.h"

namespace mlir::weft::cuda {
Text segmentsText(StringRef name, ::torch::op::DType dtype) {
  const std::string type = dtype == ::torch::op::DType::Long ? "i64" : "i32";
  return {"extern \"C\" __global__ void __launch_bounds__(" + std::to_string(Argsort::kThreads) +
              ") " + name.str() + "(const " + type +
              "* x, const i64* order, i64* ends, i64 n, i64 count) {\n" +
              "  const i64 piece = " + std::to_string(Argsort::kPiece) +
              ";\n  const i64 number = weft_block() * " + std::to_string(Argsort::kThreads) +
              " + weft_thread();\n  if (number >= count) return;\n" +
              "  const i64 place = number % n;\n  const i64* row = order + (number - place);\n"
              "  x += number - place;\n  const " +
              type + R"( value = x[row[place]];
  const bool begins = place == 0 || x[row[place - 1]] != value;
  i64 end = 0;
  if (begins || place % piece == 0) {
    const i64 limit = begins || place + piece > n ? n : place + piece;
    i64 step = 1;
    end = place + 1;
    while (end + step <= limit && x[row[end + step - 1]] == value) {
      end += step;
      step *= 2;
    }
    i64 most = end + step - 1 < limit ? end + step - 1 : limit;
    while (end < most) {  // all before `end` are equal, none from `most` on
      const i64 middle = (end + most) / 2;
      if (x[row[middle]] == value) end = middle + 1;
      else most = middle;
    }
  }
  ends[number] = begins ? end : -end;
}
)",
          0};
}
}  // namespace mlir::weft::cuda
