//! The least of a quadratic loss of two weights when large weights cost something: three exact answers.
//!
//! L(w) = 1/2 (w - m)^T H (w - m), H symmetric with eigenvalues h_1 >= h_2 > 0; its contours are ellipses around m.

/// Two weights, or a direction in their plane.
pub type Pair = [f64; 2];

/// L.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quadratic {
    /// m: where the loss is least.
    pub middle: Pair,
    /// h_1, h_2: curvature along the two axes of the contours; above 0.
    pub curvatures: Pair,
    /// Angle of the first axis against that of w_1, radians.
    pub angle: f64,
}

/// What large weights cost, or how large they may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Penalty {
    /// lambda / 2 (w_1^2 + w_2^2), lambda >= 0.
    L2(f64),
    /// lambda (|w_1| + |w_2|), lambda >= 0.
    L1(f64),
    /// No cost, but w_1^2 + w_2^2 <= c^2, c > 0.
    MaxNorm(f64),
}

impl Quadratic {
    /// H = h_1 u u^T + h_2 v v^T, with u, v the axes: (H_11, H_12, H_22).
    pub fn hessian(&self) -> (f64, f64, f64) {
        let (sine, cosine) = self.angle.sin_cos();
        let [first, second] = self.curvatures;
        (
            first * cosine * cosine + second * sine * sine,
            (first - second) * sine * cosine,
            first * sine * sine + second * cosine * cosine,
        )
    }

    /// L(w).
    pub fn value(&self, weights: Pair) -> f64 {
        let difference = minus(weights, self.middle);
        0.5 * dot(difference, self.times(difference))
    }

    /// dL/dw = H (w - m).
    pub fn gradient(&self, weights: Pair) -> Pair {
        self.times(minus(weights, self.middle))
    }

    fn times(&self, [x, y]: Pair) -> Pair {
        let (a, b, c) = self.hessian();
        [a * x + b * y, b * x + c * y]
    }

    /// A contour L = `level` as a closed line of `corners` + 1 points; all of them m where the level is 0.
    pub fn contour(&self, level: f64, corners: usize) -> Vec<(f64, f64)> {
        let (sine, cosine) = self.angle.sin_cos();
        let reach = self
            .curvatures
            .map(|curvature| (2.0 * level.max(0.0) / curvature).sqrt());
        let at = |corner: usize| {
            let turn = std::f64::consts::TAU * corner as f64 / corners as f64;
            let (along, across) = (reach[0] * turn.cos(), reach[1] * turn.sin());
            (
                self.middle[0] + along * cosine - across * sine,
                self.middle[1] + along * sine + across * cosine,
            )
        };
        (0..=corners).map(at).collect()
    }

    /// The w where L(w) plus the penalty is least, or L(w) within the bound. It is unique: the sum is strictly convex.
    ///
    /// # Panics
    /// If lambda is negative or c not above 0.
    pub fn least(&self, penalty: Penalty) -> Pair {
        match penalty {
            // Without a penalty m itself, not what rounding makes of it.
            Penalty::L2(0.0) | Penalty::L1(0.0) => self.middle,
            Penalty::L2(lambda) => {
                assert!(lambda >= 0.0, "lambda {lambda}");
                self.ridge(lambda)
            }
            Penalty::L1(lambda) => {
                assert!(lambda >= 0.0, "lambda {lambda}");
                self.lasso(lambda)
            }
            Penalty::MaxNorm(bound) => {
                assert!(bound > 0.0, "bound {bound}");
                self.within(bound)
            }
        }
    }

    /// (H + lambda I) w = H m.
    fn ridge(&self, lambda: f64) -> Pair {
        let (a, b, c) = self.hessian();
        solve((a + lambda, b, c + lambda), self.times(self.middle))
    }

    /// The Karush-Kuhn-Tucker conditions, case by case: a weight that is not 0 has dL/dw_i = -lambda sign(w_i); one that is 0 has
    /// |dL/dw_i| <= lambda. Nine cases of signs; the one that contradicts nothing is the answer.
    fn lasso(&self, lambda: f64) -> Pair {
        let hessian = self.hessian();
        let right = self.times(self.middle);
        let slack = 1e-12 * (1.0 + lambda + right[0].abs() + right[1].abs());
        if right.iter().all(|entry| entry.abs() <= lambda + slack) {
            return [0.0, 0.0];
        }
        // One weight alone: H_ii w_i = (H m)_i - lambda sign(w_i), the soft threshold.
        for alone in [0, 1] {
            let curvature = if alone == 0 { hessian.0 } else { hessian.2 };
            let mut weights = [0.0; 2];
            weights[alone] = soft_threshold(right[alone], lambda) / curvature;
            let other = self.gradient(weights)[1 - alone];
            if weights[alone] != 0.0 && other.abs() <= lambda + slack {
                return weights;
            }
        }
        let signs = [[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]];
        let candidates = signs.map(|signs: Pair| {
            let right = [right[0] - lambda * signs[0], right[1] - lambda * signs[1]];
            (signs, solve(hessian, right))
        });
        // Rounding may contradict every case by a little: then the smallest contradiction is the answer.
        let contradiction = |(signs, weights): &(Pair, Pair)| {
            let beyond = |axis: usize| (-signs[axis] * weights[axis]).max(0.0);
            beyond(0).max(beyond(1))
        };
        let best = candidates
            .into_iter()
            .min_by(|one, other| contradiction(one).total_cmp(&contradiction(other)));
        best.expect("there are four candidates").1
    }

    /// m where it is within the bound; else on the circle, (H + mu I) w = H m with the mu > 0 that gives |w| = c. |w| falls as mu
    /// grows, so mu is found by halving an interval.
    fn within(&self, bound: f64) -> Pair {
        if norm(self.middle) <= bound {
            return self.middle;
        }
        let (mut low, mut high) = (0.0, self.curvatures[0].max(self.curvatures[1]));
        while norm(self.ridge(high)) > bound {
            high *= 2.0;
        }
        for _ in 0..200 {
            let between = 0.5 * (low + high);
            if norm(self.ridge(between)) > bound {
                low = between;
            } else {
                high = between;
            }
        }
        self.ridge(high)
    }
}

impl Penalty {
    /// What it adds to the loss: 0 for a bound that is kept.
    pub fn value(self, [x, y]: Pair) -> f64 {
        match self {
            Self::L2(lambda) => 0.5 * lambda * (x * x + y * y),
            Self::L1(lambda) => lambda * (x.abs() + y.abs()),
            Self::MaxNorm(_) => 0.0,
        }
    }
}

/// sign(x) max(|x| - lambda, 0).
pub fn soft_threshold(x: f64, lambda: f64) -> f64 {
    // Plus 0: never a negative zero.
    x.signum() * (x.abs() - lambda).max(0.0) + 0.0
}

/// sqrt(w_1^2 + w_2^2).
pub fn norm([x, y]: Pair) -> f64 {
    x.hypot(y)
}

fn minus(one: Pair, other: Pair) -> Pair {
    [one[0] - other[0], one[1] - other[1]]
}

fn dot(one: Pair, other: Pair) -> f64 {
    one[0] * other[0] + one[1] * other[1]
}

/// The solution of a symmetric system with matrix (a, b; b, c) by Cramer's rule.
fn solve((a, b, c): (f64, f64, f64), [x, y]: Pair) -> Pair {
    let determinant = a * c - b * b;
    [(c * x - b * y) / determinant, (a * y - b * x) / determinant]
}
