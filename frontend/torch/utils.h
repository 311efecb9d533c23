/// Settings of the process.
#pragma once

namespace torch {
/// How many threads compute, the calling one among them.
inline void init_num_threads() {}
void set_num_threads(int threads);
int get_num_threads();
/// Accepted for libtorch's sake: one pool runs everything.
void set_num_interop_threads(int threads);
int get_num_interop_threads();
}  // namespace torch
