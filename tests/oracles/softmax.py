"""Reference values of softmax, log-softmax and log-sum-exp, for tests/it/softmax.rs.

    pip install mpmath==1.3.0 && python3 tests/oracles/softmax.py

50 digits, printed with the 17 that an f64 needs. All logits are exact in f32 and f64.
"""

import mpmath as mp

mp.mp.dps = 50
CASES = [
    [0.0, 1.0, 2.0],
    [-3.5, 0.25, 0.25, 7.0, -0.125],
    [1000.0, 999.0, -1000.0],
    [-200.0, -200.5, -203.0],
    [30.0, -10.0],
    [88.75, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
]
for logits in CASES:
    exponentials = [mp.exp(mp.mpf(a)) for a in logits]
    total = sum(exponentials)
    numbers = lambda values: "[" + ", ".join(mp.nstr(v, 17) for v in values) + "]"
    print("logits       ", logits)
    print("softmax      ", numbers([e / total for e in exponentials]))
    print("log_softmax  ", numbers([-mp.log1p(sum(f for j, f in enumerate(exponentials) if j != i) / e) for i, e in enumerate(exponentials)]))
    print("log_sum_exp  ", mp.nstr(mp.log(total), 17))
    print()
print("ln f32::MAX       ", mp.nstr(mp.log(mp.mpf(2) ** 128 * (1 - mp.mpf(2) ** -24)), 12))
print("ln(f32::MAX / 10) ", mp.nstr(mp.log(mp.mpf(2) ** 128 * (1 - mp.mpf(2) ** -24) / 10), 12))
print("ln 2^-150         ", mp.nstr(mp.log(mp.mpf(2) ** -150), 12))
