#!/bin/bash
# char_gpt_test.sh CHAR_GPT: a small network learns a text that repeats, and writes; bad input ends with code 1 and one line.
set -uo pipefail
char_gpt=$(realpath "$1") || exit 1
cd "$(mktemp -d)" || exit 1
failed=0
fail() { echo "FAILED: $*"; failed=1; }
refuses() {
  local message=$1 code=0; shift
  "$char_gpt" "$@" >out 2>err || code=$?
  [[ $code == 1 ]] || fail "$*: exit code $code, expected 1"
  [[ $(wc -l <err) == 1 ]] && grep -qF -- "$message" err || fail "$*: said: $(cat err), expected: $message"
}

for _ in $(seq 40); do echo "the quick brown fox jumps over the lazy dog"; done >text
"$char_gpt" --text text --steps 60 --batch 8 --context 32 --layers 2 --width 32 --lr 0.01 --write 40 >out ||
  fail "training ended with code $?"
loss=$(sed -n 's|^step *50/60  loss \([0-9.]*\).*|\1|p' out)
awk -v l="$loss" 'BEGIN { exit !(l > 0 && l < 2.5) }' || fail "loss $loss after 50 steps"
[[ $(tail -c 41 out | wc -c) == 41 ]] || fail "nothing written"
refuses "cannot open none: No such file or directory" --text none
: >empty
refuses "empty: nothing to read" --text empty
echo "short" >short
refuses "short: 6 characters, expected at least 66, two more than the context" --text short
refuses "a width of 30 cannot be shared by 4 heads" --text text --width 30
"$char_gpt" --steps 0 >out 2>&1 && fail "--steps 0 was taken"
exit $failed
