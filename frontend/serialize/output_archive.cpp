#include <algorithm>
#include <ostream>
#include <system_error>

#include "frontend/record/read.h"
#include "frontend/record/scope.h"
#include "frontend/serialize/archive.h"
#include "frontend/serialize/atomic_file.h"
#include "frontend/serialize/script_inside.h"
#include "frontend/serialize/zip.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace serialize {
namespace {

// The zip being written: the tensors' memory first, a record each.
class Package {
 public:
  Package(std::string name, Location where) : name_(std::move(name)), where_(where) {}

  const std::string& write(const Tree& tree) {
    const Script script = to_script(tree);
    const std::string pickle =
        write_pickle(script.root, [this](const Tensor& t) { return store(t); });
    add("data.pkl", pickle);
    for (const auto& [file, code] : script.code) add("code/" + file, code);
    add("constants.pkl", std::string("\x80\x02)."));
    add("version", "3\n");
    add("byteorder", "little");
    return zip_.finish();
  }

 private:
  void add(const std::string& entry, const std::string& text) {
    zip_.add(name_ + "/" + entry, text);
  }
  StoredMemory store(const Tensor& t) {
    const record::Storage* storage = record::impl(t)->storage.get();
    const int64_t numel = storage->base.numel();
    const auto [found, fresh] = keys_.emplace(storage, std::to_string(keys_.size()));
    const StoredMemory memory{t.scalar_type(), found->second, numel, t.device().str()};
    if (fresh) {
      const Tensor all = torch::as_strided(t.detach(), {numel}, {1}, 0);
      const record::Values bytes(all, "saving a tensor", where_);
      zip_.add(name_ + "/data/" + memory.key, bytes.data(), all.nbytes());
    }
    return memory;
  }

  const std::string name_;
  const Location where_;
  ZipWriter zip_;
  std::map<const record::Storage*, std::string> keys_;
};

// "model" of "folder/model.pt": what libtorch calls the archive in the file.
std::string stem(const std::string& filename) {
  const size_t slash = filename.rfind('/');
  std::string name = slash == std::string::npos ? filename : filename.substr(slash + 1);
  const size_t dot = name.rfind('.');
  if (dot != std::string::npos) name.resize(dot);
  return name.empty() ? "archive" : name;
}

// Whatever goes wrong is an error at the user's line.
template <class F> void guarded(Location where, F&& f) {
  record::Call call(where);
  try {
    NoGradGuard no_grad;
    f();
  } catch (const c10::Error&) {
    throw;
  } catch (const std::exception& e) {
    TORCH_CHECK(false, "torch::save: ", e.what());
  }
}
void collect(const Tree& tree, std::vector<Tensor>& into) {
  for (const Tree::Entry& entry : tree.entries) {
    if (entry.nested) collect(*entry.nested, into);
    if (const Tensor* t = entry.value.get<Tensor>()) into.push_back(*t);
  }
}
// One evaluation for all tensors.
void evaluate(const Tree& tree, Location where) {
  std::vector<Tensor> tensors;
  collect(tree, tensors);
  torch::eval(TensorListIn(tensors, where));
}
}  // namespace

OutputArchive::OutputArchive() : tree_(std::make_shared<Tree>()) {}
OutputArchive::OutputArchive(OutputArchive&&) noexcept = default;
OutputArchive& OutputArchive::operator=(OutputArchive&&) noexcept = default;
OutputArchive::~OutputArchive() = default;

void OutputArchive::write(const std::string& key, const Tensor& tensor, bool is_buffer) {
  TORCH_CHECK(tensor.defined(), "cannot save an undefined tensor (as '", key, "')");
  tree_->put({key, is_buffer ? Tree::buffer : Tree::parameter, {tensor}, nullptr});
}
void OutputArchive::write(const std::string& key, OutputArchive& nested_archive) {
  tree_->put({key, Tree::submodule, {}, nested_archive.tree_});
}
void OutputArchive::put(const std::string& key, const Value& value) {
  tree_->put({key, Tree::attribute, value, nullptr});
}

void OutputArchive::save_to(const std::string& filename, Location where) {
  guarded(where, [&] {
    evaluate(*tree_, where);
    Package package(stem(filename), where);
    const std::string& bytes = package.write(*tree_);
    write_atomically(filename,
                     [&](std::FILE* file) { serialize::put(file, bytes.data(), bytes.size()); });
  });
}
void OutputArchive::save_to(std::ostream& stream, Location where) {
  save_to(
      [&](const void* data, size_t bytes) -> size_t {
        stream.write(static_cast<const char*>(data), static_cast<std::streamsize>(bytes));
        return stream ? bytes : 0;
      },
      where);
}
void OutputArchive::save_to(const Writer& func, Location where) {
  guarded(where, [&] {
    evaluate(*tree_, where);
    Package package("archive", where);
    const std::string& bytes = package.write(*tree_);
    TORCH_CHECK(func(bytes.data(), bytes.size()) == bytes.size(),
                "torch::save: the writer took fewer bytes than it was given");
  });
}
}  // namespace serialize

serialize::OutputArchive& operator<<(serialize::OutputArchive& archive, const Tensor& tensor) {
  archive.write("0", tensor);
  return archive;
}
}  // namespace torch
