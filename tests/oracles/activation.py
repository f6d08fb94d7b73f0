"""Reference values of the activation functions and their derivatives, for tests/it/activation.rs.

    pip install mpmath==1.3.0 && python3 tests/oracles/activation.py > tests/oracles/activation.tsv

Each line: name, bits of x, bits of f(x), bits of f'(x), all f64 in hexadecimal; values computed with 80 digits (more where
cancellation asks for it) and rounded once to the nearest f64, subnormals included. Arguments are exact in f64; those
of POINTS_F32 are exact in f32 too.
"""

import math
import random
import struct

import mpmath as mp

mp.mp.dps = 80


def f32(x):
    return struct.unpack("<f", struct.pack("<f", x))[0]


def bits(x):
    return struct.pack(">d", x).hex()


def to_f64(v, negative_zero=False):
    """Nearest f64. mpmath rounds twice among the subnormals, so those are rounded here."""
    if v == 0:
        return -0.0 if negative_zero else 0.0
    if abs(v) < mp.mpf(2) ** -1022:
        scaled = int(mp.nint(v * mp.mpf(2) ** 1074))
        return math.copysign(math.ldexp(abs(scaled), -1074), 1 if v > 0 else -1)
    return float(v)


def phi(x):
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def cdf(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def logistic(x):
    return 1 / (1 + mp.exp(-x))


def sech2(x):
    return 1 / mp.cosh(x) ** 2


def elu(x):
    return x if x > 0 else mp.expm1(x)


FUNCTIONS = {
    "sigmoid": (logistic, lambda x: logistic(x) * logistic(-x)),
    "tanh": (mp.tanh, sech2),
    "ELU": (elu, lambda x: mp.mpf(1) if x > 0 else mp.exp(x)),
    "softplus": (lambda x: mp.log1p(mp.exp(x)) if x < 0 else x + mp.log1p(mp.exp(-x)), logistic),
    "SiLU": (lambda x: x * logistic(x), lambda x: logistic(x) * (1 + x * logistic(-x))),
    "GELU": (lambda x: x * cdf(x), lambda x: cdf(x) + x * phi(x)),
}

rng = random.Random(31)
POINTS_F32 = [2.0**-149, 2.0**-130, 2.0**-126, 2.0**-60, 2.0**-25, 2.0**-24, 2.0**-12, 1e-3, 0.01, 0.1, 0.25, 0.5, 0.75]
POINTS_F32 += [0.75179, 1.0, 1.2784645, 1.5, 2.0, 2.9932, 3.0, 4.0, 4.5849, 5.0, 5.5, 6.0, 8.0, 9.0, 10.0, 12.0, 13.0, 14.0, 14.5]
POINTS_F32 += [15.0, 16.0, 16.6, 17.0, 18.0, 20.0, 30.0, 37.0, 38.0, 38.5, 39.0, 50.0, 64.0, 80.0, 86.0, 87.0, 87.5, 88.0, 88.7]
POINTS_F32 += [89.0, 95.0, 100.0, 103.0, 103.9, 104.0, 107.0, 110.0, 500.0, 700.0, 708.0, 709.0, 710.0, 740.0, 745.0, 746.0, 750.0]
POINTS_F32 += [1e4, 1e10, 1e30, 3.4028234663852886e38]
POINTS_F32 += [math.exp(rng.uniform(math.log(1e-8), math.log(120.0))) for _ in range(80)]
POINTS_F32 = [f32(x) for x in POINTS_F32]
POINTS_F64 = [5e-324, 1e-310, 2.2250738585072014e-308, 1e-200, 1e-17, 1e-9, 1e60, 1e300, 1.7976931348623157e308]
# Where GELU and GELU' were farthest off among 4,000 random arguments.
POINTS_F64 += [26.39844070814315, 1.628458373804492]
POINTS_F64 += [math.exp(rng.uniform(math.log(1e-12), math.log(760.0))) for _ in range(60)]

for name, (value, derivative) in FUNCTIONS.items():
    for magnitude in POINTS_F32 + POINTS_F64:
        for x in (-magnitude, magnitude):
            # Far out every function has reached its limit to more digits than f64 has; beyond, mpmath would build
            # exponents of astronomic length. 2000 is far past the last non-constant f64 (about 746).
            far = 2000.0
            e = mp.mpf(x if abs(x) <= far else math.copysign(far, x))
            with mp.workdps(80 + (700 if abs(x) > 20 or abs(x) < 1e-15 else 0)):
                v, d = value(e), derivative(e)
            v64 = to_f64(v)
            if name in ("ELU", "softplus", "SiLU", "GELU") and x > far:
                v64 = x  # identity to within e^-2000
            print(name, bits(x), bits(v64), bits(to_f64(d)), sep="\t")
