// What emulated threads and their scheduler (fibers.cpp) share. Also the start of the prelude of
// emulated kernels, so it includes nothing.
struct weft_block_state;

// A CUDA thread. The one that runs on a stack is named at the stack's top.
struct weft_thread_state {
  unsigned index, lane;
  weft_block_state* block;
  struct weft_warp_state* warp;
  // It goes on when this count has come so far (null: now).
  const unsigned long long* awaited;
  unsigned long long target;
  unsigned long long barriers, exchanges;  // that it came to
  void* stack_pointer;
  bool started, done;
  // Copies to shared memory that are under way: [first, last) of the ring; groups end at `ends`.
  struct Copy {
    unsigned to, bytes;
    const void* from;
    bool ends_group;
  };
  enum { kCopies = 128 };
  unsigned first_copy, last_copy, groups;
  Copy* copies;
};

// What lanes hand each other: two tables, since a lane may be one exchange ahead.
struct weft_warp_state {
  unsigned arrived;
  int line;
  unsigned long long completed;
  alignas(16) unsigned char slots[2][32][32];
};

struct weft_block_state {
  long long index, blocks;
  unsigned threads, arrived;
  int line;                     // of the barrier that some wait at
  unsigned long long barriers;  // that all have passed
  unsigned char* shared;
  unsigned long long shared_bytes;
  bool copies_at_once;  // else as late as may be
  // Runs others until `awaited` has come to `target`.
  void (*wait)(weft_thread_state*, const unsigned long long* awaited, unsigned long long target);
  void (*fail)(weft_thread_state*, const char* what, int line);  // does not return
};

enum : unsigned long long { weft_stack_bytes = 1 << 18 };
inline weft_thread_state*& weft_thread_on_stack(unsigned long long address_in_stack) {
  return *(weft_thread_state**)((address_in_stack | (weft_stack_bytes - 1)) + 1 - 16);
}
