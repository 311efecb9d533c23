#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <istream>
#include <map>

#include "frontend/autograd/grad_mode.h"
#include "frontend/record/eval.h"
#include "frontend/record/scope.h"
#include "frontend/record/tensor_impl.h"
#include "frontend/serialize/archive.h"
#include "frontend/serialize/pickle.h"
#include "frontend/serialize/zip.h"
#include "runtime/cuda/device.h"

namespace torch {
namespace serialize {

/// Tensors that were read into, with what they had before.
struct Loaded {
  std::vector<std::pair<Tensor, Tensor>> before;
  bool keeps = false;
};

namespace {
// The zip being read.
class Package {
 public:
  Package(ReadAt read, uint64_t size, optional<Device> device)
      : zip_(std::move(read), size), bytes_(size), device_(device) {
    for (const std::string& name : zip_.names()) {
      const size_t slash = name.find('/');
      if (slash != std::string::npos && name.compare(slash, std::string::npos, "/data.pkl") == 0)
        root_ = name.substr(0, slash + 1);
    }
    TORCH_CHECK(!root_.empty(), "not an archive of tensors: it has no data.pkl");
    if (zip_.contains(root_ + "byteorder"))
      TORCH_CHECK(zip_.read(root_ + "byteorder") == "little",
                  "the archive's tensors have their bytes in another order");
  }
  std::shared_ptr<const Value> root() {
    const std::string name = root_ + "data.pkl";
    TORCH_CHECK(zip_.size(name) <= bytes_, "the archive's data.pkl is larger than the archive");
    return read_pickle(zip_.read(name), [this](const StoredMemory& m) { return memory(m); });
  }

 private:
  Tensor memory(const StoredMemory& m) {
    Tensor& t = memories_[m.key];
    if (!t.defined()) t = load(m);
    TORCH_CHECK(t.scalar_type() == m.dtype && t.numel() == m.numel,
                "the archive names the memory '", m.key, "' in two ways");
    return t;
  }
  Tensor load(const StoredMemory& m) {
    const std::string name = root_ + "data/" + m.key;
    const uint64_t size = zip_.size(name), element = c10::elementSize(m.dtype);
    // Compared with what is there before anything is allocated.
    TORCH_CHECK(size <= bytes_ && static_cast<uint64_t>(m.numel) == size / element &&
                    size % element == 0,
                "the record '", name, "' has ", size, " bytes, ", m.numel, " elements of ",
                element, " were expected");
    const op::Type type(m.dtype, op::Dims{m.numel});
    runtime::BufferRef buffer = record::new_memory(type, Location::none());
    zip_.read(name, buffer->data());
    if (m.dtype == kBool) {  // a bool of ours is 0 or 1
      char* values = static_cast<char*>(buffer->data());
      for (uint64_t i = 0; i < size; ++i) values[i] = values[i] != 0;
    }
    Tensor t = record::make_tensor(record::data(type, std::move(buffer)));
    if (device_) return t.to(*device_, m.dtype);
    const Device device = device_of(m);
    return device.is_cpu() ? record::where_asked(t) : t.to(device, m.dtype);
  }
  // Where it was.
  static Device device_of(const StoredMemory& m) {
    const Device device(m.device);
    if (device.is_cpu()) return device;
    TORCH_CHECK(device.is_cuda(), "supported devices include CPU and CUDA, however got ", m.device,
                kWayOut);
    const int count = runtime::cuda::device_count();
    TORCH_CHECK(count > 0,
                "Attempting to deserialize object on a CUDA device but torch::cuda::is_available() "
                "is false: ",
                runtime::cuda::absence(), kWayOut);
    TORCH_CHECK(device.index() < count, "Attempting to deserialize object on CUDA device ",
                static_cast<int>(device.index()), " but torch::cuda::device_count() is ", count,
                kWayOut);
    return device;
  }
  static constexpr const char* kWayOut =
      ". Give torch::load the device to map the tensors to, as in torch::load(x, file, torch::kCPU)";

  ZipReader zip_;
  uint64_t bytes_;
  optional<Device> device_;
  std::string root_;
  std::map<std::string, Tensor> memories_;
};

// The fields of a module; or the items of a dict, as Python's torch.save writes a state.
const Pairs* fields_of(const Value& value) {
  if (const Object* object = value.get<Object>()) return &object->fields;
  if (const Dict* dict = value.get<Dict>()) return &dict->pairs;
  return nullptr;
}

template <class F> auto guarded(Location where, F&& f) {
  record::Call call(where);
  try {
    NoGradGuard no_grad;
    return f();
  } catch (const c10::Error&) {
    throw;
  } catch (const std::exception& e) {
    TORCH_CHECK(false, "torch::load: ", e.what());
    throw;
  }
}
}  // namespace

InputArchive::InputArchive() : loaded_(std::make_shared<Loaded>()) {}
InputArchive::InputArchive(InputArchive&&) noexcept = default;
InputArchive& InputArchive::operator=(InputArchive&&) noexcept = default;
InputArchive::~InputArchive() = default;

void InputArchive::load_from(const Reader& read_func, const std::function<size_t()>& size_func,
                             optional<Device> device, Location where) {
  node_ = guarded(where, [&] {
    Package package(read_func, size_func(), device);
    auto root = package.root();
    TORCH_CHECK(serialize::fields_of(*root), "the archive holds no module and no dict");
    return root;
  });
  loaded_ = std::make_shared<Loaded>();
  prefix_.clear();
}
void InputArchive::load_from(const char* data, size_t size, optional<Device> device,
                             Location where) {
  load_from(
      [=](uint64_t position, void* to, size_t bytes) -> size_t {
        if (position >= size) return 0;
        const size_t got = std::min<size_t>(bytes, size - position);
        std::memcpy(to, data + position, got);
        return got;
      },
      [=] { return size; }, device, where);
}
void InputArchive::load_from(const std::string& filename, optional<Device> device,
                             Location where) {
  record::Call call(where);
  struct Close {
    void operator()(std::FILE* f) const { std::fclose(f); }
  };
  std::unique_ptr<std::FILE, Close> file(std::fopen(filename.c_str(), "rb"));
  TORCH_CHECK(file, "open file failed because of errno ", errno, " on fopen: ",
              std::strerror(errno), ", file path: ", filename);
  TORCH_CHECK(std::fseek(file.get(), 0, SEEK_END) == 0, "cannot read ", filename,
              ": not a regular file");
  const long size = std::ftell(file.get());
  TORCH_CHECK(size >= 0 && size < INT64_MAX, "cannot read ", filename, ": not a regular file");
  load_from(
      [&](uint64_t position, void* to, size_t bytes) -> size_t {
        if (std::fseek(file.get(), static_cast<long>(position), SEEK_SET) != 0) return 0;
        return std::fread(to, 1, bytes, file.get());
      },
      [&] { return static_cast<size_t>(size); }, device, where);
}
void InputArchive::load_from(std::istream& stream, optional<Device> device, Location where) {
  const std::istream::pos_type start = stream.tellg();
  stream.seekg(0, std::ios::end);
  const std::istream::pos_type end = stream.tellg();
  record::Call call(where);
  TORCH_CHECK(stream && start != std::istream::pos_type(-1), "cannot read the stream");
  load_from(
      [&](uint64_t position, void* to, size_t bytes) -> size_t {
        stream.seekg(start + static_cast<std::streamoff>(position));
        stream.read(static_cast<char*>(to), static_cast<std::streamsize>(bytes));
        const size_t got = static_cast<size_t>(stream.gcount());
        stream.clear();
        return got;
      },
      [&] { return static_cast<size_t>(end - start); }, device, where);
}

const Value* InputArchive::find(const std::string& key) const {
  const Pairs* fields = node_ ? serialize::fields_of(*node_) : nullptr;
  if (!fields) return nullptr;
  for (const auto& [name, value] : *fields)
    if (name.get<std::string>() && *name.get<std::string>() == key) return &value;
  return nullptr;
}
std::vector<std::string> InputArchive::keys() {
  std::vector<std::string> all;
  const Pairs* fields = node_ ? serialize::fields_of(*node_) : nullptr;
  if (fields)
    for (const auto& [name, value] : *fields)
      if (name.get<std::string>()) all.push_back(*name.get<std::string>());
  return all;
}
std::string InputArchive::full_name(const std::string& key) const {
  return prefix_.empty() ? key : prefix_ + "." + key;
}

bool InputArchive::try_read(const std::string& key, Tensor& tensor, bool) {
  const Value* value = find(key);
  const Tensor* stored = value ? value->get<Tensor>() : nullptr;
  if (!stored) return false;
  if (!tensor.defined()) {
    tensor = *stored;
    return true;
  }
  NoGradGuard no_grad;
  if (loaded_->keeps) loaded_->before.emplace_back(tensor, tensor.data());
  tensor.set_data(stored->data());
  return true;
}
void InputArchive::read(const std::string& key, Tensor& tensor, bool is_buffer) {
  TORCH_CHECK(try_read(key, tensor, is_buffer), "No such serialized tensor '", full_name(key),
              "'");
}
bool InputArchive::try_read(const std::string& key, InputArchive& archive) {
  const Value* value = find(key);
  if (!value || !serialize::fields_of(*value)) return false;
  archive.node_ = std::shared_ptr<const Value>(node_, value);
  archive.loaded_ = loaded_;
  archive.prefix_ = full_name(key);
  return true;
}
void InputArchive::read(const std::string& key, InputArchive& archive) {
  TORCH_CHECK(try_read(key, archive), "No such serialized submodule: '", full_name(key), "'");
}

void InputArchive::all_or_nothing(const std::function<void()>& load) {
  if (loaded_->keeps) return load();
  loaded_->keeps = true;
  try {
    load();
  } catch (...) {
    auto& before = loaded_->before;
    for (auto item = before.rbegin(); item != before.rend(); ++item)
      item->first.set_data(item->second);
    before.clear();
    loaded_->keeps = false;
    throw;
  }
  loaded_->before.clear();
  loaded_->keeps = false;
}
}  // namespace serialize

serialize::InputArchive& operator>>(serialize::InputArchive& archive, Tensor& tensor) {
  archive.read("0", tensor);
  return archive;
}
}  // namespace torch
