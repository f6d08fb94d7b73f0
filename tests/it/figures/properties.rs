//! What holds for every chart, not only for those with a picture.

use proptest::prelude::*;
use softstep::figures::axes::Axis;
use softstep::figures::clipping::clip_polyline;
use softstep::figures::curves::{Curves, Gap, Line, Mark, Rule, Series};
use softstep::figures::labels::spread;
use softstep::figures::mapping::{Mapping, Scale, sensible_range};
use softstep::figures::outline::Rect;
use softstep::figures::palette::Role;
use softstep::figures::thinning::thin;
use softstep::figures::ticks::ticks;
use softstep::figures::{Style, export_svg};

use super::{falling, twin_run};

/// Whatever may reach a figure, reasonable or not.
fn any_value() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -10.0..10.0,
        2 => -1e6..1e6,
        1 => prop::num::f64::ANY,
        1 => Just(0.0),
        1 => Just(f64::NAN),
        1 => Just(f64::INFINITY),
    ]
}

fn any_scale() -> impl Strategy<Value = Scale> {
    prop_oneof![Just(Scale::Linear), Just(Scale::Log10)]
}

proptest! {
    #[test]
    fn mapping_there_and_back(
        low in -1e6..1e6, span in 1e-3..1e6, share in 0.0..1.0, start in -500.0..500.0, length in 20.0..1500.0,
    ) {
        let mapping = Mapping::new(Scale::Linear, (low, low + span), (start, start + length));
        let value = low + share * span;
        let back = mapping.value_at(mapping.position_of(value));
        // The position rounds at 2^-53 of at most 2000 px over at least 20 px, the value at 2^-53 of 2e6.
        prop_assert!((back - value).abs() <= 1e-9 * span + 1e-8);
    }

    #[test]
    fn logarithmic_mapping_there_and_back(
        low in -12.0..6.0, decades in 0.1..12.0, share in 0.0..1.0, start in -500.0..500.0, length in 20.0..1500.0,
    ) {
        let mapping = Mapping::new(Scale::Log10, (10f64.powf(low), 10f64.powf(low + decades)), (start, start + length));
        let value = 10f64.powf(low + share * decades);
        // Twelve decades over 20 px turn 2^-43 px (rounding at 2000 px) into 2^-43 * 0.6 decades: about 2e-13.
        prop_assert!((mapping.value_at(mapping.position_of(value)) / value - 1.0).abs() < 1e-10);
    }

    #[test]
    fn mapping_survives_everything(
        scale in any_scale(), a in any_value(), b in any_value(), start in any_value(), end in any_value(),
        value in any_value(),
    ) {
        let mapping = Mapping::new(scale, (a, b), (start, end));
        let (low, high) = mapping.range();
        prop_assert!(low.is_finite() && high.is_finite() && low < high);
        let position = mapping.position_of(value);
        prop_assert!(position.is_nan() || position.abs() <= 1e5);
        let _ = mapping.value_at(value);
    }

    #[test]
    fn ticks_are_sorted_within_and_few(
        scale in any_scale(), a in any_value(), b in any_value(), at_most in 0_usize..30, whole in any::<bool>(),
    ) {
        let (low, high) = sensible_range(scale, (a, b));
        let ticks = ticks(scale, (a, b), at_most, whole);
        prop_assert!((2..=12).contains(&ticks.len()), "{} ticks", ticks.len());
        prop_assert!(ticks.windows(2).all(|pair| pair[0].value < pair[1].value));
        prop_assert!(ticks.iter().all(|tick| low <= tick.value && tick.value <= high));
        prop_assert!(ticks.windows(2).all(|pair| pair[0].label != pair[1].label), "{ticks:?}");
    }

    #[test]
    fn spread_labels_never_overlap_while_there_is_room(
        wishes in prop::collection::vec(any_value(), 0..12), height in 5.0..20.0, spare in 0.0..300.0,
    ) {
        let high = 10.0 + wishes.len() as f64 * height + spare;
        let centres = spread(&wishes, height, 10.0, high);
        let mut sorted = centres.clone();
        sorted.sort_by(f64::total_cmp);
        // Sums of at most 12 heights in a range below 1000 round at 1e-13 each.
        prop_assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= height - 1e-9));
        prop_assert!(centres.iter().all(|c| c - height / 2.0 >= 10.0 - 1e-9 && c + height / 2.0 <= high + 1e-9));
        for i in 0..wishes.len() {
            for j in 0..wishes.len() {
                if wishes[i] < wishes[j] {
                    prop_assert!(centres[i] < centres[j]);
                }
            }
        }
    }

    #[test]
    fn thinning_keeps_the_extremes_and_both_ends(
        heights in prop::collection::vec(-1e3..1e3, 1..2000), column in 0.5..8.0,
    ) {
        let points: Vec<_> = heights.iter().enumerate().map(|(i, y)| (i as f64 * 0.37, *y)).collect();
        let thinned = thin(&points, column);
        let columns = (points[points.len() - 1].0 / column) as usize + 1;
        prop_assert!(thinned.len() <= 4 * columns);
        prop_assert!(thinned.iter().all(|point| points.contains(point)));
        prop_assert_eq!(thinned[0], points[0]);
        prop_assert_eq!(thinned[thinned.len() - 1], points[points.len() - 1]);
        let extremes = |points: &[(f64, f64)]| {
            points.iter().fold((f64::MAX, f64::MIN), |(low, high), p| (low.min(p.1), high.max(p.1)))
        };
        prop_assert_eq!(extremes(&thinned), extremes(&points));
    }

    #[test]
    fn clipped_pieces_lie_inside(line in prop::collection::vec((any_value(), any_value()), 0..30)) {
        let clip = Rect::new(-3.0, -2.0, 5.0, 4.0);
        for piece in clip_polyline(&line, &clip) {
            prop_assert!(piece.len() > 1);
            // Crossings are interpolated between ends as far as 1e308 apart; those beyond 1e6 may round visibly, and
            // positions never get there (a mapping ends at 1e5).
            if line.iter().all(|p| !(p.0.abs() > 1e6 || p.1.abs() > 1e6)) {
                prop_assert!(piece.iter().all(|point| clip.grown(1e-6).contains(*point)));
            }
        }
    }

    #[test]
    fn names_never_overlap_nor_leave_the_figure(
        width in 300.0..1100.0_f64,
        height in 220.0..500.0_f64,
        shown in 1_usize..100,
        floors in prop::collection::vec(0.0..2.0, 4),
        mark_at in prop::collection::vec(0_usize..100, 0..4),
        scale in any_scale(),
        lecture in any::<bool>(),
    ) {
        let mut chart = twin_run();
        chart.y.scale = scale;
        for (series, floor) in chart.series.iter_mut().zip(&floors) {
            series.points = falling(100, 2.3, *floor, 0.1, 0.0, 0.05);
            series.points.truncate(shown);
        }
        chart.marks = mark_at
            .iter()
            .map(|&at| Mark::new(chart.series[1].points[at % shown], Role::RunA, format!("best loss, epoch {at}")))
            .collect();
        chart.rules = vec![Rule::at_x(shown as f64, "now"), Rule::at_y(1.0, "chance")];
        let style = Style { scale: if lecture && width > 700.0 { 1.6 } else { 1.0 }, ..Style::default() };
        let layout = chart.layout(width, height, &style);
        let bounds = Rect::new(0.0, 0.0, width, height);
        for (index, name) in layout.names.iter().enumerate() {
            prop_assert!(bounds.grown(0.5).holds(&name.place), "{name:?} leaves {bounds:?}");
            for other in &layout.names[..index] {
                prop_assert_eq!(name.place.overlap(&other.place), 0.0, "{:?} over {:?}", name, other);
            }
        }
        prop_assert!(layout.frame.plot.width() > width * 0.45);
    }

    #[test]
    fn no_chart_panics(
        points in prop::collection::vec((any_value(), any_value()), 0..40),
        range in prop::option::of((any_value(), any_value())),
        width in any_value(), height in any_value(), scale in any_scale(),
    ) {
        let chart = Curves {
            x: Axis { scale, range, ..Axis::linear("x") },
            y: Axis { scale, ..Axis::linear("y") },
            series: vec![
                Series::new(Line::Training, Role::RunA, "a", points.clone()),
                Series::new(Line::Test, Role::RunB, "b", points.iter().rev().copied().collect()),
            ],
            gaps: vec![Gap { between: 0, and: 1, role: Role::RunA }, Gap { between: 0, and: 9, role: Role::RunB }],
            marks: points.iter().take(3).map(|at| Mark::new(*at, Role::Ink, "here").guides()).collect(),
            rules: points.iter().take(2).map(|at| Rule::at_x(at.0, "now")).collect(),
            empty: "nothing".into(),
        };
        let drawn = export_svg(&chart, "t", width.clamp(0.0, 900.0), height.clamp(0.0, 600.0), &Style::default());
        prop_assert!(drawn.starts_with("<svg") && drawn.trim_end().ends_with("</svg>"));
        let shapes = drawn.split("</desc>").nth(1).expect("a description");
        prop_assert!(!shapes.contains("NaN") && !shapes.contains("inf"));
    }
}
