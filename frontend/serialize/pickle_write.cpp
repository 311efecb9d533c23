#include <cstring>
#include <unordered_map>

#include "frontend/serialize/pickle.h"

namespace torch {
namespace serialize {
namespace {
constexpr int deepest = 500;

// Protocol 2, in the operations that libtorch reads.
class Pickler {
 public:
  explicit Pickler(const StoreMemory& store) : store_(store) {}
  std::string run(const Value& value) {
    out_ = "\x80\x02";
    write(value);
    out_ += '.';
    return std::move(out_);
  }

 private:
  template <class T> void raw(T v) { out_.append(reinterpret_cast<const char*>(&v), sizeof v); }
  void write(const Value& value) {
    if (++depth_ > deepest) throw PickleError("values are nested too deeply");
    std::visit([this](const auto& v) { put(v); }, value.value);
    --depth_;
  }
  void put(std::monostate) { out_ += 'N'; }
  void put(bool v) { out_ += v ? '\x88' : '\x89'; }
  void put(int64_t v) {
    if (v >= 0 && v < 256) {
      out_ += 'K';
      raw(static_cast<uint8_t>(v));
    } else if (v >= INT32_MIN && v <= INT32_MAX) {
      out_ += 'J';
      raw(static_cast<int32_t>(v));
    } else {
      out_ += "\x8a\x08";
      raw(v);
    }
  }
  void put(double v) {
    uint64_t bits;
    std::memcpy(&bits, &v, sizeof v);
    out_ += 'G';
    raw(__builtin_bswap64(bits));
  }
  void put(const std::string& v) {
    if (v.size() > UINT32_MAX) throw PickleError("a text is too long");
    out_ += 'X';
    raw(static_cast<uint32_t>(v.size()));
    out_ += v;
  }
  void put(const std::shared_ptr<Global>& v) { global(v->module, v->name); }
  void global(const std::string& module, const std::string& name) {
    out_ += 'c' + module + '\n' + name + '\n';
  }
  // What libtorch knows by functions of their own, else with the type's name.
  void put(const std::shared_ptr<List>& v) {
    const std::string& type = v->type;
    const bool special = type == "int" || type == "float" || type == "bool" || type == "Tensor";
    if (special) {
      const char* name = type == "float" ? "double" : type == "Tensor" ? "tensor" : type.c_str();
      global("torch.jit._pickle", std::string("build_") + name + "list");
      out_ += '(';
    } else if (!type.empty()) {
      global("torch.jit._pickle", "restore_type_tag");
    }
    out_ += ']';
    out_ += '(';
    for (const Value& element : v->values) write(element);
    out_ += 'e';
    if (special) out_ += "tR";
    else if (!type.empty()) tag("List[" + type + "]");
  }
  void tag(const std::string& type) {
    put(type);
    out_ += "\x86R";
  }
  void put(const std::shared_ptr<Tuple>& v) {
    out_ += '(';
    for (const Value& element : v->values) write(element);
    out_ += 't';
  }
  void pairs(const Pairs& all) {
    out_ += '}';
    out_ += '(';
    for (const auto& [key, value] : all) {
      write(key);
      write(value);
    }
    out_ += 'u';
  }
  void put(const std::shared_ptr<Dict>& v) {
    if (!v->type.empty()) global("torch.jit._pickle", "restore_type_tag");
    pairs(v->pairs);
    if (!v->type.empty()) tag(v->type);
  }
  void put(const std::shared_ptr<Object>& v) {
    global(v->type.module, v->type.name);
    out_ += ")\x81";
    pairs(v->fields);
    out_ += 'b';
  }
  // Memory that several tensors share is remembered: libtorch reads it once then.
  void put(const std::shared_ptr<StoredMemory>& v) {
    const auto [known, fresh] = memo_.emplace(v->key, static_cast<uint32_t>(memo_.size()));
    if (!fresh) {
      out_ += 'j';
      return raw(known->second);
    }
    out_ += '(';
    put(std::string("storage"));
    global("torch", storage_name(v->dtype));
    put(v->key);
    put(v->device);
    put(v->numel);
    out_ += "tQr";
    raw(known->second);
  }
  void integers(IntArrayRef values) {
    out_ += '(';
    for (int64_t v : values) put(v);
    out_ += 't';
  }
  void put(const Tensor& v) {
    if (!v.defined()) return put(std::monostate());
    global("torch._utils", "_rebuild_tensor_v2");
    out_ += '(';
    put(std::make_shared<StoredMemory>(store_(v)));
    put(v.storage_offset());
    integers(v.sizes());
    integers(v.strides());
    put(v.requires_grad());
    global("collections", "OrderedDict");
    out_ += ")RtR";
  }

  const StoreMemory& store_;
  std::string out_;
  std::unordered_map<std::string, uint32_t> memo_;
  int depth_ = 0;
};
}  // namespace

std::string write_pickle(const Value& value, const StoreMemory& store) {
  return Pickler(store).run(value);
}
}  // namespace serialize
}  // namespace torch
