#!/usr/bin/env python3
"""Prints the polynomial coefficients of ir/scalar: minimax in the weight of the final relative error
by reweighted least squares (Lawson 1961), rounded to the format one by one, lowest order first, the rest
refitted each time. Needs mpmath. Usage: coefficients.py [name ...]"""
import sys

from mpmath import (mp, mpf, mpmathify, matrix, lu_solve, cos, pi, inf, floor, log, exp, expm1, log1p, sin, tan,
                    atan, asin, tanh, erf, erfc, sqrt, ldexp, frexp, sinh, cosh, nstr)

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


def tail(f, *head):  # (f(x) - head polynomial) / x^len(head)
    return lambda x: (f(x) - sum(c * x ** k for k, c in enumerate(head))) / x ** len(head)


FITS = {}


def wanted(fun):
    FITS[fun.__name__] = fun
    return fun


@wanted
def exp_():  # exp(r) = 1 + r + r^2 q(r)
    for bits, terms in (24, 5), (53, 10):
        fit(f"exp {bits}", tail(exp, 1, 1), lambda r: r * r / exp(r), -half_ln2, half_ln2 + tiny, terms, bits)
        fit(f"expm1 {bits}", tail(exp, 1, 1), lambda r: r * r / expm1(r), -half_ln2, half_ln2 + tiny, terms, bits)
        f = lambda r: exp(r * ln2)
        fit(f"exp2 {bits}", tail(f, 1), lambda r: r / f(r), -.5, .5 + tiny, terms + 1, bits)


@wanted
def log_f32():  # log(1+f) = f - f^2/2 + f^3 q(f)
    fit("log 24", tail(log1p, 0, 1, -mpf(1) / 2), lambda r: r ** 3 / log1p(r), -mpf(1) / 3, mpf(1) / 3 + tiny, 8, 24)
    fit("log 24 short", tail(log1p, 0, 1, -mpf(1) / 2), lambda r: r ** 3 / log1p(r), -mpf(1) / 3, mpf(1) / 3 + tiny, 7, 24)


@wanted
def log_f64():  # s = f/(2+f); log(1+f) = 2 atanh(s) = 2s + s z q(z), z = s^2
    f = even(lambda s: (2 * mp.atanh(s) / s - 2) / s ** 2)
    for terms in 7, 8:
        fit(f"log 53", f, even(lambda s: s ** 2 / (2 * mp.atanh(s) / s)), tiny, mpf(1) / 25, terms, 53)


@wanted
def tanh_():  # x + x z q(z), z = x^2
    f, w = even(lambda x: (tanh(x) / x - 1) / x ** 2), even(lambda x: x ** 3 / tanh(x))
    for bits, terms, hi in (24, 6, .65), (24, 7, .75), (53, 12, .55), (53, 13, .65):
        fit(f"tanh {bits} {hi}", f, w, tiny, mpf(hi) ** 2, terms, bits)


@wanted
def erf_():  # small: x*c0 + x z q(z), z = x^2
    f, w = even(lambda x: erf(x) / x), even(lambda x: x / erf(x))
    for bits, terms, hi in (24, 7, .92), (53, 14, 1):
        fit(f"erf {bits} {hi}", f, w, tiny, mpf(hi) ** 2, terms, bits)


if __name__ == "__main__":
    for name in sys.argv[1:] or FITS:
        FITS[name]()
