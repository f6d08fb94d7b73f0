"""Chebyshev coefficients of the normal tail, for src/theory/activation/normal.rs.

    pip install mpmath==1.3.0 && python3 tests/oracles/normal_tail.py

G(t) = (1 + 3x/2) exp(x^2/2) Phi(-x) with x = 4 (1 + t) / (1 - t), t in [-1, 1): a smooth function of t between 1/2 and 3/5,
so 26 coefficients reach 2e-18. Computed from 120 Chebyshev nodes with 50 digits.
"""

import mpmath as mp

mp.mp.dps = 50
NODES, KEPT = 120, 26


def scaled_erfc(y):
    """exp(y^2) erfc(y); by its asymptotic series where erfc would lose its exponent's digits."""
    if y < 30:
        return mp.exp(y * y) * mp.erfc(y)
    total, term, n = mp.mpf(0), mp.mpf(1), 0
    while abs(term) > mp.mpf(10) ** -48 and n < 200:
        total += term
        n += 1
        term *= -(2 * n - 1) / (2 * y * y)
    return total / (y * mp.sqrt(mp.pi))


samples = []
for j in range(NODES):
    theta = mp.pi * (j + mp.mpf(1) / 2) / NODES
    x = 4 * (1 + mp.cos(theta)) / (1 - mp.cos(theta))
    samples.append((theta, (1 + 3 * x / 2) * scaled_erfc(x / mp.sqrt(2)) / 2))
for i in range(KEPT):
    c = sum(g * mp.cos(i * theta) for theta, g in samples) * 2 / NODES
    print(f"    {float(c / 2 if i == 0 else c)!r},")
