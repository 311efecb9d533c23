#!/usr/bin/env python3
"""Prints the polynomial coefficients of ir/scalar: minimax in the weight of the final relative error
by reweighted least squares (Lawson 1961), rounded to the format one by one, lowest order first, the rest
refitted each time. Needs mpmath. Usage: coefficients.py [name ...]"""
import sys
from functools import lru_cache

from mpmath import (mp, mpf, matrix, lu_solve, cos, pi, floor, log, exp, expm1, log1p, sin, atan, asin, atanh,
                    tanh, erf, erfc, sqrt, ldexp, frexp, sinh, cosh, nstr)

mp.prec = 220


def round_to(x, bits):
    """x to nearest, ties away, in a format of that many bits (bits < 20: fixed by hand elsewhere)."""
    m, e = frexp(mpf(x))
    return ldexp(floor(ldexp(m, bits) + mpf(1) / 2), e - bits)


def minimax(f, w, powers, lo, hi, steps):
    """Coefficients c with max |w (sum c_k x^powers_k - f)| on [lo, hi] close to least."""
    n = len(powers)
    xs = [(lo + hi) / 2 - (hi - lo) / 2 * cos(pi * i / (10 * n)) for i in range(10 * n + 1)]
    rows = [[w(x) * x ** p for p in powers] for x in xs]
    rhs = [w(x) * f(x) for x in xs]
    weight = [mpf(1)] * len(xs)
    best = None
    for _ in range(steps):
        a, b = matrix(n, n), matrix(n, 1)
        for row, y, u in zip(rows, rhs, weight):
            for i in range(n):
                t = u * row[i]
                b[i] += t * y
                for j in range(i + 1):
                    a[i, j] += t * row[j]
        for i in range(n):
            for j in range(i):
                a[j, i] = a[i, j]
        c = lu_solve(a, b)
        err = [abs(sum(row[i] * c[i] for i in range(n)) - y) for row, y in zip(rows, rhs)]
        top = max(err)
        if best is None or top < best[0]:
            best = top, [c[i] for i in range(n)]
        weight = [u * (e / top + mpf(10) ** -6) for u, e in zip(weight, err)]
        total = sum(weight)
        weight = [u / total for u in weight]
    return best[1]


def fit(name, f, w, lo, hi, terms, bits, first=0, fixed=(), steps=40):
    """Fits c_first..: f(x) ~ sum fixed + sum c_k x^k. f, w at x; prints the rounded coefficients."""
    powers, known = list(range(first, first + terms)), list(fixed)
    known = [(mpf(c), p) for c, p in known]
    while powers:
        g = lambda x: f(x) - sum(c * x ** p for c, p in known)
        cs = minimax(g, w, powers, mpf(lo), mpf(hi), steps if len(known) < 4 else 10)
        known.append((round_to(cs[0], bits), powers.pop(0)))
    err = max(abs(w(x) * (f(x) - sum(c * x ** p for c, p in known)))
              for x in (mpf(lo) + (mpf(hi) - mpf(lo)) * i / 4000 for i in range(4001)))
    print(f"{name}: error 2^{nstr(log(err, 2), 5)}")
    print("   ", ", ".join(float(c).hex().replace("0000000p", "p") for c, p in known), flush=True)


ln2 = log(mpf(2))
tiny = mpf(2) ** -40
half_ln2 = ln2 / 2 * (1 + mpf(2) ** -20)


def even(f):  # a function of x as a function of x^2
    return lambda z: f(sqrt(z))


def odd_tail(f):  # (f(x)/x - 1)/z in z = x^2
    return even(lambda x: (f(x) / x - 1) / x ** 2)


def odd_weight(f):
    return even(lambda x: x ** 3 / f(x))


def tail(f, *head):  # (f(x) - head polynomial) / x^len(head)
    return lambda x: (f(x) - sum(c * x ** k for k, c in enumerate(head))) / x ** len(head)


FITS = {}


def wanted(fun):
    FITS[fun.__name__] = fun
    return fun


@wanted
def exp_tails():
    """(e^r - 1 - r)/r^2 weighted for e^r and for e^r - 1; (2^r - 1)/r weighted for 2^r and, short, absolutely."""
    power = lambda r: exp(r * ln2)
    for bits, terms in (24, 5), (53, 10):
        fit(f"exp {bits}", tail(exp, 1, 1), lambda r: r * r / exp(r), -half_ln2, half_ln2 + tiny, terms, bits)
        fit(f"expm1 {bits}", tail(exp, 1, 1), lambda r: r * r / expm1(r), -half_ln2, half_ln2 + tiny, terms, bits)
        fit(f"exp2 {bits}", tail(power, 1), lambda r: r / power(r), -.5, .5 + tiny, terms + 1, bits)
        fit(f"exp2_of_small {bits}", tail(power, 1), lambda r: r, -.5, .5 + tiny, terms, bits)


@wanted
def log_tails():
    """f32: (log(1+f) - f + f^2/2)/f^3. f64: (2 atanh(s)/s - 2)/z, z = s^2. pow: (atanh(s)/s - 1 - z/3)/z^2."""
    third = mpf(1) / 3
    fit("log 24", tail(log1p, 0, 1, -mpf(1) / 2), lambda r: r ** 3 / log1p(r), -third, third + tiny, 8, 24)
    fit("log 53", even(lambda s: (2 * atanh(s) / s - 2) / s ** 2), even(lambda s: s ** 3 / (2 * atanh(s))), tiny,
        mpf(1) / 25, 8, 53)
    for bits, terms in (24, 3), (53, 8):
        fit(f"atanh {bits}", even(lambda s: (atanh(s) / s - 1 - s * s / 3) / s ** 4), even(lambda s: s ** 5 / atanh(s)),
            tiny, mpf(1) / 25, terms, bits)


@wanted
def hyperbolic_tails():
    """(tanh(x)/x - 1)/z, (sinh(r)/r - 1)/z, (cosh(r) - 1 - z/2)/z^2."""
    fit("tanh 53", odd_tail(tanh), odd_weight(tanh), tiny, mpf(.8) ** 2, 13, 53)
    for bits, s, c in (24, 2, 2), (53, 5, 4):
        fit(f"sinh {bits}", odd_tail(sinh), odd_weight(sinh), tiny, half_ln2 ** 2, s, bits)
        fit(f"cosh {bits}", even(lambda x: (cosh(x) - 1 - x * x / 2) / x ** 4), even(lambda x: x ** 4 / cosh(x)), tiny,
            half_ln2 ** 2, c, bits)


@wanted
def erf_tails():
    """erf(x)/x - 1; log2(erfc(x)) weighted for erf; e^(a^2) erfc(a) (a + 3) in t = (a - 3)/(a + 3)."""
    for bits, small, large, top in (24, 8, 7, 4), (53, 15, 17, 6):
        fit(f"erf {bits}", even(lambda x: erf(x) / x - 1), even(lambda x: x / erf(x)), tiny, mpf(1.2) ** 2, small, bits)
        fit(f"log2_erfc {bits}", lambda x: log(erfc(x)) / ln2, lambda x: erfc(x) / erf(x) * ln2, 1.15, top, large, bits,
            steps=30)

    @lru_cache(None)
    def scaled(t):
        a = 3 * (1 + t) / (1 - t)
        return exp(a * a) * erfc(a) * (a + 3)

    for bits, terms, top in (24, 10, mpf(10.2)), (53, 22, mpf(27.3)):
        fit(f"erfc {bits}", scaled, lambda t: 1 / scaled(t), -1, (top - 3) / (top + 3), terms, bits, steps=25)


@wanted
def trig_tails():
    """(sin(r)/r - 1)/z, (cos(r) - 1 + z/2)/z^2, and the same for atan on [0, 1], asin on [0, 1/2]."""
    quarter = pi / 4 * (1 + mpf(2) ** -16)
    for bits, s, c, at, asn in (24, 3, 3, 9, 5), (53, 6, 6, 20, 12):
        fit(f"sin {bits}", odd_tail(sin), odd_weight(sin), tiny, quarter ** 2, s, bits)
        fit(f"cos {bits}", even(lambda x: (cos(x) - 1 + x * x / 2) / x ** 4), even(lambda x: x ** 4 / cos(x)), tiny,
            quarter ** 2, c, bits)
        fit(f"atan {bits}", odd_tail(atan), odd_weight(atan), tiny, mpf(1), at, bits)
        fit(f"asin {bits}", odd_tail(asin), odd_weight(asin), tiny, mpf(1) / 4, asn, bits)


@wanted
def constants():
    """Constants in pieces, and the bits of 2/pi in words."""
    mp.prec = 1500
    for name, value in ("pi/2", pi / 2), ("1/ln2", 1 / log(mpf(2))), ("1/ln10", 1 / log(mpf(10))):
        for bits in 24, 53:
            pieces, rest = [], mpf(value)
            for _ in range(3):
                pieces.append(float(round_to(rest, bits)).hex())
                rest -= round_to(rest, bits)
            print(name, bits, *pieces)
    for width, count in (32, 7), (64, 19):
        digits = int(floor(ldexp(2 / pi, width * count)))
        print("2/pi", width, *(hex(digits >> width * (count - 1 - i) & (1 << width) - 1) for i in range(count)))


if __name__ == "__main__":
    for name in sys.argv[1:] or FITS:
        FITS[name]()
