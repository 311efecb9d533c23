#!/bin/bash
# lstm_test.sh LSTM DATA: the network learns, and bad input ends with code 1 and one line that says what is wrong.
set -uo pipefail
lstm=$(realpath "$1") data=$(realpath "$2") || exit 1
cd "$(mktemp -d)" || exit 1
failed=0
fail() { echo "FAILED: $*"; failed=1; }
refuses() {
  local message=$1 code=0; shift
  "$lstm" "$@" >out 2>err || code=$?
  [[ $code == 1 ]] || fail "$*: exit code $code, expected 1"
  [[ $(wc -l <err) == 1 ]] && grep -qF -- "$message" err || fail "$*: said: $(cat err), expected: $message"
}

"$lstm" --data "$data" >out || fail "training ended with code $?"
accuracy=$(sed -n 's/^\([0-9.]*\) % of the test images.*/\1/p' out)
awk -v a="$accuracy" 'BEGIN { exit !(a >= 95) }' || fail "accuracy $accuracy, expected 95 or more"
refuses "cannot open none.gz: No such file or directory" --data none.gz
zcat "$data" | head -n 100 | gzip >few.gz
refuses "few.gz: 100 images, expected more than 1500" --data few.gz
"$lstm" --epochs 0 >out 2>&1 && fail "--epochs 0 was taken"
exit $failed
