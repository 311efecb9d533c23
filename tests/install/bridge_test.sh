#!/bin/bash
# Builds a pybind11 module against an installation, as its users do, and runs bridge_test.py on it.
set -euo pipefail
here=$PWD/tests/install prefix=$TEST_TMPDIR/prefix
tools/install/copy.sh "$prefix" tools/install
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
cd "$TEST_TMPDIR"
# shellcheck disable=SC2046
g++ -std=c++17 -O1 -shared -fPIC -fvisibility=hidden "$here/bridge.cpp" $(python3-config --includes) \
  $(pkg-config --cflags --libs weft) -o "bridge$(python3-config --extension-suffix)"
PYTHONPATH=$TEST_TMPDIR python3 "$here/bridge_test.py"
