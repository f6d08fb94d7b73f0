//! Constants put together: 26·M·(N + 2·0 − 5 + 1)² becomes 26·M·(N − 4)².

use super::{Formula, Function};

impl Formula {
    /// The same formula with its known whole numbers worked out: equal for every value of the letters that remain, provided those are
    /// whole numbers (a floor of a whole number is dropped).
    pub fn folded(&self) -> Formula {
        self.map(&|part| match part {
            Formula::Bound(_, value) => i128::try_from(value).map_or(part, Formula::Integer),
            Formula::Negative(a) => match *a {
                Formula::Integer(value) => Formula::Integer(-value),
                Formula::Negative(inner) => *inner,
                other => Formula::Negative(Box::new(other)),
            },
            Formula::Square(a) => match *a {
                Formula::Integer(value) => value
                    .checked_pow(2)
                    .map_or(Formula::Square(a), Formula::Integer),
                other => Formula::Square(Box::new(other)),
            },
            Formula::Sum(terms) => fold_sum(terms),
            Formula::Product(factors) => fold_product(factors),
            Formula::Quotient(a, b) => match (*a, *b) {
                (a, Formula::Integer(1)) => a,
                (a, b) => a / b,
            },
            Formula::Call(Function::Floor, a) => {
                match Formula::Call(Function::Floor, a.clone()).count() {
                    Some(value) => Formula::Integer(value),
                    None if is_whole(&a) => *a,
                    None => Formula::Call(Function::Floor, a),
                }
            }
            other => other,
        })
    }
}

/// Whether a formula of whole numbers is one itself: no division and no real function in it.
fn is_whole(formula: &Formula) -> bool {
    match formula {
        Formula::Integer(_)
        | Formula::Bound(..)
        | Formula::Symbol(_)
        | Formula::Call(Function::Floor, _) => true,
        Formula::Sum(parts) | Formula::Product(parts) => parts.iter().all(is_whole),
        Formula::Negative(a) | Formula::Square(a) => is_whole(a),
        _ => false,
    }
}

fn fold_sum(terms: Vec<Formula>) -> Formula {
    let flat = terms.into_iter().flat_map(|term| match term {
        Formula::Sum(inner) => inner,
        other => vec![other],
    });
    let (mut rest, mut constant) = (Vec::new(), 0_i128);
    for term in flat {
        match term {
            Formula::Integer(value) => constant += value,
            other => rest.push(other),
        }
    }
    // floor(a/b) + k = floor((a + kb)/b): (N − 6)/2 + 1 reads better as (N − 4)/2.
    if let ([Formula::Call(Function::Floor, inside)], true) = (rest.as_slice(), constant != 0)
        && let Formula::Quotient(a, b) = &**inside
        && let Formula::Integer(divisor) = **b
    {
        let numerator = fold_sum(vec![(**a).clone(), Formula::Integer(constant * divisor)]);
        return (numerator / divisor).call(Function::Floor);
    }
    if constant != 0 || rest.is_empty() {
        rest.push(Formula::Integer(constant));
    }
    if rest.len() == 1 {
        rest.remove(0)
    } else {
        Formula::Sum(rest)
    }
}

fn fold_product(factors: Vec<Formula>) -> Formula {
    let (mut rest, mut constant) = (Vec::new(), 1_i128);
    for factor in factors {
        match factor {
            Formula::Integer(value) => constant *= value,
            Formula::Product(inner) => {
                for factor in inner {
                    match factor {
                        Formula::Integer(value) => constant *= value,
                        other => rest.push(other),
                    }
                }
            }
            other => rest.push(other),
        }
    }
    if constant == 0 || rest.is_empty() {
        return Formula::Integer(constant);
    }
    if constant != 1 {
        rest.insert(0, Formula::Integer(constant));
    }
    if rest.len() == 1 {
        rest.remove(0)
    } else {
        Formula::Product(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{integer, symbol};
    use super::*;

    #[test]
    fn constants_are_gathered_and_the_value_stays() {
        let side = ((symbol("N") + integer(2) * symbol("P") - symbol("F")) / symbol("S"))
            .call(Function::Floor)
            + 1;
        let geometry = side.with_numbers(&[("P", 0), ("F", 5), ("S", 1)]).folded();
        assert_eq!(geometry.to_string(), "N − 4");
        let pooled = ((geometry.clone() - symbol("Q")) / symbol("R")).call(Function::Floor) + 1;
        let pooled = pooled.with_numbers(&[("Q", 2), ("R", 2)]).folded();
        assert_eq!(pooled.to_string(), "⌊(N − 4)/2⌋");
        for (n, expected) in [(28, 12), (29, 12), (5, 0), (6, 1)] {
            assert_eq!(pooled.with_numbers(&[("N", n)]).count(), Some(expected));
        }
        assert_eq!(
            (integer(26) * symbol("M") * (symbol("N") - 4).squared())
                .folded()
                .to_string(),
            "26·M·(N − 4)²"
        );
        assert_eq!(
            (integer(3) - 5 + symbol("x") * 1).folded().to_string(),
            "x − 2"
        );
        assert_eq!((integer(3) - 5).folded(), integer(-2));
    }
}
