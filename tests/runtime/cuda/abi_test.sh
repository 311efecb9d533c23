#!/bin/bash
# Compiles abi.cpp with the toolkit's headers, where there are any: it holds static_asserts only.
set -euo pipefail
for folder in "${CUDA_HOME:-}" "${CUDA_PATH:-}" /usr/local/cuda; do
  [[ -n $folder && -f $folder/include/cuda.h ]] || continue
  for compiler in clang++-19 clang++ g++; do
    command -v "$compiler" > /dev/null || continue
    "$compiler" -std=c++20 -fsyntax-only -Wall -I. "-I$folder/include" tests/runtime/cuda/abi.cpp
    echo "declarations agree with $folder/include"
    exit 0
  done
done
echo "SKIPPED: no toolkit here"
