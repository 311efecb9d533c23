#include "codegen/cuda/argsort/argsort.h"

namespace mlir::weft::cuda {
Text segmentsText(StringRef name, ::torch::op::DType dtype) {
  const std::string type = dtype == ::torch::op::DType::Long ? "i64" : "i32";
  return {"extern \"C\" __global__ void __launch_bounds__(" + std::to_string(Argsort::kThreads) +
              ") " + name.str() + "(const " + type +
              "* x, const i64* order, i64* ends, i64 n, i64 count) {\n" +
              "  const i64 number = weft_block() * " + std::to_string(Argsort::kThreads) +
              " + weft_thread();\n  if (number >= count) return;\n" +
              "  const i64 place = number % n;\n  const i64* row = order + (number - place);\n"
              "  x += number - place;\n  const " +
              type + R"( value = x[row[place]];
  i64 end = 0;
  if (place == 0 || x[row[place - 1]] != value) {
    i64 most = n;
    end = place + 1;
    while (end < most) {  // all before `end` are equal, none from `most` on
      const i64 middle = (end + most) / 2;
      if (x[row[middle]] == value) end = middle + 1;
      else most = middle;
    }
  }
  ends[number] = end;
}
)",
          0};
}
}  // namespace mlir::weft::cuda
