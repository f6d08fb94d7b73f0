//! What a share that is counted on a sample can tell: its standard error, its distribution, and the middle of several.

/// The standard error of an error counted on `images` images drawn independently: sqrt(e (1 - e) / n), the standard deviation
/// of a binomial share.
///
/// # Panics
/// If the error is no share, or nothing is drawn.
pub fn standard_error(error: f64, images: usize) -> f64 {
    assert!((0.0..=1.0).contains(&error), "{error} is no share");
    assert!(images > 0, "a share of nothing");
    (error * (1.0 - error) / images as f64).sqrt()
}

/// Images that are needed for a standard error of at most `wanted`: e (1 - e) / wanted^2, rounded up.
///
/// # Panics
/// If the error is no share, or `wanted` is not positive.
pub fn images_for(error: f64, wanted: f64) -> u64 {
    assert!((0.0..=1.0).contains(&error), "{error} is no share");
    assert!(wanted > 0.0, "no number of images is enough");
    let images = error * (1.0 - error) / (wanted * wanted);
    // A hair above a whole number is rounding, not another image.
    (images - 1e-9).ceil().max(1.0) as u64
}

/// Probabilities of 0, 1, ... n mistakes on n images, each of them a mistake with probability `error`: C(n, k) e^k (1 - e)^(n - k).
///
/// Computed in logarithms, so that no term of a large n overflows or vanishes before its time.
///
/// # Panics
/// If the error is no share.
pub fn binomial(images: usize, error: f64) -> Vec<f64> {
    assert!((0.0..=1.0).contains(&error), "{error} is no share");
    if error == 0.0 || error == 1.0 {
        let certain = if error == 0.0 { 0 } else { images };
        return (0..=images)
            .map(|mistakes| f64::from(u8::from(mistakes == certain)))
            .collect();
    }
    let (mistake, success) = (error.ln(), (1.0 - error).ln());
    let mut choices = 0.0_f64; // ln C(n, k)
    let mut probabilities = Vec::with_capacity(images + 1);
    for mistakes in 0..=images {
        let (k, rest) = (mistakes as f64, (images - mistakes) as f64);
        probabilities.push((choices + k * mistake + rest * success).exp());
        choices += (rest / (k + 1.0)).ln();
    }
    probabilities
}

/// The middle one of some values; of an even number, the mean of the two in the middle. None of none.
///
/// # Panics
/// If a value is not a number.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    assert!(sorted.iter().all(|value| !value.is_nan()), "not a number");
    sorted.sort_by(f64::total_cmp);
    let upper = *sorted.get(sorted.len() / 2)?;
    Some(match sorted.len() % 2 {
        1 => upper,
        _ => (sorted[sorted.len() / 2 - 1] + upper) / 2.0,
    })
}

/// Mean and standard deviation of some values (dividing by their number less 1); none of fewer than two.
pub fn mean_and_deviation(values: &[f64]) -> Option<(f64, f64)> {
    let count = values.len() as f64;
    if values.len() < 2 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / count;
    let squares = values.iter().map(|value| (value - mean).powi(2));
    Some((mean, (squares.sum::<f64>() / (count - 1.0)).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_error_by_hand() {
        assert_eq!(standard_error(0.5, 100), 0.05);
        assert_eq!(standard_error(0.0, 7), 0.0);
        assert!((standard_error(0.1, 4000) - 0.004743).abs() < 1e-6);
        assert_eq!(images_for(0.1, 0.01), 900);
        assert_eq!(images_for(0.5, 0.05), 100);
        assert_eq!(images_for(0.0, 0.1), 1);
    }

    #[test]
    fn the_binomial_by_hand() {
        // (3/4 + 1/4)^3
        let expected = [27.0, 27.0, 9.0, 1.0].map(|count| count / 64.0);
        for (found, expected) in binomial(3, 0.25).into_iter().zip(expected) {
            assert!((found - expected).abs() < 1e-15, "{found} {expected}");
        }
        assert_eq!(binomial(2, 0.0), [1.0, 0.0, 0.0]);
        assert_eq!(binomial(2, 1.0), [0.0, 0.0, 1.0]);
        assert_eq!(binomial(0, 0.3), [1.0]);
    }

    /// Sum, mean and variance of any binomial distribution are 1, n e and n e (1 - e); large n too.
    #[test]
    fn the_binomial_has_its_moments() {
        for (images, error) in [(10, 0.5), (1000, 0.01), (4000, 0.12), (4000, 0.9)] {
            let probabilities = binomial(images, error);
            let moment = |power: i32| -> f64 {
                let terms = probabilities.iter().enumerate();
                terms
                    .map(|(k, p)| p * (k as f64 / images as f64).powi(power))
                    .sum()
            };
            assert!((moment(0) - 1.0).abs() < 1e-9);
            assert!((moment(1) - error).abs() < 1e-9);
            let deviation = (moment(2) - moment(1).powi(2)).sqrt();
            assert!((deviation - standard_error(error, images)).abs() < 1e-8);
        }
    }

    #[test]
    fn the_middle_of_several() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 3.0, 2.0]), Some(2.5));
        assert_eq!(median(&[]), None);
        assert_eq!(mean_and_deviation(&[1.0, 3.0]), Some((2.0, 2.0_f64.sqrt())));
        assert_eq!(mean_and_deviation(&[1.0]), None);
    }
}
