#!/bin/bash
# tour_test.sh PROGRAM EXPECTED: what the program prints is what it printed on libtorch (scripts/golden), numbers within
# 1e-3.
set -euo pipefail
"$1" >"$TEST_TMPDIR/ours"
python3 "$(dirname "$0")/same_output.py" "$TEST_TMPDIR/ours" "$2"
