//! The line chart: training curves, functions, anything that is a height over a width.
//!
//! Curves are named directly at their right ends, never in a legend. Training data is drawn thin and dashed, test data
//! thick and solid. A NaN is a gap. On a logarithmic axis 0 lies on the floor of the plot and a negative value is a
//! gap (see [`Scale::Log10`](super::mapping::Scale::Log10)).
//!
//! | file | what it does |
//! |---|---|
//! | `layout`, `names` | values and style to positions, before any ink |
//! | `ink` | positions to ink |
//! | `sentence` | the accessible description |

use super::axes::Axis;
use super::palette::Role;
use super::sheet::{Shape, Sheet};
use super::{Drawn, Figure};

mod ink;
mod layout;
mod names;
mod sentence;

pub(super) use ink::stroke_of;
pub use layout::CurveLayout;
pub use names::Name;

/// How a curve is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Measured on training data: thin, dashed.
    Training,
    /// Measured on test data, or the main curve of a figure: thick, solid.
    Test,
    /// What the main curve is compared with: thin, solid.
    Reference,
    /// A bound or a limit: thin, dotted.
    Bound,
}

/// A curve.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Name at its right end.
    pub label: String,
    /// Name where there is little room; empty to shorten the label.
    pub short: String,
    /// Colour.
    pub role: Role,
    /// Drawn how.
    pub line: Line,
    /// (x, y) in data units, by ascending x; NaN leaves a gap.
    pub points: Vec<(f64, f64)>,
}

impl Series {
    /// A curve.
    pub fn new(line: Line, role: Role, label: impl Into<String>, points: Vec<(f64, f64)>) -> Self {
        Self {
            label: label.into(),
            short: String::new(),
            role,
            line,
            points,
        }
    }

    /// Values that were measured one by one: a dot each, as thick as the main curve, and no line between them.
    pub fn dots(role: Role, label: impl Into<String>, points: &[(f64, f64)]) -> Self {
        // A point between two gaps is drawn as a dot.
        let apart = points
            .iter()
            .flat_map(|point| [*point, (point.0, f64::NAN)])
            .collect();
        Self::new(Line::Test, role, label, apart)
    }

    /// With a short name for narrow figures.
    pub fn short(self, short: impl Into<String>) -> Self {
        Self {
            short: short.into(),
            ..self
        }
    }
}

/// The shaded gap between two series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// Index of one series.
    pub between: usize,
    /// Index of the other.
    pub and: usize,
    /// Colour.
    pub role: Role,
}

/// A point worth a name, such as the best epoch.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where, in data units.
    pub at: (f64, f64),
    /// Its name; empty for none.
    pub label: String,
    /// Its name where there is little room; empty to keep the label.
    pub short: String,
    /// Colour.
    pub role: Role,
    /// Outline of the marker.
    pub shape: Shape,
    /// Whether the marker is filled.
    pub filled: bool,
    /// Whether thin lines lead from it to both axes.
    pub guides: bool,
}

impl Mark {
    /// An open circle with a name.
    pub fn new(at: (f64, f64), role: Role, label: impl Into<String>) -> Self {
        Self {
            at,
            label: label.into(),
            short: String::new(),
            role,
            shape: Shape::Circle,
            filled: false,
            guides: false,
        }
    }

    /// With a short name for narrow figures.
    pub fn short(self, short: impl Into<String>) -> Self {
        Self {
            short: short.into(),
            ..self
        }
    }

    /// With another outline.
    pub fn shape(self, shape: Shape) -> Self {
        Self { shape, ..self }
    }

    /// Filled.
    pub fn filled(self) -> Self {
        Self {
            filled: true,
            ..self
        }
    }

    /// With guides to the axes.
    pub fn guides(self) -> Self {
        Self {
            guides: true,
            ..self
        }
    }
}

/// A line across the plot at one value, such as "now" or "chance".
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The value.
    pub at: f64,
    /// Whether it stands at a value of x; else it lies at a value of y.
    pub upright: bool,
    /// Its name; empty for none.
    pub label: String,
    /// Colour.
    pub role: Role,
}

impl Rule {
    /// An upright line at a value of x.
    pub fn at_x(x: f64, label: impl Into<String>) -> Self {
        Self {
            at: x,
            upright: true,
            label: label.into(),
            role: Role::Quiet,
        }
    }

    /// A level line at a value of y.
    pub fn at_y(y: f64, label: impl Into<String>) -> Self {
        Self {
            upright: false,
            ..Self::at_x(y, label)
        }
    }
}

/// The line chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curves {
    /// What runs along the bottom.
    pub x: Axis,
    /// What runs up the side.
    pub y: Axis,
    /// The curves; later ones lie above earlier ones of the same [`Line`].
    pub series: Vec<Series>,
    /// Shaded gaps.
    pub gaps: Vec<Gap>,
    /// Named points.
    pub marks: Vec<Mark>,
    /// Lines across the plot.
    pub rules: Vec<Rule>,
    /// What stands inside the axes while no series has a point: what will appear, and how to start it.
    pub empty: String,
}

impl Figure for Curves {
    fn draw(&self, sheet: &Sheet<'_>) -> Drawn {
        let layout = self.layout(sheet.width(), sheet.height(), sheet.style());
        ink::draw(self, &layout, sheet)
    }

    fn describe(&self) -> String {
        sentence::describe(self)
    }
}
