#!/bin/bash
# copy.sh PREFIX ROOT...: copies what is installed to PREFIX, each thing from the first ROOT that has it.
set -euo pipefail
prefix=$1
shift
for thing in include bin/weft-opt bin/weft-run lib/libweft.so lib/pkgconfig/weft.pc lib/cmake/Weft/WeftConfig.cmake; do
  for root; do [[ -e $root/$thing ]] && break; done
  mkdir -p "$prefix/$(dirname "$thing")"
  cp -rLT --remove-destination --no-preserve=mode "$root/$thing" "$prefix/$thing"
done
chmod +x "$prefix"/bin/weft-{opt,run}
