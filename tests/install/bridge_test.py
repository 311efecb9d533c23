"""NumPy arrays and tensors over one memory, both ways; what is refused, and why."""
import gc
import sys

import numpy as np

import bridge


def refused(part, function, *args):
    try:
        function(*args)
    except RuntimeError as e:
        assert part in str(e), f"expected '{part}' in '{e}'"
    else:
        raise AssertionError(f"nothing raised; expected: {part}")


# To a tensor: one memory.
a = np.arange(6, dtype=np.float32).reshape(2, 3)
bridge.add_one_in_place(a)
assert (a == np.arange(1, 7).reshape(2, 3)).all(), a
bridge.keep(a)
a[0, 0] = 100
assert bridge.sum_of_kept() == 100 + sum(range(2, 7))
bridge.write(3)
assert (a == 3).all(), a

# Back: the same memory again, whose array lives as long as someone needs it.
b = bridge.kept()
assert b.__array_interface__["data"] == a.__array_interface__["data"]
count = sys.getrefcount(a)
bridge.let_go()
del b
gc.collect()
assert sys.getrefcount(a) == count - 1, (sys.getrefcount(a), count)

# From a tensor: the array keeps its memory.
ones = bridge.ones([2, 2])
gc.collect()
ones[0] = 5
bridge.keep(ones)
assert bridge.sum_of_kept() == 12
bridge.let_go()

# Strides stay.
t = bridge.transposed(a)
assert t.shape == (3, 2) and t.strides == (4, 12), (t.shape, t.strides)
t[2, 0] = -1
assert a[0, 2] == -1
assert (bridge.double(a[:, ::2]) == a[:, ::2] * 2).all()
assert bridge.double(np.float64(3).reshape(())).shape == ()
assert bridge.double(np.zeros((0, 4))).shape == (0, 4)

for name in ["uint8", "int8", "int16", "int32", "int64", "float16", "float32", "float64"]:
    x = np.array([1, 2, 3], name)
    y = bridge.double(x)
    assert y.dtype == x.dtype and (y == x * 2).all(), (x, y)
assert bridge.transposed(np.array([[True, False]])).dtype == bool

refused("Can't call numpy() on Tensor that requires grad", bridge.with_gradient)
refused("can't convert np.ndarray of type complex64", bridge.double, np.zeros(2, np.complex64))
refused("can't convert np.ndarray of type str", bridge.double, np.array(["a"]))
refused("byte order", bridge.double, np.zeros(2, ">f4"))
refused("is negative", bridge.double, np.zeros(3)[::-1])
refused("not a multiple of the element byte size", bridge.double,
        np.zeros(3, [("x", "f4"), ("y", "u1")])["x"])
try:
    bridge.double([1, 2])
except TypeError as e:
    assert "numpy.ndarray" in str(e), e
else:
    raise AssertionError("a list is no array")
print("passed")
