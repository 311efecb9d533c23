#include "frontend/serialize/npy_header.h"

#include <cctype>

#include "frontend/serialize/npy.h"

namespace torch {
namespace serialize {
namespace {

struct Descr {
  op::DType dtype;
  const char* code;  // kind and bytes
};
constexpr Descr descrs[] = {
    {op::DType::Float, "f4"}, {op::DType::Double, "f8"}, {op::DType::Half, "f2"},
    {op::DType::Int, "i4"},   {op::DType::Long, "i8"},   {op::DType::Short, "i2"},
    {op::DType::Char, "i1"},  {op::DType::Byte, "u1"},   {op::DType::Bool, "b1"},
};

std::string supported() {
  std::string all;
  for (const Descr& d : descrs)
    all += (all.empty() ? "" : ", ") + std::string(d.code) + " (" + op::dtype_name(d.dtype) + ")";
  return all;
}

// The part of Python's literals that headers are written in.
class Parser {
 public:
  explicit Parser(const std::string& text) : text_(text) {}

  NpyHeader run() {
    expect('{');
    while (!take('}')) {
      entry();
      if (!take(',') && peek() != '}') wrong("expected ',' or '}'");
    }
    if (peek() != 0) wrong("something follows the closing brace");
    if (!descr_ || !order_ || !shape_)
      throw NpyError("the header lacks one of 'descr', 'fortran_order' and 'shape'");
    int64_t numel;
    if (!op::checked_numel(header_.type.dims, op::dtype_bytes(header_.type.dtype), numel))
      throw NpyError("the shape " + op::to_string(header_.type.dims) + " has more bytes than 2^63");
    return header_;
  }

 private:
  [[noreturn]] void wrong(const std::string& what) const {
    throw NpyError("the header is damaged at byte " + std::to_string(at_) + ": " + what);
  }
  char peek() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
    return at_ < text_.size() ? text_[at_] : 0;
  }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  void expect(char c) {
    if (!take(c)) wrong(std::string("expected '") + c + "'");
  }

  void entry() {
    const std::string key = quoted();
    expect(':');
    if (key == "descr" && !descr_) descr_ = true, descr();
    else if (key == "fortran_order" && !order_) order_ = true, header_.fortran_order = boolean();
    else if (key == "shape" && !shape_) shape_ = true, shape();
    else wrong("unexpected key '" + key + "'");
  }

  std::string quoted() {
    const char quote = peek();
    if (quote != '\'' && quote != '"') wrong("expected a string");
    const size_t end = text_.find(quote, at_ + 1);
    if (end == std::string::npos) wrong("a string without end");
    std::string s = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return s;
  }

  void descr() {
    if (peek() == '[')
      throw NpyError("structured arrays are not supported; supported are " + supported());
    const std::string code = quoted();
    const bool has_order = !code.empty() && std::string("<>|=").find(code[0]) != std::string::npos;
    for (const Descr& d : descrs) {
      if (code.substr(has_order) != d.code) continue;
      header_.type.dtype = d.dtype;
      header_.swapped = code[0] == '>' && op::dtype_bytes(d.dtype) > 1;
      return;
    }
    throw NpyError("element type '" + code + "' is not supported; supported are " + supported());
  }

  bool boolean() {
    for (bool value : {false, true}) {
      const std::string word = value ? "True" : "False";
      peek();
      if (text_.compare(at_, word.size(), word) != 0) continue;
      at_ += word.size();
      return value;
    }
    wrong("expected True or False");
  }

  void shape() {
    expect('(');
    while (!take(')')) {
      header_.type.dims.push_back(size());
      if (!take(',') && peek() != ')') wrong("expected ',' or ')'");
    }
  }

  int64_t size() {
    if (!std::isdigit(static_cast<unsigned char>(peek())))
      wrong("expected a size, an integer that is not negative");
    int64_t n = 0;
    for (; at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_])); ++at_)
      if (__builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, text_[at_] - '0', &n))
        wrong("a size beyond 2^63");
    if (at_ < text_.size() && text_[at_] == 'L') ++at_;  // written by Python 2
    return n;
  }

  const std::string& text_;
  size_t at_ = 0;
  NpyHeader header_;
  bool descr_ = false, order_ = false, shape_ = false;
};
}  // namespace

NpyHeader parse_npy_header(const std::string& text) { return Parser(text).run(); }

std::string write_npy_header(const op::Type& type) {
  std::string shape;
  for (int64_t d : type.dims) shape += std::to_string(d) + (type.rank() == 1 ? "," : ", ");
  if (type.rank() > 1) shape.resize(shape.size() - 2);
  for (const Descr& d : descrs)
    if (d.dtype == type.dtype)
      return std::string("{'descr': '") + (op::dtype_bytes(d.dtype) > 1 ? "<" : "|") + d.code +
             "', 'fortran_order': False, 'shape': (" + shape + "), }";
  throw NpyError(std::string("element type ") + op::dtype_name(type.dtype) +
                 " is not supported; supported are " + supported());
}
}  // namespace serialize
}  // namespace torch
