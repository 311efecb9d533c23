#!/bin/bash
# digits_test.sh DIGITS DATA: the demo learns, and says what is wrong with bad input: exit code 1, one line, no picture.
set -uo pipefail
digits=$(realpath "$1") data=$(realpath "$2") || exit 1
cd "$(mktemp -d)" || exit 1
failed=0

fail() { echo "FAILED: $*"; failed=1; }
# refuses MESSAGE ARGUMENT...: the program ends with code 1 and one line that contains MESSAGE.
refuses() {
  local message=$1 code=0; shift
  "$digits" "$@" >out 2>err || code=$?
  [[ $code == 1 ]] || fail "$*: exit code $code, expected 1"
  [[ $(wc -l <err) == 1 ]] && grep -qF -- "$message" err || fail "$*: said: $(cat err), expected: $message"
}

"$digits" --data "$data" --epochs 3 --chart chart.svg --dump-ir ir >out || fail "training ended with code $?"
grep -q '^epoch  3/3 ' out || fail "no line for epoch 3"
accuracy=$(sed -n 's/^\([0-9.]*\) % of the test images.*/\1/p' out)
awk -v a="$accuracy" 'BEGIN { exit !(a > 85) }' || fail "accuracy $accuracy after 3 epochs"
grep -q '</svg>' chart.svg || fail "no picture"
grep -q 'conv1 (Conv2d)' ir/*record* || fail "no IR that names conv1"
grep -q 'model.h"' ir/*record* || fail "no IR with lines of model.h"

refuses "cannot open none.gz: No such file or directory" --data none.gz
head -c 20000 "$data" >cut.gz
refuses "cut.gz" --data cut.gz
grep -q "unexpected end of file" err || fail "cut.gz: said $(cat err)"
zcat "$data" | head -c 30000 | gzip >short.gz
refuses "short.gz, line " --data short.gz
zcat "$data" | head -n 100 | gzip >few.gz
refuses "few.gz: 100 images, expected more than 1500" --data few.gz
{ zcat "$data" | head -n 9; echo "1,2,x"; } | gzip >letters.gz
refuses 'letters.gz, line 10: expected a number, got "x"' --data letters.gz
zcat "$data" | sed '5s/,[0-9]*,/,99,/' | gzip >bright.gz
refuses "bright.gz, line 5: pixel 1 is 99, expected 0 to 16" --data bright.gz
cp "$data" damaged.gz
printf 'XXXXXXXX' | dd of=damaged.gz bs=1 seek=9000 conv=notrunc status=none
refuses "damaged.gz" --data damaged.gz

refuses "no folder nowhere" --mnist nowhere
mkdir mnist
refuses "no file mnist/train-images-idx3-ubyte" --mnist mnist
echo "not idx" >mnist/train-images-idx3-ubyte
refuses "mnist/train-images-idx3-ubyte: not an IDX file" --mnist mnist
printf '\0\0\x08\x03\0\0\0\x02\0\0\0\x1c\0\0\0\x1c123' >mnist/train-images-idx3-ubyte
refuses "3 bytes of data, expected 1568 for 2 items" --mnist mnist
refuses "cannot write nowhere/chart.svg" --data "$data" --chart nowhere/chart.svg
refuses "cannot make folder nowhere/ir" --data "$data" --dump-ir nowhere/ir

"$digits" --epochs 0 >out 2>&1 && fail "--epochs 0 was taken"
"$digits" --no-such-option >out 2>&1 && fail "--no-such-option was taken"
"$digits" --help | grep -q -- --mnist || fail "--help does not tell of --mnist"
exit $failed
