// An operand's struct, written.
#include "codegen/cuda/contraction/operand.h"

namespace torch {
namespace codegen {
namespace cuda {
namespace {
std::string number(unsigned n) { return std::to_string(n); }
constexpr const char* kAxes[] = {"batch", "outer", "k"};
}  // namespace

struct Elements::Writer {
  const Elements& e;
  std::string prefix;  // of the entry's arguments
  Arguments& arguments;
  Members members;

  std::string digit(Axis axis, unsigned d) const { return kAxes[axis] + number(d); }
  // `factor` times the digit, as a member or in full; null contributions are left out.
  void add_product(std::string& sum, Axis axis, unsigned d, const std::string& member,
                   int64_t factor) {
    if (factor == 0) return;
    if (!sum.empty()) sum += " + ";
    sum += digit(axis, d);
    if (factor == 1) return;
    members.index(arguments, prefix, member, factor);
    sum += " * " + member;
  }
  // I batch2 = ..., for all digits of `n`.
  std::string take_digits(Axis axis) {
    const Numbers& digits = e.walk_.digits[axis];
    std::string text;
    for (unsigned d = static_cast<unsigned>(digits.size()); d-- > 1;) {
      const std::string size = digit(axis, d) + "_size";
      members.divisor(arguments, prefix, size, digits[d]);
      text += "    const I " + digit(axis, d) + " = " + size + ".take_digit(n);\n";
    }
    if (!digits.empty()) text += "    const I " + digit(axis, 0) + " = n;\n";
    return text;
  }
  std::string offset(Axis axis) {
    std::string sum;
    for (unsigned d = 0; d < e.strides_[axis].size(); ++d)
      add_product(sum, axis, d, digit(axis, d) + "_stride", e.strides_[axis][d]);
    return sum;
  }
  std::string index(Axis axis, unsigned kept) {
    std::string sum;
    for (unsigned d = 0; d < e.walk_.digits[axis].size(); ++d)
      add_product(sum, axis, d, digit(axis, d) + "_to" + number(kept),
                  e.contribution(axis, d, kept));
    return sum;
  }
  std::string kept_members() const {
    std::string all;
    for (unsigned i = 0; i < e.kept_.size(); ++i) all += ", at" + number(i);
    return all;
  }
  // Row or Step: what an axis' number gives to the offset and to the indices that are kept.
  std::string place(Axis axis, const char* type, const char* function) {
    std::string text = std::string("  struct alignas(") + number(e.place_alignment()) +
                       " * sizeof(I)) " + type + " {\n    I offset" + kept_members() +
                       ";\n  };\n  WEFT_INLINE " + type + " " + function + "(I n) const {\n";
    text += take_digits(axis);
    const std::string folded = offset(axis);
    text += "    return {" + (folded.empty() ? "0" : folded);
    for (unsigned i = 0; i < e.kept_.size(); ++i) {
      std::string sum = index(axis, i);
      const int64_t constant = e.walk_.dims[e.kept_[i].dim].constant;
      if (axis == outer_axis && constant != 0) {
        const std::string name = "first" + number(i);
        members.index(arguments, prefix, name, constant);
        sum += (sum.empty() ? "" : " + ") + name;
      }
      text += ", " + (sum.empty() ? "0" : sum);
    }
    return text + "};\n  }\n";
  }
  // i0 = the first kept index, ...; and whether they are inside: no branches.
  std::string find_indices() {
    std::string text, inside;
    for (unsigned i = 0; i < e.kept_.size(); ++i) {
      const Dim& dim = e.walk_.dims[e.kept_[i].dim];
      const std::string n = number(i), at = "i" + n, size = "size" + n;
      text += std::string("    ") + (dim.divisor == 1 ? "const " : "") + "I " + at + " = r.at" + n +
              " + s.at" + n + (e.is_strided() ? "" : " + batch_at" + n) + ";\n";
      if (!dim.is_guarded) continue;
      members.index(arguments, prefix, size, dim.size);
      if (dim.divisor != 1) {
        members.divisor(arguments, prefix, "apart" + n, dim.divisor);
        text += "    const bool even" + n + " = (" + at + " >= 0) & (apart" + n + ".take_digit(" +
                at + ") == 0);\n";
        inside += (inside.empty() ? "even" : " & even") + n;
      }
      inside += std::string(inside.empty() ? "" : " & ") + "(static_cast<U>(" + at +
                ") < static_cast<U>(" + size + "))";
    }
    return text + "    const bool inside = " + (inside.empty() ? "true" : inside) + ";\n";
  }
  std::string begin() {
    std::string text = "  WEFT_INLINE void begin(I n) {\n" + take_digits(batch_axis);
    if (e.is_strided()) {
      for (unsigned d = 0; d < e.strides_[batch_axis].size(); ++d) {
        const std::string stride = digit(batch_axis, d) + "_stride";
        members.add("i64", stride, arguments.number(prefix + stride, e.strides_[batch_axis][d]));
        text += "    data += " + digit(batch_axis, d) + " * " + stride + ";\n";
      }
      return text + "  }\n";
    }
    for (unsigned i = 0; i < e.kept_.size(); ++i) {
      const std::string sum = index(batch_axis, i);
      members.add("I", "batch_at" + number(i), "0");
      if (!sum.empty()) text += "    batch_at" + number(i) + " = " + sum + ";\n";
    }
    return text + "  }\n";
  }
  std::string find() {
    std::string text = "  WEFT_INLINE bool find(const Row& r, const Step& s, I& at) const {\n" +
                       find_indices() + "    at = r.offset + s.offset";
    for (unsigned i = 0; i < e.kept_.size(); ++i) {
      members.index(arguments, prefix, "stride" + number(i), e.kept_[i].stride);
      text += " + i" + number(i) + " * stride" + number(i);
    }
    return text + ";\n    return inside;\n  }\n";
  }
  std::string load(const std::string& call) {
    std::string text = "  WEFT_INLINE Element load(const Row& r, const Step& s) const {\n" +
                       find_indices() + "    return inside ? " + call;
    for (unsigned i = 0; i < e.kept_.size(); ++i) text += (i ? ", i" : "i") + number(i);
    return text + ") : Element(0);\n  }\n";
  }
};

OperandText Elements::text(const std::string& name, BufferUse buffer, bool is_async,
                           Arguments& arguments) const {
  const std::string prefix = name == "A" ? "a" : "b";
  Writer w{*this, prefix + "_", arguments, {}};
  const std::string type = word(operand_.dtype);
  std::string body, call;
  if (is_strided()) {
    arguments.buffer("const " + type, prefix, buffer);
    w.members.add("const " + type + "*", "data",
                  prefix + " + " + arguments.number(prefix + "_offset", offset_));
  } else {
    call = w.members.call(arguments, w.prefix, "load_" + prefix, operand_.function, buffer.from);
  }
  body += w.begin();
  body += w.place(outer_axis, "Row", "row");
  body += w.place(k_axis, "Step", "step");
  body += is_strided() ? w.find() : w.load(call);
  const auto flag = [](bool b) { return std::string(b ? "true" : "false"); };
  OperandText out;
  out.definition = "struct " + name + " {\n  typedef " + type + " Element;\n" +
                   "  static constexpr int kVector = " + std::to_string(vector_) + ";\n" +
                   "  static constexpr bool kPlain = " + flag(is_strided()) +
                   ", kAlongK = " + flag(along_k_) + ", kAsync = " + flag(is_async) +
                   ", kSimple = " + flag(is_simple()) + ";\n" + w.members.declarations() + body +
                   "};\n";
  out.values = w.members.values();
  out.key = out.definition + (is_strided() ? "" : operand_.function.key);
  return out;
}
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
