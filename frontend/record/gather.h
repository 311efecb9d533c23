/// From values that are wanted to a graph: what is pending under them, in an order where operands
/// come first, with the key by which the graph is known again. Graph lock held throughout.
///
/// What weft.grad differentiates may be evaluated already. Its structure is then gathered as well,
/// and where its value is known `weft.cached(computed, known)` gives the pass the structure and the
/// code the value.
#pragma once
#include <vector>

#include "frontend/record/hash.h"
#include "frontend/record/node.h"

namespace torch {
namespace record {

/// Flags of a node in a gathering.
enum : uint32_t {
  kWanted = 1,      // asked for
  kDiscovered = 2,  // phase flags of the walks
  kHistory = 4,
  kWrt = 8,         // a gradient with respect to it is taken
  kReach = 16,      // ... or to something under it
  kStructure = 32,  // known, but gathered for its structure
  kNumbered = 64,
  kPut = 128,       // its op is in `items`
  kAlive = 256,     // its history can be reached after the evaluation (plan.h)
  kOutput = 512,
  kLeft = 1024,     // stays recorded although it is alive: cheap to derive from what is known then
  kLetsGo = 2048,   // of what it had saved: no gradient that is pending needs it
};

constexpr uint32_t kInput = 0x80000000u;  // a value number that counts inputs

/// A gathered op in the order of the graph.
struct Item {
  Node* node;
  bool pending;
};

/// A node of the graph as the key spells it: a head word, whose two low bits say which of these,
/// then what it is made of.
enum class Word : uint64_t {
  // signature id of a weft.constant: a literal; or zeros for a value that is gone and that nobody
  // reads
  constant = 0,
  op = 1,         // signature id; operands, two a word
  structure = 2,  // the same, of an op that was evaluated
  cached = 3,     // computed; known
};

struct Gathering {
  Home home = kHost;                   // where the graph runs
  std::vector<Item> items;
  struct Spelled {
    Node* node;               // null: a constant
    SignatureRef constant;
  };
  std::vector<Spelled> graph;          // of each head word what it stands for
  std::vector<Node*> inputs;
  std::vector<Node*> projections;      // pending results of items with several
  std::vector<uint32_t> numbers;       // value numbers: results of items, or inputs
  uint32_t num_results = 0;            // results of the graph's nodes so far
  std::vector<uint64_t> key;
  Hash128 hash;
  double cost = 0;
  bool has_grad = false;
  Node* failed = nullptr;              // `failed_under`, which was wanted, stands on it
  Node* failed_under = nullptr;
  std::vector<Node*> failed_between;   // the way from the one to the other, `failed_under` included
  Flight* busy = nullptr;              // something wanted is being evaluated by another thread

  void clear();
};

/// The value number of a gathered node.
inline uint32_t number_of(const Gathering& g, const Node* node) { return g.numbers[node->number]; }

class Gatherer {
 public:
  explicit Gatherer(Gathering& g, Home home = kHost);
  /// Makes the scratch fields of a node fresh when this gathering meets it first. A node in flight
  /// keeps those of its evaluation: then the gathering is busy, and false is returned.
  bool touch(Node* node) const {
    if (node->mark == stamp_) return true;
    if (node->flight) {
      g_.busy = node->flight;
      return false;
    }
    node->mark = stamp_;
    node->flags = node->number = node->internal = node->releasing = 0;
    return true;
  }
  /// Gathers what the wanted values stand on; false when something failed or is busy.
  bool add(const std::vector<Node*>& wanted);
  /// Whether something that `root` stands on, and is pending, was gathered.
  bool shares(Node* root);

 private:
  void find_histories(const std::vector<Node*>& wanted);
  void collect_history(Node* grad, std::vector<Node*>& order, std::vector<Node*>& grads);
  bool visit(Node* root);
  bool needs_walk(Node* node);
  void number_input(Node* node);
  void put_placement();
  void put(Node* node);
  void put_passing(Node* node);
  uint32_t put_constant(const op::Literal& value, const Type& type);
  uint32_t put_cached(Node* known, uint32_t computed);
  void put_projection(Node* node);
  void stand_by(Node* node);
  void number(Node* node, uint32_t value);
  void head(Node* node, Word what, uint64_t content) {
    g_.graph.push_back({node, {}});
    word(content << 2 | static_cast<uint64_t>(what));
  }
  void word(uint64_t w) {
    g_.key.push_back(w);
    g_.hash.add(w);
  }
  struct Frame {
    Node* node;
    uint32_t next;
  };
  Gathering& g_;
  uint64_t stamp_;
  std::vector<Frame> stack_;
  std::vector<uint32_t> operands_;
};
}  // namespace record
}  // namespace torch
