#!/bin/bash
# dump_ir_test.sh DUMP_IR: the tour shows every phase.
set -uo pipefail
folder=$(mktemp -d)
out=$("$1" "$folder" 1000) || exit 1
for text in "== record" "weft.grad" "== autodiff" "weft.matmul" "== simplify" "== fuse" "weft.kernel" "== loops" "scf." \
  "== llvm" "define" "== launch"; do
  grep -qF -- "$text" <<<"$out" || { echo "no \"$text\" in the tour"; exit 1; }
done
grep -q "no file" <<<"$out" && { echo "a phase has no file"; exit 1; }
exit 0
