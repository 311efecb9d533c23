#include <cstring>
#include <unordered_map>

#include "frontend/serialize/pickle.h"
#include "frontend/tensor/functions.h"

namespace torch {
namespace serialize {
namespace {
constexpr std::pair<ScalarType, const char*> storages[] = {
    {kFloat, "Float"}, {kDouble, "Double"}, {kHalf, "Half"}, {kBFloat16, "BFloat16"},
    {kLong, "Long"},   {kInt, "Int"},       {kShort, "Short"}, {kChar, "Char"},
    {kByte, "Byte"},   {kBool, "Bool"}};

// Whatever was made, and what came out. Lists may hold each other to any depth, or themselves, so
// they are let go one by one.
struct Held {
  Values made;
  Value root;
  ~Held() {
    for (Value& v : made) std::visit([](auto& held) { empty(held); }, v.value);
  }
  static void empty(std::shared_ptr<List>& v) { Values().swap(v->values); }
  static void empty(std::shared_ptr<Tuple>& v) { Values().swap(v->values); }
  static void empty(std::shared_ptr<Dict>& v) { Pairs().swap(v->pairs); }
  static void empty(std::shared_ptr<Object>& v) { Pairs().swap(v->fields); }
  template <class Other> static void empty(Other&) {}
};

// The machine that a pickle is a program for.
class Unpickler {
 public:
  Unpickler(const std::string& bytes, const LoadMemory& load, Values& made)
      : bytes_(bytes), load_(load), made_(made) {}

  Value run() {
    for (;;) {
      const unsigned char op = byte();
      if (op == '.') return pop();
      step(op);
    }
  }

 private:
  [[noreturn]] void wrong(const std::string& what) const {
    throw PickleError("the pickle is damaged at byte " + std::to_string(at_) + ": " + what);
  }
  const char* take(uint64_t count) {
    if (count > bytes_.size() - at_) wrong("it ends within an operation");
    const char* from = bytes_.data() + at_;
    at_ += count;
    return from;
  }
  unsigned char byte() { return static_cast<unsigned char>(*take(1)); }
  uint64_t number(int count) {
    const char* from = take(static_cast<uint64_t>(count));
    uint64_t v = 0;
    std::memcpy(&v, from, static_cast<size_t>(count));
    return v;
  }
  std::string text(uint64_t count) { return std::string(take(count), count); }
  std::string line() {
    const size_t end = bytes_.find('\n', at_);
    if (end == std::string::npos) wrong("a name without end");
    std::string s = bytes_.substr(at_, end - at_);
    at_ = end + 1;
    return s;
  }

  // A few operations that copy lists of lists would make a small pickle a large memory. What
  // PyTorch writes copies nothing but a list or a dict, once, that it gives a type.
  void copies(size_t values) {
    copied_ += values;
    if (copied_ > 4 * bytes_.size()) wrong("it copies more values than it has");
  }
  template <class T> Value shared(T&& v) {
    made_.push_back({std::make_shared<std::decay_t<T>>(std::forward<T>(v))});
    return made_.back();
  }
  void push(Value v) { stack_.push_back(std::move(v)); }
  template <class T> void push_plain(T v) { push(Value{std::move(v)}); }
  Value pop() {
    if (stack_.size() <= (marks_.empty() ? 0 : marks_.back())) wrong("the stack is empty");
    Value v = std::move(stack_.back());
    stack_.pop_back();
    return v;
  }
  Value& top() {
    if (stack_.size() <= (marks_.empty() ? 0 : marks_.back())) wrong("the stack is empty");
    return stack_.back();
  }
  Values pop_mark() {
    if (marks_.empty()) wrong("no mark");
    const auto from = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
    Values values(std::make_move_iterator(from), std::make_move_iterator(stack_.end()));
    stack_.erase(from, stack_.end());
    marks_.pop_back();
    return values;
  }
  Values pop_count(size_t count) {
    Values values(count);
    for (size_t i = count; i-- > 0;) values[i] = pop();
    return values;
  }
  template <class T> T& top_as(const char* what) {
    auto* found = std::get_if<std::shared_ptr<T>>(&top().value);
    if (!found) wrong(std::string("expected ") + what);
    return **found;
  }

  void step(unsigned char op) {
    switch (op) {
      case 0x80: byte(); return;                // PROTO
      case 0x95: number(8); return;             // FRAME
      case '(': marks_.push_back(stack_.size()); return;
      case '0': pop(); return;
      case '1': pop_mark(); return;
      case '2': push(top()); return;
      case 'N': push({}); return;
      case 0x88: push_plain(true); return;
      case 0x89: push_plain(false); return;
      case 'K': push_plain(static_cast<int64_t>(number(1))); return;
      case 'M': push_plain(static_cast<int64_t>(number(2))); return;
      case 'J': push_plain(static_cast<int64_t>(static_cast<int32_t>(number(4)))); return;
      case 0x8a: push_plain(long_integer()); return;
      case 'G': push_plain(floating()); return;
      case 'X': push_plain(text(number(4))); return;
      case 'T': push_plain(text(number(4))); return;
      case 'U':
      case 0x8c: push_plain(text(number(1))); return;
      case 0x8d: push_plain(text(number(8))); return;
      case 'q': memo_[number(1)] = top(); return;
      case 'r': memo_[number(4)] = top(); return;
      case 0x94: memo_[memo_.size()] = top(); return;
      case 'h': recall(number(1)); return;
      case 'j': recall(number(4)); return;
      default: collect(op);
    }
  }
  void collect(unsigned char op) {
    switch (op) {
      case ')': push(shared(Tuple())); return;
      case 't': push(shared(Tuple{pop_mark()})); return;
      case 0x85:
      case 0x86:
      case 0x87: push(shared(Tuple{pop_count(op - 0x84u)})); return;
      case ']': push(shared(List())); return;
      case 'l': push(shared(List{"", pop_mark()})); return;
      case 'a': {
        Value last = pop();
        top_as<List>("a list").values.push_back(std::move(last));
        return;
      }
      case 'e': {
        Values values = pop_mark();
        List& list = top_as<List>("a list");
        for (Value& v : values) list.values.push_back(std::move(v));
        return;
      }
      case '}': push(shared(Dict())); return;
      case 'd': push(shared(Dict())); return set_items(pop_mark());
      case 's': return set_items(pop_count(2));
      case 'u': return set_items(pop_mark());
      default: make(op);
    }
  }
  void make(unsigned char op) {
    switch (op) {
      case 'c': {
        std::string module = line();
        push(shared(Global{std::move(module), line()}));
        return;
      }
      case 0x93: {
        const Values names = pop_count(2);
        const std::string *module = names[0].get<std::string>(), *name = names[1].get<std::string>();
        if (!module || !name) wrong("a class's name is no text");
        push(shared(Global{*module, *name}));
        return;
      }
      case 'Q': push(memory(pop())); return;
      case 'R': return reduce();
      case 0x81: {  // NEWOBJ: the arguments of the class are of no interest
        pop();
        const Value type = pop();
        if (!type.get<Global>()) wrong("expected a class");
        push(shared(Object{*type.get<Global>(), {}}));
        return;
      }
      case 'b': return build();
      default: wrong("operation " + std::to_string(op) + " is none of those that tensors need");
    }
  }

  int64_t long_integer() {
    const uint64_t count = number(1);
    const std::string digits = text(count);
    if (count > 8) wrong("an integer beyond 64 bits");
    uint64_t v = count && (digits.back() & 0x80) ? ~uint64_t(0) : 0;
    std::memcpy(&v, digits.data(), count);
    return static_cast<int64_t>(v);
  }
  double floating() {  // the highest byte first
    const uint64_t swapped = __builtin_bswap64(number(8));
    double v;
    std::memcpy(&v, &swapped, sizeof v);
    return v;
  }
  void recall(uint64_t index) {
    const auto found = memo_.find(index);
    if (found == memo_.end()) wrong("nothing was remembered as " + std::to_string(index));
    push(found->second);
  }
  void set_items(Values values) {
    if (values.size() % 2) wrong("a key without a value");
    Dict& dict = top_as<Dict>("a dict");
    for (size_t i = 0; i < values.size(); i += 2)
      dict.pairs.emplace_back(std::move(values[i]), std::move(values[i + 1]));
  }
  void build() {
    const Value state = pop();
    const Dict* fields = state.get<Dict>();
    auto* object = std::get_if<std::shared_ptr<Object>>(&top().value);
    if (!object) return;  // attributes of a dict or a tensor
    if (!fields) wrong("the state of an object is no dict");
    copies(fields->pairs.size());
    (*object)->fields = fields->pairs;
  }
  // ("storage", class, key, device, numel)
  Value memory(const Value& id) {
    const Tuple* parts = id.get<Tuple>();
    if (!parts || parts->values.size() < 5) wrong("expected the name of a storage");
    const Values& v = parts->values;
    const Global* type = v[1].get<Global>();
    const std::string* key = v[2].get<std::string>();
    const std::string* device = v[3].get<std::string>();
    const int64_t* numel = v[4].get<int64_t>();
    if (!type || !key || !device || !numel || *numel < 0) wrong("expected the name of a storage");
    for (const auto& [dtype, name] : storages)
      if (type->name == std::string(name) + "Storage")
        return shared(StoredMemory{dtype, *key, *numel, *device});
    wrong("tensors of " + type->module + "." + type->name + " are not supported");
  }

  // What a function of PyTorch's makes of its arguments.
  void reduce() {
    const Value arguments = pop(), function = pop();
    const Global* name = function.get<Global>();
    const Tuple* given = arguments.get<Tuple>();
    if (!name || !given) wrong("expected a function and its arguments");
    const Values& v = given->values;
    const std::string all = name->module + "." + name->name;
    const std::string lists = "torch.jit._pickle.build_";
    if (all == "torch._utils._rebuild_tensor_v2") return push(tensor(v));
    if (all == "torch._utils._rebuild_parameter" && !v.empty()) return push(v[0]);
    if (all == "collections.OrderedDict") return push(ordered_dict(v));
    if (all == "torch.jit._pickle.restore_type_tag" && v.size() == 2) return push(tagged(v));
    if (all == "torch.Size" && v.size() == 1) return push(v[0]);
    if (all == "torch.device" || all == "torch.serialization._get_layout") return push({});
    if (all.compare(0, lists.size(), lists) == 0 && v.size() == 1 && v[0].get<List>()) {
      const std::string type = name->name.substr(6, name->name.size() - 6 - 4);
      const std::string element = type == "tensor" ? "Tensor" : type == "double" ? "float" : type;
      copies(v[0].get<List>()->values.size());
      return push(shared(List{element, v[0].get<List>()->values}));
    }
    wrong(all + " is none of the functions that tensors need");
  }
  Value tagged(const Values& v) {
    const std::string* type = v[1].get<std::string>();
    if (type && v[0].get<Dict>()) copies(v[0].get<Dict>()->pairs.size());
    if (type && v[0].get<List>()) copies(v[0].get<List>()->values.size());
    if (type && v[0].get<Dict>()) return shared(Dict{*type, v[0].get<Dict>()->pairs});
    if (type && v[0].get<List>() && type->size() > 6)
      return shared(List{type->substr(5, type->size() - 6), v[0].get<List>()->values});
    return v[0];
  }
  // Of nothing, or of a list of pairs.
  Value ordered_dict(const Values& v) {
    Dict dict;
    if (!v.empty() && v[0].get<List>()) copies(v[0].get<List>()->values.size());
    if (!v.empty() && v[0].get<List>())
      for (const Value& item : v[0].get<List>()->values) {
        const Values* pair = item.get<Tuple>()  ? &item.get<Tuple>()->values
                             : item.get<List>() ? &item.get<List>()->values
                                                : nullptr;
        if (!pair || pair->size() != 2) wrong("a dict is not made of pairs");
        dict.pairs.emplace_back((*pair)[0], (*pair)[1]);
      }
    return shared(std::move(dict));
  }
  std::vector<int64_t> integers(const Value& v) const {
    const Tuple* tuple = v.get<Tuple>();
    std::vector<int64_t> result;
    if (!tuple) wrong("expected sizes");
    for (const Value& element : tuple->values) {
      if (!element.get<int64_t>()) wrong("a size is no integer");
      result.push_back(*element.get<int64_t>());
    }
    return result;
  }
  // (storage, offset, sizes, strides, requires_grad, hooks)
  Value tensor(const Values& v) {
    if (v.size() < 5) wrong("a tensor of too few parts");
    const StoredMemory* memory = v[0].get<StoredMemory>();
    const int64_t* offset = v[1].get<int64_t>();
    if (!memory || !offset) wrong("a tensor without memory");
    const bool* gradient = v[4].get<bool>();
    Tensor t = view_of_memory(load_(*memory), integers(v[2]), integers(v[3]), *offset);
    if (gradient && *gradient && t.is_floating_point()) t.requires_grad_();
    return {t};
  }

  const std::string& bytes_;
  const LoadMemory& load_;
  Values& made_;
  size_t at_ = 0, copied_ = 0;
  Values stack_;
  std::vector<size_t> marks_;
  std::unordered_map<uint64_t, Value> memo_;
};
}  // namespace

std::string storage_name(ScalarType dtype) {
  for (const auto& [type, name] : storages)
    if (type == dtype) return std::string(name) + "Storage";
  throw PickleError(std::string("tensors of ") + c10::toString(dtype) + " cannot be saved");
}

Tensor view_of_memory(const Tensor& memory, const std::vector<int64_t>& sizes,
                      const std::vector<int64_t>& strides, int64_t offset) {
  if (sizes.size() != strides.size()) throw PickleError("a tensor has sizes but other strides");
  bool empty = false, dense = offset == 0;
  int64_t last = offset, count = 1;
  for (size_t d = sizes.size(); d-- > 0;) {
    int64_t reach;
    if (sizes[d] < 0 || strides[d] < 0 ||
        __builtin_mul_overflow(sizes[d] ? sizes[d] - 1 : 0, strides[d], &reach) ||
        __builtin_add_overflow(last, reach, &last))
      throw PickleError("a tensor has sizes that cannot be");
    empty |= sizes[d] == 0;
    dense &= sizes[d] == 1 || strides[d] == count;
    if (__builtin_mul_overflow(count, sizes[d], &count))
      throw PickleError("a tensor has sizes that cannot be");
  }
  if (offset < 0 || (!empty && last >= memory.numel()))
    throw PickleError("a tensor reaches beyond its memory");
  if (dense && count == memory.numel()) return memory.view(sizes).detach();
  if (empty) return memory.slice(0, 0, 0).view(sizes).detach();
  return torch::as_strided(memory, sizes, strides, offset).detach();
}

std::shared_ptr<const Value> read_pickle(const std::string& bytes, const LoadMemory& load) {
  auto held = std::make_shared<Held>();
  held->root = Unpickler(bytes, load, held->made).run();
  return {held, &held->root};
}
}  // namespace serialize
}  // namespace torch
