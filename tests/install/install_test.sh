#!/bin/bash
# Installs to a scratch prefix, then builds and runs prog.cpp against it in every way that the README promises.
set -euo pipefail
here=tests/install
prefix=$TEST_TMPDIR/prefix
tools/install/copy.sh "$prefix" tools/install
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
cd "$here"
failures=0
expected=$'12\nlearned\nlocated\ncaught'

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

runs() { # runs PROGRAM HOW: it prints what it should
  local got
  got=$("$1") || fail "$2: exit code $?"
  [[ $got == "$expected" ]] || fail "$2: printed '$got'"
}

! grep -rnE '#\s*include\s*[<"](mlir|llvm)' "$prefix/include" || fail "public headers include MLIR"

for compiler in g++ clang++-19; do
  for std in 17 20; do
    how="$compiler -std=c++$std"
    prog=$TEST_TMPDIR/prog
    # shellcheck disable=SC2046
    $how -O2 -Wall -Werror prog.cpp $(pkg-config --cflags --libs weft) -o "$prog" || fail "$how: does not compile"
    runs "$prog" "$how"
  done
done

# The program of the README.
awk '/^```cpp/ { inside = 1; next } /^```/ { if (inside) exit } inside' ../../README.md >"$TEST_TMPDIR/readme.cpp"
# shellcheck disable=SC2046
g++ -std=c++17 -O2 -Wall -Werror "$TEST_TMPDIR/readme.cpp" $(pkg-config --cflags --libs weft) -o "$TEST_TMPDIR/readme" ||
  fail "README.md: does not compile"
"$TEST_TMPDIR/readme" | grep -qxF '[ CPUFloatType{4,1} ]' || fail "README.md: the program prints something else"

# What the headers cost: processor seconds of the best of 5, the machine being shared.
TIMEFORMAT=%U
for compiler in g++ clang++-19; do
  best=$(for _ in 1 2 3 4 5; do
    { time $compiler -std=c++17 -O0 -Wall -Werror $(pkg-config --cflags weft) -c prog.cpp -o "$TEST_TMPDIR/prog.o"; } 2>&1
  done | sort -n | head -n 1)
  echo "$compiler -O0: $best s"
  awk -v s="$best" 'BEGIN { exit !(s <= 4) }' || fail "$compiler needs $best s for a file with our headers, more than 4"
done

# A moved prefix still works, and so does CMake.
mv "$prefix" "$prefix.moved"
prefix=$prefix.moved
cmake -S . -B "$TEST_TMPDIR/cmake" -DCMAKE_PREFIX_PATH="$prefix" >"$TEST_TMPDIR/cmake.log" 2>&1 &&
  cmake --build "$TEST_TMPDIR/cmake" >>"$TEST_TMPDIR/cmake.log" 2>&1 || { cat "$TEST_TMPDIR/cmake.log"; fail "cmake"; }
runs "$TEST_TMPDIR/cmake/prog" cmake
for tool in weft-opt weft-run; do
  "$prefix/bin/$tool" --help >/dev/null || fail "$tool --help"
done

# Only our namespaces are visible, and only libc's family is needed.
library=$prefix/lib/libweft.so
foreign=$(nm -D --defined-only "$library" | awk '{print $3}' |
  grep -vE '^_Z(T[A-Z]|T[hv][n0-9_]+|GV|Z)*N?[KRO]*N?[KRO]*(5torch|2at|3c10|6caffe2)|^weft_' || true)
[[ -z $foreign ]] || fail "libweft.so shows:" $foreign
needed=$(readelf -d "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' |
  grep -vE '^(libc|libm|libstdc\+\+|libgcc_s|libpthread|libdl|ld-linux-x86-64)\.so' || true)
[[ -z $needed ]] || fail "libweft.so needs:" $needed

exit $((failures > 0))
