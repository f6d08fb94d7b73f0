//! Why units that speak are scaled: counted over many masks, and both conventions compared.

use leptos::prelude::*;

use super::figures;
use super::settings::{MOST_UNITS, Settings, default};
use crate::data::dataset::Dataset;
use crate::engine::dropout::{Dropout, DropoutKind};
use crate::engine::masked_value::MaskedValue;
use crate::engine::random::Stream;
use crate::engine::thinned::Conventions;
use crate::figures::numerals::number;
use crate::lab::mini_batch::MiniBatch;
use crate::theory::dropout::{deviation, mean};
use crate::ui::number::{grouped, significant};
use crate::ui::plot::Plot;
use crate::ui::slider::{Scale, Slider};

/// The count with its table.
#[component]
pub fn Scaling(
    /// The settings.
    settings: Settings,
    /// The mini-batch.
    seen: Memo<Option<MiniBatch>>,
    /// The training images.
    training: Memo<Option<Dataset>>,
) -> impl IntoView {
    let s = settings;
    let activation = Memo::new(move |_| {
        seen.with(|seen| seen.as_ref().map(|seen| seen.activations[s.chosen()]))
    });
    let counted = Memo::new(move |_| {
        let dropout = Dropout::new(DropoutKind::Hidden, s.dropout.get() as f32);
        let mut rng = Stream::Dropout.rng(s.seed.get() as u64);
        let masks = s.masks.get() as usize;
        activation
            .get()
            .map(|activation| MaskedValue::new(activation, &dropout, masks, &mut rng))
    });
    let exact = move || activation.get().map_or(0.0, f64::from);
    let figure = Memo::new(move |_| {
        counted.with(|counted| figures::running(counted.as_ref(), exact(), s.dropout.get()))
    });
    let measured = move |of: fn(&MaskedValue) -> f64| {
        counted.with(|counted| {
            counted
                .as_ref()
                .map_or("\u{2013}".to_owned(), |counted| significant(of(counted), 4))
        })
    };
    let words = move || {
        counted.with(|counted| {
            let Some(counted) = counted.as_ref() else { return String::new() };
            let (a, p) = (exact(), s.dropout.get());
            if a == 0.0 {
                return "This unit is silent by its own sum for this image: 0 under every mask. Choose another unit or image.".to_owned();
            }
            let (value, spread) = (significant(a, 4), deviation(a, p));
            let off = if spread > 0.0 {
                let errors = (counted.mean - a).abs() * (counted.masks as f64).sqrt() / spread;
                format!("{} standard errors off", significant(errors, 2))
            } else {
                "nothing is left to chance".to_owned()
            };
            format!(
                "The unit says a = {value}. Under {} masks it was silent {} times and said {} else; its mean was {}, {off}. Without the factor 1/(1\u{2009}\u{2212}\u{2009}p) it would be {}.",
                grouped(counted.masks as u64),
                grouped(counted.silent as u64),
                significant(a / (1.0 - p), 4),
                significant(counted.mean, 4),
                significant(counted.mean * (1.0 - p), 4),
            )
        })
    };
    let conventions = Memo::new(move |_| {
        seen.with(|seen| {
            training.with(|training| {
                let images = training.as_ref()?.images.view();
                Some(Conventions::new(&seen.as_ref()?.network, images))
            })
        })
    });
    let same = move || {
        conventions.get().map(|found| {
            let off = match found.largest_difference {
                0.0 => "no probability differs at all".to_owned(),
                off => format!(
                    "by rounding, probabilities differ by up to {}",
                    number(f64::from(off), 2)
                ),
            };
            format!(
                "Both conventions predict the same: scaling by 1/(1\u{2009}\u{2212}\u{2009}p) while learning (this page), or learning without it and multiplying the \
                 outgoing weights by 1\u{2009}\u{2212}\u{2009}p for predicting. For {} of {} training images the class is the same; {off}.",
                grouped(found.agreeing as u64),
                grouped(found.images as u64),
            )
        })
    };
    view! {
        <div class="mask-scaling">
            <h3>"What the next layer hears on average"</h3>
            <div class="figures two">
                <Plot figure name="masked-mean" height=|width| (0.55 * width).clamp(210.0, 280.0) />
                <div>
                    <Slider label="Hidden unit" name="unit" value=s.unit scale=Scale::linear(1.0, MOST_UNITS, 1.0) default=default::UNIT
                        help="The unit that is counted, with a square around it" />
                    <Slider label="Masks" name="masks" value=s.masks scale=Scale::whole_logarithmic(1.0, 100_000.0, 10) default=default::MASKS
                        help="Masks that are drawn for this unit" />
                    <table class="moments">
                        <thead><tr><td></td><th scope="col">"measured"</th><th scope="col">"exact"</th></tr></thead>
                        <tbody>
                            <tr><th scope="row">"mean, exactly a"</th>
                                <td data-number="mean">{move || measured(|counted| counted.mean)}</td>
                                <td data-number="exact-mean">{move || significant(mean(exact()), 4)}</td></tr>
                            <tr><th scope="row">"standard deviation, exactly a\u{221a}(p/(1\u{2009}\u{2212}\u{2009}p))"</th>
                                <td data-number="deviation">{move || measured(|counted| counted.deviation)}</td>
                                <td data-number="exact-deviation">{move || significant(deviation(exact(), s.dropout.get()), 4)}</td></tr>
                        </tbody>
                    </table>
                    <p class="finding" role="status" data-number="counted">{words}</p>
                </div>
            </div>
            <p class="finding" role="status" data-number="conventions">{same}</p>
        </div>
    }
}
