/// The phases loops and llvm as passes: to look at code, and to replay what codegen/compile wrote as a reproducer.
#pragma once

/// Makes --loops and --lower-to-llvm known.
void register_codegen_passes();
