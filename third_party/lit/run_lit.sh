#!/bin/bash
# run_lit.sh [--tool=PATH]... FILE...: lit over the files, with the tools on the PATH. For the lit_test macro.
set -euo pipefail
bin=$TEST_TMPDIR/bin
mkdir -p "$bin"
while [[ ${1:-} == --tool=* ]]; do
  tool=${1#--tool=}
  ln -sf "$PWD/$tool" "$bin/${tool##*/}"
  shift
done
# lit looks for lit.cfg.py upwards from each file, and the workspace's root is above them all.
ln -sf "$PWD/third_party/lit/lit.cfg.py" lit.cfg.py
export PATH=$bin:/usr/lib/llvm-19/bin:$PATH LIT_SCRATCH=$TEST_TMPDIR/lit
exec python3 /usr/lib/llvm-19/build/utils/lit/lit.py -v -j 2 --xunit-xml-output="${XML_OUTPUT_FILE:-/dev/null}" "$@"
