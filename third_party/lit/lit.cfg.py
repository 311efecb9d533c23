# lit's configuration, for every folder of tests (run_lit.sh).
import os

import lit.formats

config.name = "weft"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test", ".py", ".cpp"]
config.test_exec_root = os.environ["LIT_SCRATCH"]
for name, value in os.environ.items():
    if name.startswith(("WEFT_", "ASAN_", "UBSAN_", "TSAN_")) or name in ("HOME", "PATH"):
        config.environment[name] = value
