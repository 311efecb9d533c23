#include "tests/codegen/cuda/contraction/product.h"

#include <cmath>

#include "ir/op/half.h"

namespace torch {
namespace codegen {
namespace cuda {
namespace test {
namespace {

size_t bytes_of(DType d) { return op::dtype_bytes(d); }
void put(DType dtype, unsigned char* to, double value) {
  const auto keep = [&](auto v) { std::memcpy(to, &v, sizeof v); };
  switch (dtype) {
    case DType::Half: return keep(c10::Half(static_cast<float>(value)).x);
    case DType::BFloat16: return keep(c10::BFloat16(static_cast<float>(value)).x);
    case DType::Double: return keep(value);
    case DType::Long: return keep(static_cast<int64_t>(value));
    case DType::Int: return keep(static_cast<int32_t>(value));
    case DType::Char: return keep(static_cast<int8_t>(value));
    case DType::Byte: return keep(static_cast<uint8_t>(value));
    default: return keep(static_cast<float>(value));
  }
}
template <class T> T read(const unsigned char* from) {
  T v;
  std::memcpy(&v, from, sizeof v);
  return v;
}
double get(DType dtype, const unsigned char* from) {
  switch (dtype) {
    case DType::Half: return c10::Half(read<uint16_t>(from), c10::Half::from_bits());
    case DType::BFloat16: return c10::BFloat16(read<uint16_t>(from), c10::BFloat16::from_bits());
    case DType::Double: return read<double>(from);
    case DType::Long: return static_cast<double>(read<int64_t>(from));
    case DType::Int: return read<int32_t>(from);
    case DType::Char: return read<int8_t>(from);
    case DType::Byte: return read<uint8_t>(from);
    default: return read<float>(from);
  }
}
const char* type_word(DType d) {
  switch (d) {
    case DType::Half:
    case DType::BFloat16: return "u16";
    case DType::Double: return "double";
    case DType::Long: return "u64";
    case DType::Int: return "u32";
    case DType::Char: return "u8";
    case DType::Byte: return "u8";
    default: return "float";
  }
}
DType value_type(DType d) { return op::is_half(d) ? DType::Float : d; }

}  // namespace

Function store(DType dtype, const Numbers& sizes) {
  Function f;
  const std::string type = type_word(value_type(dtype));
  f.text = [type](const std::string& name, bool is_wide) {
    const std::string index = is_wide ? "i64" : "int";
    return "__device__ inline void " + name + "(" + type + "* y, i64 rows, i64 columns, " + index +
           " outer, " + index + " m, " + index + " n, " + type +
           " value) {\n  y[(outer * rows + m) * columns + n] = value + value;\n}\n";
  };
  f.buffers = {value_type(dtype)};
  f.params = {sizes[1], sizes[2]};
  f.key = "store " + type;
  return f;
}

Tensor::Tensor(DType d, Numbers s, std::mt19937& random, Numbers given, int64_t first)
    : dtype(d), sizes(std::move(s)), strides(std::move(given)), offset(first) {
  if (strides.empty()) {
    strides.assign(sizes.size(), 1);
    for (size_t i = sizes.size(); i-- > 1;) strides[i - 1] = strides[i] * sizes[i];
  }
  int64_t count = 1 + offset;
  for (size_t i = 0; i < sizes.size(); ++i)
    count += std::max<int64_t>(0, sizes[i] - 1) * std::max<int64_t>(0, strides[i]);
  bytes.resize(static_cast<size_t>(count) * bytes_of(dtype) + 64);
  std::uniform_real_distribution<double> real(-1, 1);
  std::uniform_int_distribution<int> whole(dtype == DType::Byte ? 0 : -100, 100);
  for (int64_t i = 0; i < count; ++i)
    put(dtype, static_cast<unsigned char*>(data()) + static_cast<size_t>(i) * bytes_of(dtype),
        op::is_float(dtype) ? real(random) : whole(random));
}
void* Tensor::data() const {
  const auto address = reinterpret_cast<uintptr_t>(bytes.data());
  return reinterpret_cast<void*>((address + 31) / 32 * 32);
}
double Tensor::at(const Numbers& index) const {
  int64_t element = offset;
  for (size_t i = 0; i < index.size(); ++i) element += index[i] * strides[i];
  return get(dtype,
             static_cast<unsigned char*>(data()) + static_cast<size_t>(element) * bytes_of(dtype));
}
Operand Tensor::operand(int alignment) const {
  Operand o;
  o.dtype = dtype;
  o.sizes = sizes;
  o.strides = strides;
  o.offset = offset;
  o.alignment = alignment;
  return o;
}
Operand by_function(const Tensor& t, int contiguous) {
  Operand o;
  o.dtype = t.dtype;
  o.sizes = t.sizes;
  o.contiguous = contiguous;
  const std::string type = type_word(t.dtype);
  const size_t rank = t.sizes.size();
  o.function.text = [=](const std::string& name, bool is_wide) {
    const std::string index = is_wide ? "i64" : "int";
    std::string text = "__device__ inline " + type + " " + name + "(" + type + "* x, i64 offset";
    for (size_t i = 0; i < rank; ++i) text += ", i64 s" + std::to_string(i);
    for (size_t i = 0; i < rank; ++i) text += ", " + index + " i" + std::to_string(i);
    text += ") {\n  return x[offset";
    for (size_t i = 0; i < rank; ++i)
      text += " + i" + std::to_string(i) + " * s" + std::to_string(i);
    return text + "];\n}\n";
  };
  o.function.buffers = {t.dtype};
  o.function.params = {t.offset};
  o.function.params.insert(o.function.params.end(), t.strides.begin(), t.strides.end());
  o.function.key = "strided " + type + std::to_string(rank);
  return o;
}

Numbers result_sizes(const Problem& p) {
  Numbers out{1, 1, 1};
  const size_t rank = p.sizes.size();
  for (size_t i = 0; i < rank; ++i) {
    if (p.kind == Kind::matmul) out[i + 2 < rank ? 0 : i + 2 == rank ? 1 : 2] *= p.sizes[i];
    else if (p.kind == Kind::conv_weight_grad) out[i == 0 ? 1 : 2] *= p.sizes[i];
    else out[std::min<size_t>(i, 2)] *= p.sizes[i];
  }
  return out;
}

Case matmul(DType dtype, int64_t batch, int64_t m, int64_t n, int64_t k, std::mt19937& random) {
  Case c;
  c.a = std::make_shared<Tensor>(dtype, Numbers{batch, m, k}, random);
  c.b = std::make_shared<Tensor>(dtype, Numbers{batch, k, n}, random);
  c.problem.a = c.a->operand();
  c.problem.b = c.b->operand();
  c.problem.sizes = {batch, m, n};
  c.name = "matmul";
  c.problem.result = store(dtype, c.problem.sizes);
  return c;
}

namespace {
// What k runs over, and both operands' elements there; false: no part of the chain.
struct Chain {
  const Case& c;
  Numbers position(const Numbers& sizes, size_t begin, int64_t linear) const {
    Numbers out(sizes.size() - begin);
    for (size_t i = out.size(); i-- > 0;) {
      out[i] = linear % sizes[begin + i];
      linear /= sizes[begin + i];
    }
    return out;
  }
  static int64_t count(const Numbers& sizes, size_t begin) {
    int64_t n = 1;
    for (size_t i = begin; i < sizes.size(); ++i) n *= sizes[i];
    return n;
  }
  template <class F> void each(int64_t outer, int64_t m, int64_t n, F&& add) const {
    const Problem& p = c.problem;
    const Window& w = p.window;
    if (p.kind == Kind::matmul) {
      const size_t rank = p.sizes.size();
      Numbers batch = position(Numbers(p.sizes.begin(), p.sizes.end() - 2), 0, outer);
      for (int64_t k = 0; k < p.a.sizes[rank - 1]; ++k) {
        Numbers a = batch, b = batch;
        a.insert(a.end(), {m, k});
        b.insert(b.end(), {k, n});
        add(c.a->at(a), c.b->at(b));
      }
    } else if (p.kind == Kind::conv) {
      const Numbers at = position(p.sizes, 2, n);
      const int64_t per_group = p.sizes[1] / w.groups, channels = p.b.sizes[1];
      for (int64_t k = 0; k < channels * count(p.b.sizes, 2); ++k) {
        const Numbers where = position(p.b.sizes, 1, k);
        Numbers weight{m}, x{outer, m / per_group * channels + where[0]};
        weight.insert(weight.end(), where.begin(), where.end());
        bool inside = true;
        for (size_t i = 0; i < at.size(); ++i) {
          x.push_back(at[i] * w.stride[i] - w.padding[i] + where[i + 1] * w.dilation[i]);
          inside = inside && x.back() >= 0 && x.back() < p.a.sizes[i + 2];
        }
        add(inside ? c.a->at(x) : 0, c.b->at(weight));
      }
    } else if (p.kind == Kind::conv_weight_grad) {
      const Numbers column = position(p.sizes, 1, n);
      const int64_t rows = p.sizes[0] / w.groups, channels = p.sizes[1];
      for (int64_t k = 0; k < p.a.sizes[0] * count(p.a.sizes, 2); ++k) {
        const int64_t image = k / count(p.a.sizes, 2);
        const Numbers at = position(p.a.sizes, 2, k % count(p.a.sizes, 2));
        Numbers dy{image, m}, x{image, m / rows * channels + column[0]};
        dy.insert(dy.end(), at.begin(), at.end());
        bool inside = true;
        for (size_t i = 0; i < at.size(); ++i) {
          x.push_back(at[i] * w.stride[i] - w.padding[i] + column[i + 1] * w.dilation[i]);
          inside = inside && x.back() >= 0 && x.back() < p.b.sizes[i + 2];
        }
        add(c.a->at(dy), inside ? c.b->at(x) : 0);
      }
    } else {
      const Numbers at = position(p.sizes, 2, n);
      const int64_t channels = p.sizes[1] / w.groups, rows = p.b.sizes[0] / w.groups;
      const int64_t group = m / channels;
      for (int64_t k = 0; k < count(p.b.sizes, 2) * rows; ++k) {
        const Numbers where = position(p.b.sizes, 2, k / rows);
        Numbers weight{group * rows + k % rows, m % channels}, dy{outer, group * rows + k % rows};
        weight.insert(weight.end(), where.begin(), where.end());
        bool inside = true;
        for (size_t i = 0; i < at.size(); ++i) {
          const int64_t from = at[i] + w.padding[i] - where[i] * w.dilation[i];
          dy.push_back(from / w.stride[i]);
          inside = inside && from >= 0 && from % w.stride[i] == 0 && dy.back() < p.a.sizes[i + 2];
        }
        if (inside) add(c.a->at(dy), c.b->at(weight));
      }
    }
  }
};
}  // namespace

double expected(const Case& c, int64_t outer, int64_t m, int64_t n, bool in_float) {
  float narrow = 0;
  double wide = 0;
  const Chain chain{c};
  chain.each(outer, m, n, [&](double a, double b) {
    narrow = std::fmaf(static_cast<float>(a), static_cast<float>(b), narrow);
    wide = std::fma(a, b, wide);
  });
  if (c.problem.a.dtype == DType::Char) return static_cast<int8_t>(2 * static_cast<int64_t>(wide));
  if (c.problem.a.dtype == DType::Byte) return static_cast<uint8_t>(2 * static_cast<int64_t>(wide));
  return in_float ? static_cast<double>(narrow + narrow) : wide + wide;
}

Kernels::Kernels(const std::vector<Case>& cases, const std::function<void(std::string&)>& change) {
  std::string text;
  for (const Case& c : cases)
    for (const Launch& l : plan_of(c).launches) {
      bool known = false;
      for (const auto& [key, name] : names_) known = known || key == l.key;
      if (known) continue;
      const std::string name = "k" + std::to_string(names_.size());
      names_.push_back({l.key, name});
      text += l.text(name);
    }
  if (change) change(text);
  program_ = std::make_unique<runtime::cuda::Program>(text);
}

std::vector<double> Kernels::run(const Case& c, Order order, std::string* message) const {
  const Plan p = plan_of(c);
  const Numbers sizes = result_sizes(c.problem);
  const DType type = value_type(c.problem.a.dtype);
  const auto count = static_cast<size_t>(sizes[0] * sizes[1] * sizes[2]);
  constexpr size_t kBehind = 64;
  std::vector<unsigned char> result(count * bytes_of(type) + kBehind, 0xee);
  std::vector<std::vector<double>> temporaries;
  for (int64_t bytes : p.temporary_bytes)
    temporaries.emplace_back(static_cast<size_t>(bytes) / 8 + 1, std::nan(""));
  for (const Launch& l : p.launches) {
    std::vector<void*> buffers;
    for (BufferUse use : l.buffers) switch (use.from) {
        case BufferUse::a: buffers.push_back(c.a->data()); break;
        case BufferUse::b: buffers.push_back(c.b->data()); break;
        case BufferUse::result: buffers.push_back(result.data()); break;
        case BufferUse::temporary: buffers.push_back(temporaries[use.index].data()); break;
      }
    std::vector<void*> arguments;
    for (void*& buffer : buffers) arguments.push_back(&buffer);
    Numbers params = l.params;
    for (int64_t& param : params) arguments.push_back(&param);
    std::string name;
    for (const auto& [key, known] : names_)
      if (key == l.key) name = known;
    const std::string said = program_->launch_with(
        name, {l.tasks, static_cast<unsigned>(l.threads), static_cast<size_t>(l.shared_bytes)},
        order, arguments.data());
    if (message) *message += said;
    else EXPECT_EQ(said, "") << c.name;
  }
  for (size_t i = result.size() - kBehind; i < result.size(); ++i) {
    if (message && result[i] != 0xee) *message = "written beyond the end";
    if (!message) EXPECT_EQ(result[i], 0xee) << c.name;
  }
  std::vector<double> values;
  for (size_t i = 0; i < count; ++i) values.push_back(get(type, &result[i * bytes_of(type)]));
  return values;
}
}  // namespace test
}  // namespace cuda
}  // namespace codegen
}  // namespace torch
