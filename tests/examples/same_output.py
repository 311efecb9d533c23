"""same_output.py OURS THEIRS: two outputs have the same words, and numbers that differ by a thousandth at most."""
import re
import sys

ours, theirs = (open(path).read() for path in sys.argv[1:])
number = re.compile(r"-?\d+\.?\d*(?:e[-+]\d+)?")
a, b = (number.sub("#", text).split() for text in (ours, theirs))
assert a == b, f"different texts:\n{ours}\n--- expected\n{theirs}"
for mine, other in zip(number.findall(ours), number.findall(theirs)):
    assert abs(float(mine) - float(other)) <= 1e-3 * max(1, abs(float(other))), f"got {mine}, expected {other}"
