// What Weft did behind the training.
#pragma once
#include <string>

/// Makes the folder and has the IR of every phase written there. Before anything is recorded.
/// Throws std::runtime_error if it cannot.
void dump_ir_to(const std::string& folder);

/// What was compiled, how long that took, what memory was used, where the IR is.
void print_summary(const std::string& dump_folder);
