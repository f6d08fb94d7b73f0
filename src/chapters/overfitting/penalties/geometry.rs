//! Two weights: contours of the loss, the ball or diamond of what is small, and where the least is.

use leptos::prelude::*;

use super::settings::{Kind, REACH, Settings, default};
use crate::figures::axes::Axis;
use crate::figures::curves::Line;
use crate::figures::field::{Field, FieldLine, FieldPoint};
use crate::figures::numerals::number;
use crate::figures::palette::Role;
use crate::figures::sheet::Shape;
use crate::theory::penalised::{Penalty, Quadratic, norm};
use crate::ui::drag::Held;
use crate::ui::plane_point::{PlanePoint, PointField};
use crate::ui::plot::Plot;
use crate::ui::slider::{Scale, Slider};

/// Corners of a drawn contour.
const CORNERS: usize = 120;
/// Stops on the way of the least as the penalty grows.
const STOPS: usize = 80;

/// The plane with its controls.
#[component]
pub fn Geometry(
    /// The settings.
    settings: Settings,
) -> impl IntoView {
    let s = settings;
    let figure = Memo::new(move |_| figure(&s.loss(), s.penalty()));
    let point = PlanePoint {
        at: Signal::derive(move || (s.first.get(), s.second.get())),
        set: Callback::new(move |((x, y),): ((f64, f64),)| {
            s.first.set(x);
            s.second.set(y);
        }),
        range: (-REACH, REACH),
        step: 0.05,
    };
    let bounded = move || s.kind.get() == Kind::MaxNorm;
    let words = move || words(&s.loss(), s.penalty());
    view! {
        <div class="penalty-plane">
            <PointField point to_plane=to_plane of="the loss of two weights">
                <Plot figure name="penalty-geometry" height=plane_height />
            </PointField>
            <div class="controls">
                <h3>"Two weights"</h3>
                <p class="finding" role="status" data-number="least">{words}</p>
                <div hidden=bounded>
                    <Slider label="Penalty \u{3bb}" name="strength" value=s.strength scale=Scale::linear(0.0, 5.0, 0.05) default=default::STRENGTH class="run-b"
                        help="What a unit of the penalty costs" />
                </div>
                <div hidden=move || !bounded()>
                    <Slider label="Bound c" name="radius" value=s.radius scale=Scale::linear(0.1, 4.0, 0.05) default=default::RADIUS class="run-b"
                        help="Longest vector of the two weights" />
                </div>
                <Slider label="w\u{2081} of least loss" name="w1" value=s.first scale=Scale::linear(-REACH, REACH, 0.05) default=default::MIDDLE.0 class="run-a" />
                <Slider label="w\u{2082} of least loss" name="w2" value=s.second scale=Scale::linear(-REACH, REACH, 0.05) default=default::MIDDLE.1 class="run-a" />
                <Slider label="Flat curvature" name="flat" value=s.flat scale=Scale::linear(0.1, default::STEEP, 0.1) default=default::FLAT
                    help="Curvature of the loss along the long axis of its contours; along the short one it is 1.6" />
                <Slider label="Angle" name="angle" value=s.angle scale=Scale::linear(-90.0, 90.0, 5.0) default=default::ANGLE unit="\u{b0}"
                    help="Angle of the short axis of the contours" />
            </div>
        </div>
    }
}

/// The plane has one scale in both directions: what lies below the plot and above it is so much taller than what lies beside it.
fn plane_height(width: f64) -> f64 {
    width + 36.0
}

fn to_plane(held: &Held) -> (f64, f64) {
    let frame = plane().frame(held.width, held.height, &held.style);
    (frame.x.value_at(held.x), frame.y.value_at(held.y))
}

fn plane() -> Field {
    Field {
        x: Axis::linear("w\u{2081}").range(-REACH, REACH),
        y: Axis::linear("w\u{2082}").range(-REACH, REACH),
        ..Field::default()
    }
}

/// All weights as small as `weights` for a penalty: a ball, a diamond, or the ball of the bound.
fn region(penalty: Penalty, weights: [f64; 2]) -> Vec<(f64, f64)> {
    let circle = |radius: f64| {
        let turns =
            (0..=CORNERS).map(|corner| std::f64::consts::TAU * corner as f64 / CORNERS as f64);
        turns
            .map(|turn| (radius * turn.cos(), radius * turn.sin()))
            .collect()
    };
    match penalty {
        Penalty::L2(_) => circle(norm(weights)),
        Penalty::MaxNorm(bound) => circle(bound),
        Penalty::L1(_) => {
            let reach = weights[0].abs() + weights[1].abs();
            vec![
                (reach, 0.0),
                (0.0, reach),
                (-reach, 0.0),
                (0.0, -reach),
                (reach, 0.0),
            ]
        }
    }
}

fn figure(loss: &Quadratic, penalty: Penalty) -> Field {
    let least = loss.least(penalty);
    let level = loss.value(least);
    let mut figure = plane();
    let contour = |line, role, level| FieldLine::new(line, role, loss.contour(level, CORNERS));
    // Contours at equal distances along each axis, and the one through the least.
    let steps = (1..=6).map(|step| 0.5 * (0.5 * f64::from(step)).powi(2));
    figure.lines = steps
        .map(|level| contour(Line::Reference, Role::Quiet, level))
        .collect();
    figure.lines.push(contour(Line::Test, Role::RunA, level));
    figure.lines.push(FieldLine::new(
        Line::Test,
        Role::RunB,
        region(penalty, least),
    ));
    // The way of the least, from no penalty to the present one and on.
    let way = (0..=STOPS).map(|stop| {
        let share = stop as f64 / STOPS as f64;
        let strength = (10.0 * share).powi(2);
        let [x, y] = loss.least(match penalty {
            Penalty::L2(_) => Penalty::L2(strength),
            Penalty::L1(_) => Penalty::L1(strength),
            Penalty::MaxNorm(_) => {
                Penalty::MaxNorm((1.0 - share).max(1e-3) * norm(loss.middle).max(1e-3))
            }
        });
        (x, y)
    });
    figure
        .lines
        .push(FieldLine::new(Line::Bound, Role::RunB, way.collect()));
    let point = |[x, y]: [f64; 2], label: &str, role, shape, filled| FieldPoint {
        at: (x, y),
        label: label.to_owned(),
        role,
        filled,
        shape,
    };
    figure.points = vec![
        point([0.0, 0.0], "", Role::Quiet, Shape::Square, false),
        point(loss.middle, "least loss", Role::RunA, Shape::Circle, false),
        point(least, "least in all", Role::RunB, Shape::Diamond, true),
    ];
    figure.sentence = words(loss, penalty);
    figure
}

/// Where the least is, and what it costs.
fn words(loss: &Quadratic, penalty: Penalty) -> String {
    let least = loss.least(penalty);
    let at = |[x, y]: [f64; 2]| format!("({}, {})", number(x, 3), number(y, 3));
    let zeros = least.iter().filter(|weight| **weight == 0.0).count();
    let zero = match (penalty, zeros) {
        (Penalty::L1(_), 1) => format!(
            " w{} is exactly 0.",
            if least[0] == 0.0 {
                "\u{2081}"
            } else {
                "\u{2082}"
            }
        ),
        (Penalty::L1(_), 2) => " Both weights are exactly 0.".to_owned(),
        (Penalty::L1(_), _) => " Neither weight is 0 yet.".to_owned(),
        (Penalty::L2(_), 0) => " Both are smaller, neither is 0.".to_owned(),
        (Penalty::MaxNorm(bound), _) if norm(loss.middle) <= bound => {
            " The bound is not reached: nothing changes.".to_owned()
        }
        _ => String::new(),
    };
    let cost = match penalty {
        Penalty::MaxNorm(bound) => format!(
            "Within the ball of radius {} the loss is least at {}: {}",
            number(bound, 3),
            at(least),
            number(loss.value(least), 3)
        ),
        _ => format!(
            "Loss and penalty together are least at {}: {} + {} = {}",
            at(least),
            number(loss.value(least), 3),
            number(penalty.value(least), 3),
            number(loss.value(least) + penalty.value(least), 3)
        ),
    };
    format!(
        "The loss alone is least at {}. {cost}.{zero}",
        at(loss.middle)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loss() -> Quadratic {
        Quadratic {
            middle: [2.0, 0.8],
            curvatures: [1.6, 0.6],
            angle: 0.35,
        }
    }

    #[test]
    fn the_least_lies_on_the_border_of_its_region() {
        for penalty in [Penalty::L2(1.0), Penalty::MaxNorm(1.2)] {
            let least = loss().least(penalty);
            for (x, y) in region(penalty, least) {
                assert!((x.hypot(y) - norm(least)).abs() < 1e-9);
            }
        }
        let least = loss().least(Penalty::L1(0.3));
        let corner = region(Penalty::L1(0.3), least)[0].0;
        assert!((corner - least[0].abs() - least[1].abs()).abs() < 1e-12);
    }

    #[test]
    fn the_words_tell_zero_from_small() {
        assert!(words(&loss(), Penalty::L1(1.0)).contains("w\u{2082} is exactly 0"));
        assert!(words(&loss(), Penalty::L2(1.0)).contains("neither is 0"));
        assert!(words(&loss(), Penalty::MaxNorm(4.0)).contains("nothing changes"));
    }
}
