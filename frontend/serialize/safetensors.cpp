#include "frontend/serialize/safetensors.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "frontend/record/eval.h"
#include "frontend/record/read.h"
#include "frontend/record/scope.h"
#include "frontend/record/tensor_impl.h"
#include "frontend/serialize/atomic_file.h"

namespace torch {
namespace {
using Json = nlohmann::ordered_json;

constexpr uint64_t longest_header = 100'000'000, alignment = 8;
constexpr std::pair<ScalarType, const char*> dtypes[] = {
    {kDouble, "F64"}, {kFloat, "F32"}, {kHalf, "F16"},  {kBFloat16, "BF16"}, {kLong, "I64"},
    {kInt, "I32"},    {kShort, "I16"}, {kChar, "I8"},   {kByte, "U8"},       {kBool, "BOOL"}};

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

void read(std::FILE* file, void* to, size_t bytes) {
  TORCH_CHECK(std::fread(to, 1, bytes, file) == bytes, "it cannot be read to its end");
}
uint64_t size_of(std::FILE* file) {
  TORCH_CHECK(std::fseek(file, 0, SEEK_END) == 0, "it is no regular file");
  const long size = std::ftell(file);
  TORCH_CHECK(size >= 0 && size < INT64_MAX, "it is no regular file");
  std::rewind(file);
  return static_cast<uint64_t>(size);
}

struct Entry {
  std::string name;
  op::Type type;
  uint64_t begin = 0, end = 0;
};
Json parse(const std::string& text) {
  std::set<std::string> names;
  const auto unique = [&](int depth, Json::parse_event_t event, Json& value) {
    TORCH_CHECK(depth < 8, "its header is nested too deeply");
    if (depth == 1 && event == Json::parse_event_t::key)
      TORCH_CHECK(names.insert(value.get<std::string>()).second, "its header has the name ",
                  value.dump(), " twice");
    return true;
  };
  const Json header = Json::parse(text, unique);
  TORCH_CHECK(header.is_object(), "its header is no JSON object");
  return header;
}
uint64_t natural(const Json& value, const std::string& of) {
  TORCH_CHECK(value.is_number_unsigned() && value.get<uint64_t>() <= INT64_MAX, "'", of,
              "' has a size or an offset that cannot be");
  return value.get<uint64_t>();
}
Entry to_entry(const std::string& name, const Json& value) {
  Entry entry;
  entry.name = name;
  TORCH_CHECK(value.is_object() && value.contains("dtype") && value["dtype"].is_string() &&
                  value.contains("shape") && value["shape"].is_array() &&
                  value.contains("data_offsets") && value["data_offsets"].is_array() &&
                  value["data_offsets"].size() == 2,
              "'", name, "' lacks one of dtype, shape and data_offsets");
  const std::string dtype = value["dtype"].get<std::string>();
  for (const auto& [type, code] : dtypes)
    if (dtype == code) entry.type.dtype = type;
  TORCH_CHECK(entry.type.dtype != ScalarType::Undefined, "'", name, "' is of the type ", dtype,
              ", which is not supported");
  for (const Json& size : value["shape"])
    entry.type.dims.push_back(static_cast<int64_t>(natural(size, name)));
  entry.begin = natural(value["data_offsets"][0], name);
  entry.end = natural(value["data_offsets"][1], name);
  int64_t numel;
  TORCH_CHECK(op::checked_numel(entry.type.dims, op::dtype_bytes(entry.type.dtype), numel) &&
                  entry.begin <= entry.end && entry.end - entry.begin == entry.type.bytes(),
              "'", name, "' has data_offsets that do not fit its shape");
  return entry;
}
// One after the other, from the first byte to the last.
void check_places(std::vector<Entry> entries, uint64_t bytes) {
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
  uint64_t at = 0;
  for (const Entry& entry : entries) {
    TORCH_CHECK(entry.begin == at, "'", entry.name, "' overlaps another tensor, or leaves a gap");
    at = entry.end;
  }
  TORCH_CHECK(at == bytes, "its tensors have ", at, " bytes, the file has ", bytes, " for them");
}

Safetensors read_file(std::FILE* file) {
  const uint64_t size = size_of(file);
  TORCH_CHECK(size >= 8, "it has ", size, " bytes");
  uint64_t length;
  read(file, &length, sizeof length);
  TORCH_CHECK(length <= size - 8 && length <= longest_header, "its header has ", length,
              " bytes, the file ", size);
  std::string text(length, 0);
  read(file, text.data(), length);
  Safetensors result;
  std::vector<Entry> entries;
  const Json header = parse(text);
  for (const auto& [name, value] : header.items()) {
    if (name != "__metadata__") {
      entries.push_back(to_entry(name, value));
      continue;
    }
    TORCH_CHECK(value.is_object(), "its metadata is no JSON object");
    for (const auto& [key, item] : value.items()) {
      TORCH_CHECK(item.is_string(), "its metadata '", key, "' is no text");
      result.metadata.emplace_back(key, item.get<std::string>());
    }
  }
  check_places(entries, size - 8 - length);
  for (const Entry& entry : entries) {
    runtime::BufferRef buffer = record::new_memory(entry.type, Location::none());
    TORCH_CHECK(std::fseek(file, static_cast<long>(8 + length + entry.begin), SEEK_SET) == 0,
                "it cannot be read");
    read(file, buffer->data(), entry.type.bytes());
    if (entry.type.dtype == kBool) {  // a bool of ours is 0 or 1
      char* values = static_cast<char*>(buffer->data());
      for (size_t i = 0; i < entry.type.bytes(); ++i) values[i] = values[i] != 0;
    }
    result.tensors.insert(entry.name,
                          record::make_tensor(record::data(entry.type, std::move(buffer))));
  }
  return result;
}

// Whatever goes wrong is an error at the user's line.
template <class F> auto guarded(const char* what, const std::string& filename, Location where, F&& f) {
  record::Call call(where);
  try {
    return f();
  } catch (const c10::Error& e) {
    throw c10::Error(c10::str(what, " ", filename, ": ", e.what_without_backtrace()),
                     record::located(where));
  } catch (const std::exception& e) {
    throw c10::Error(c10::str(what, " ", filename, ": ", e.what()), record::located(where));
  }
}

using Item = OrderedDict<std::string, Tensor>::Item;
const char* code_of(const Item& item) {
  TORCH_CHECK(item.value().defined(), "'", item.key(), "' is undefined");
  for (const auto& [type, code] : dtypes)
    if (type == item.value().scalar_type()) return code;
  TORCH_CHECK(false, "tensors of ", item.value().scalar_type(), " cannot be saved");
  return nullptr;
}
}  // namespace

Safetensors load_safetensors(const std::string& filename, Location where) {
  return guarded("load_safetensors", filename, where, [&] {
    File file(std::fopen(filename.c_str(), "rb"));
    TORCH_CHECK(file, "it cannot be opened: ", std::strerror(errno));
    return read_file(file.get());
  });
}

void save_safetensors(const OrderedDict<std::string, Tensor>& tensors, const std::string& filename,
                      const std::vector<std::pair<std::string, std::string>>& metadata,
                      Location where) {
  guarded("save_safetensors", filename, where, [&] {
    // The widest first, so that each lies at a multiple of its elements' size.
    std::vector<const Item*> order;
    for (const Item& item : tensors) order.push_back(&item);
    Json header = Json::object();
    for (const auto& [key, text] : metadata) header["__metadata__"][key] = text;
    for (const Item* item : order) code_of(*item);
    std::stable_sort(order.begin(), order.end(), [](const Item* a, const Item* b) {
      return a->value().element_size() > b->value().element_size();
    });
    uint64_t at = 0;
    for (const Item* item : order) {
      const Tensor& t = item->value();
      TORCH_CHECK(item->key() != "__metadata__", "a tensor cannot be named __metadata__");
      header[item->key()] = {{"dtype", code_of(*item)},
                             {"shape", t.sizes().vec()},
                             {"data_offsets", {at, at + t.nbytes()}}};
      at += t.nbytes();
    }
    torch::eval(TensorListIn(tensors.values(), where));
    std::string text = header.dump();
    text.resize((text.size() + alignment - 1) / alignment * alignment, ' ');
    serialize::write_atomically(filename, [&](std::FILE* file) {
      const uint64_t length = text.size();
      serialize::put(file, &length, sizeof length);
      serialize::put(file, text.data(), text.size());
      for (const Item* item : order) {
        const record::Values values(item->value(), "saving a tensor", where);
        serialize::put(file, values.data(), item->value().nbytes());
      }
    });
  });
}
}  // namespace torch
