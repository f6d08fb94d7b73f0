//! The same formula in 32-bit floating point: as it is defined, and with the largest logit taken off first.

use leptos::prelude::*;

use super::super::notation::plain;
use super::settings::{Bench, CLASSES};
use crate::theory::softmax::{NaiveOutcome, NaiveSoftmax, naive_breaks_at, naive_softmax, softmax};

/// Both evaluations in one table, and where the naive one breaks.
#[component]
pub fn Arithmetic(
    /// What follows from the settings.
    bench: Memo<Bench>,
) -> impl IntoView {
    let both = Memo::new(move |_| bench.with(Both::of));
    let row = move |class: usize| {
        let cell = move |of: fn(&Both, usize) -> f32| {
            move || both.with(|both| written(both.as_ref().map(|both| of(both, class))))
        };
        let broken = move || {
            both.with(|both| {
                both.as_ref()
                    .is_some_and(|both| !both.naive.probabilities[class].is_finite())
            })
        };
        view! {
            <tr>
                <th scope="row">{class}</th>
                <td>{cell(|both, i| both.logits[i])}</td>
                <td>{cell(|both, i| both.naive.exponentials[i])}</td>
                <td class:broken=broken>{cell(|both, i| both.naive.probabilities[i])}</td>
                <td>{cell(|both, i| both.exponents[i])}</td>
                <td>{cell(|both, i| both.exponents[i].exp())}</td>
                <td>{cell(|both, i| both.stable[i])}</td>
            </tr>
        }
    };
    let sum = move |of: fn(&Both) -> f32| move || both.with(|both| written(both.as_ref().map(of)));
    let outcome_of = move || both.with(|both| both.as_ref().map(|both| both.naive.outcome));
    view! {
        <div class="table" role="region" aria-label="Naive and stable softmax in 32 bits" tabindex="0">
            <table class="arithmetic">
                <thead>
                    <tr>
                        <th rowspan="2">"class"</th>
                        <th rowspan="2">"z = c(a + k)"</th>
                        <th colspan="2">"as defined"</th>
                        <th colspan="3">"with m = max z taken off"</th>
                    </tr>
                    <tr><th>"exp z"</th><th>"p"</th><th>"z \u{2212} m"</th><th>"exp(z \u{2212} m)"</th><th>"p"</th></tr>
                </thead>
                <tbody>{(0..CLASSES).map(row).collect_view()}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">"sum"</th>
                        <td></td>
                        <td>{sum(|both| both.naive.sum)}</td>
                        <td>{sum(|both| both.naive.probabilities.iter().sum())}</td>
                        <td></td>
                        <td>{sum(|both| both.exponents.iter().map(|e| e.exp()).sum())}</td>
                        <td>{sum(|both| both.stable.iter().sum())}</td>
                    </tr>
                </tfoot>
            </table>
        </div>
        <p class="outcome" data-outcome=move || outcome_of().map_or("limit", kind)>
            {move || outcome_of().map_or_else(
                || "In the limit c \u{2192} \u{221e} there are no logits to calculate with. Choose \u{201c}at c\u{201d} and let c grow.".to_owned(),
                outcome,
            )}
        </p>
        <p class="breaks">{move || bench.with(breaks)}</p>
    }
}

/// The two evaluations in `f32`, one axis (class).
#[derive(Clone, Debug, PartialEq)]
struct Both {
    logits: [f32; CLASSES],
    naive: NaiveSoftmax<f32>,
    /// z - m.
    exponents: Vec<f32>,
    stable: Vec<f32>,
}

impl Both {
    /// None in the limit c -> infinity.
    fn of(bench: &Bench) -> Option<Self> {
        let logits = bench.scaled()?.map(|z| z as f32);
        let largest = logits.iter().copied().fold(f32::MIN, f32::max);
        Some(Self {
            logits,
            naive: naive_softmax(&logits),
            exponents: logits.iter().map(|z| z - largest).collect(),
            stable: softmax(&logits),
        })
    }
}

/// A number of the table. An infinity is a number that the format gives, not a word.
fn written(value: Option<f32>) -> String {
    let Some(value) = value else {
        return "\u{2013}".to_owned();
    };
    match f64::from(value) {
        value if value.is_nan() => "NaN".to_owned(),
        f64::INFINITY => "\u{221e}".to_owned(),
        value => plain(value),
    }
}

fn kind(outcome: NaiveOutcome) -> &'static str {
    match outcome {
        NaiveOutcome::Sound => "sound",
        NaiveOutcome::ExponentialOverflow => "overflow",
        NaiveOutcome::SumOverflow => "sum-overflow",
        NaiveOutcome::Underflow => "underflow",
        NaiveOutcome::NotANumber => "nan",
    }
}

fn outcome(outcome: NaiveOutcome) -> String {
    match outcome {
        NaiveOutcome::Sound => "Here both agree, up to rounding.".to_owned(),
        NaiveOutcome::ExponentialOverflow => format!(
            "An exponential is larger than {}, the largest number of 32 bits: infinity divided by infinity is not a number.",
            plain(f64::from(f32::MAX))
        ),
        NaiveOutcome::SumOverflow => {
            "Every exponential fits, but their sum does not: a number divided by infinity is 0, ten times.".to_owned()
        }
        NaiveOutcome::Underflow => {
            "Every exponential is smaller than the smallest number of 32 bits: 0 divided by 0 is not a number.".to_owned()
        }
        NaiveOutcome::NotANumber => "A logit is not a number.".to_owned(),
    }
}

/// Where the naive evaluation breaks: along these logits as c grows, and in the two plainest cases.
fn breaks(bench: &Bench) -> String {
    let raised = bench.logits.map(|a| (a + bench.added) as f32);
    let here = match naive_breaks_at(&raised) {
        Some((c, NaiveOutcome::Underflow)) => {
            let largest = raised.iter().copied().fold(f32::MIN, f32::max);
            format!(
                "With these a + k the definition breaks down at c = {}, where even the largest logit is {} and every exponential rounds to 0.",
                plain(f64::from(c)),
                plain(f64::from(c * largest))
            )
        }
        Some((c, _)) => {
            let largest = raised.iter().copied().fold(f32::MIN, f32::max);
            format!(
                "With these a + k the definition breaks down at c = {}, where the largest logit reaches {}.",
                plain(f64::from(c)),
                number(c * largest)
            )
        }
        None => "With all a + k at 0 no c breaks the definition.".to_owned(),
    };
    let mut alone = [0.0; CLASSES];
    alone[0] = 1.0;
    let at = |direction: &[f32]| {
        naive_breaks_at(direction).map_or("nowhere".to_owned(), |(logit, _)| number(logit))
    };
    format!(
        "{here} A single large logit breaks it at {}, ten equal ones at {}, ten equal negative ones at \u{2212}{}: found just now, \
         to the last bit, by halving the interval between a number that works and one that does not. With the largest logit taken off, \
         no exponent is above 0 and one is 0, so the sum is between 1 and 10.",
        at(&alone),
        at(&[1.0; CLASSES]),
        at(&[-1.0; CLASSES]),
    )
}

/// A logit to six digits.
fn number(logit: f32) -> String {
    crate::figures::numerals::number(f64::from(logit), 6)
}

#[cfg(test)]
mod tests {
    use super::super::settings::default;
    use super::*;

    #[test]
    fn the_definition_breaks_where_the_exponential_leaves_the_format() {
        let text = breaks(&Bench::new(default::LOGITS, 90.0, 1.0, 1.0));
        // ln of the largest f32 is 88.7228; ten of them overflow their sum from 88.7228 - ln 10 = 86.4203 on.
        assert!(
            text.contains("single large logit breaks it at 88.7228"),
            "{text}"
        );
        assert!(text.contains("ten equal ones at 86.4203"), "{text}");
        assert!(text.contains("\u{2212}103.972"), "{text}");
    }

    #[test]
    fn the_arithmetic_is_that_of_the_shown_c() {
        // In the limit c -> 0 every logit is 0, whatever the slider says; for c -> infinity there is none.
        let both = Both::of(&Bench::new(default::LOGITS, 90.0, 5.0, 0.0)).expect("c is finite");
        assert_eq!(both.naive.outcome, NaiveOutcome::Sound);
        assert_eq!(both.stable, [0.1; CLASSES]);
        assert_eq!(
            Both::of(&Bench::new(default::LOGITS, 0.0, 5.0, f64::INFINITY)),
            None
        );
    }

    #[test]
    fn a_constant_breaks_the_naive_and_not_the_stable_evaluation() {
        let both = Both::of(&Bench::new(default::LOGITS, 90.0, 1.0, 1.0)).expect("c is finite");
        assert_eq!(both.naive.outcome, NaiveOutcome::ExponentialOverflow);
        assert!((both.stable.iter().sum::<f32>() - 1.0).abs() < 1e-6);
    }
}
