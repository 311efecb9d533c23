#!/bin/bash
# common_test.sh PROGRAM SOURCE EXAMPLES...: builds SOURCE against Debian's libtorch and compares what it prints with what
# PROGRAM, the same on Weft, prints; and compiles the example's sources against libtorch. Passes where there is none.
set -euo pipefail
program=$1 source=$2
shift 2
if [[ ! -e /usr/include/torch/csrc/api/include/torch/torch.h ]]; then
  echo "libtorch-dev is not installed: nothing to compare with"
  exit 0
fi
flags=(-std=c++17 -O0 -I. -isystem /usr/include/torch/csrc/api/include)
for file; do [[ $file == *.cpp ]] && g++ "${flags[@]}" -fsyntax-only "$file"; done
g++ "${flags[@]}" "$source" -ltorch -ltorch_cpu -lc10 -o "$TEST_TMPDIR/rival"
"$TEST_TMPDIR/rival" >"$TEST_TMPDIR/theirs"
"$program" >"$TEST_TMPDIR/ours"
python3 "$(dirname "$0")/same_output.py" "$TEST_TMPDIR/ours" "$TEST_TMPDIR/theirs"
