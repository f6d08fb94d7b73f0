//! Where in the plane the limit is not what the perceptrons say: lines, and sometimes regions.

use super::super::maps::{RANGE, SIDE, cells, grid, plane};
use crate::figures::curves::Line;
use crate::figures::field::{Cells, Field, FieldLine};
use crate::figures::numerals::number;
use crate::figures::palette::Role;
use crate::theory::edge::{EdgeSegment, edge_segments, limit_map};
use crate::theory::perceptron::PerceptronNetwork;
use crate::theory::plane::{first_layer_map, output_map};
use crate::ui::number::grouped;

/// The limit of one output over the plane, and the lines on which it differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Differing {
    cells: Option<Cells>,
    lines: Vec<(bool, EdgeSegment)>,
    /// Pixels off the lines at which the limit is not what the perceptron says.
    pixels: usize,
    /// Length of all pieces on which it differs, and of all edge lines.
    length: (f64, f64),
}

impl Differing {
    /// Computes all of it exactly, for one output.
    pub fn of(network: &PerceptronNetwork, still: &[f64], output: usize) -> Self {
        let Some(grid) = grid(still, SIDE) else {
            return Self {
                cells: None,
                lines: Vec::new(),
                pixels: 0,
                length: (0.0, 0.0),
            };
        };
        let limits = limit_map(network, &grid, output);
        let bits = output_map(network, &grid);
        // A pixel's middle may lie on a line by the luck of the grid; such pixels belong to the lines.
        let on_a_line = first_layer_map(network, &grid);
        let differs = |pixel: usize| {
            on_a_line[pixel].edges == 0
                && !limits[pixel].agrees_with(bits[pixel] >> output & 1 == 1)
        };
        let pixels = (0..limits.len()).filter(|pixel| differs(*pixel)).count();
        let values = limits.iter().map(|limit| limit.value() as f32).collect();
        let segments = edge_segments(network, &grid);
        let size = |segment: &EdgeSegment| {
            (segment.to.0 - segment.from.0).hypot(segment.to.1 - segment.from.1)
        };
        let lines: Vec<(bool, EdgeSegment)> = segments
            .into_iter()
            .map(|segment| (segment.differs(output), segment))
            .collect();
        let all = lines.iter().map(|(_, segment)| size(segment)).sum();
        let wrong = lines
            .iter()
            .filter(|(differs, _)| *differs)
            .map(|(_, segment)| size(segment))
            .sum();
        Self {
            cells: Some(cells(values, SIDE)),
            lines,
            pixels,
            length: (wrong, all),
        }
    }

    /// The map with its lines.
    pub fn field(&self, input: &[f64], output: usize) -> Field {
        let lines = self.lines.iter().map(|(differs, segment)| {
            let points = vec![segment.from, segment.to];
            if *differs {
                FieldLine::new(Line::Test, Role::RunB, points)
            } else {
                FieldLine::new(Line::Bound, Role::RunA, points)
            }
        });
        Field {
            cells: self.cells.clone(),
            lines: lines.collect(),
            ..plane(
                input,
                format!(
                    "The limit of output {} over the plane. {}",
                    output + 1,
                    self.words()
                ),
            )
        }
    }

    /// What the map shows, in words.
    pub fn words(&self) -> String {
        let (wrong, all) = self.length;
        let lines = if self.lines.is_empty() {
            "No neuron of the first layer has an edge here.".to_owned()
        } else {
            format!(
                "Edges of the first layer: dotted where the limit agrees with the perceptrons, thick where it does not, on {} of {} units of length. \
                 A line has no area: an input drawn by chance misses it.",
                number(wrong, 3),
                number(all, 3)
            )
        };
        let regions = if self.pixels == 0 {
            String::new()
        } else {
            format!(
                " But off the lines too it differs, in {} of {} pixels: there a later neuron is on its edge for a whole region of inputs.",
                grouped(self.pixels as u64),
                grouped((SIDE * SIDE) as u64)
            )
        };
        format!(
            "Shown from {} to {} in both directions. {lines}{regions}",
            number(RANGE.0, 2),
            number(RANGE.1, 2)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::logic;

    #[test]
    fn pixels_on_a_line_are_not_a_region() {
        let differing = Differing::of(&logic::on_the_edge(), &[0.0, 1.0], 0);
        assert_eq!(differing.pixels, 0);
        assert!((differing.length.0 - 3.0 * 2_f64.sqrt()).abs() < 1e-12);
        assert_eq!(differing.length.0, differing.length.1);
    }
}
