//! Where neurons, edges and numbers of a network diagram stand: pure values in the units of its view box.

/// Radius of a neuron.
pub const RADIUS: f64 = 19.0;
/// Distance between layers.
const ACROSS: f64 = 150.0;
/// Distance between neurons of a layer: a neuron, its bias and the weighted input of the next one fit in.
const DOWN: f64 = 82.0;
/// Room left of the inputs and right of the outputs.
const MARGIN: f64 = 52.0;
/// Room above the first and below the last neuron: weighted input and bias stand there.
const HEAD: f64 = 44.0;
/// Vertical distance below which two numbers would touch.
const NUMBER_HEIGHT: f64 = 12.5;
/// How far along an edge, from its source, its number may stand.
const PLACES: [f64; 10] = [0.5, 0.42, 0.58, 0.36, 0.64, 0.32, 0.68, 0.29, 0.71, 0.26];

/// Numbers of inputs and of neurons in each layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Inputs, then the neurons of each layer.
    pub columns: Vec<usize>,
}

impl Shape {
    fn tallest(&self) -> usize {
        self.columns.iter().copied().max().unwrap_or(1)
    }

    /// Width and height of the diagram.
    pub fn size(&self) -> (f64, f64) {
        let across = ACROSS * (self.columns.len().saturating_sub(1)) as f64 + 2.0 * MARGIN;
        let down = DOWN * (self.tallest().saturating_sub(1)) as f64 + 2.0 * HEAD;
        (across, down)
    }

    /// The middle of a node; column 0 holds the inputs.
    pub fn place(&self, column: usize, row: usize) -> (f64, f64) {
        let count = self.columns[column];
        let (_, height) = self.size();
        let top = (height - DOWN * (count.saturating_sub(1)) as f64) / 2.0;
        (MARGIN + ACROSS * column as f64, top + DOWN * row as f64)
    }

    /// Both ends of an edge into `column`, on the outlines of its nodes.
    pub fn edge(&self, column: usize, from: usize, to: usize) -> ((f64, f64), (f64, f64)) {
        let (a, b) = (self.place(column - 1, from), self.place(column, to));
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let length = dx.hypot(dy);
        let (ux, uy) = (dx / length * RADIUS, dy / length * RADIUS);
        ((a.0 + ux, a.1 + uy), (b.0 - ux, b.1 - uy))
    }

    /// Where along the edges into `column` their numbers stand, as a share of the way from the source, so that no two
    /// numbers touch; none where there are too many edges for that.
    pub fn number_share(&self, column: usize) -> Option<f64> {
        let gap_at = |share: f64| {
            let mut heights: Vec<f64> = (0..self.columns[column - 1])
                .flat_map(|from| (0..self.columns[column]).map(move |to| (from, to)))
                .map(|(from, to)| self.number_place(column, from, to, share).1)
                .collect();
            heights.sort_by(f64::total_cmp);
            heights
                .windows(2)
                .map(|pair| pair[1] - pair[0])
                .fold(f64::INFINITY, f64::min)
        };
        // The first of the best: near the middle where that is as good.
        let mut best: Option<(f64, f64)> = None;
        for share in PLACES {
            let gap = gap_at(share);
            if best.is_none_or(|(_, most)| gap > most + 0.5) {
                best = Some((share, gap));
            }
        }
        best.filter(|(_, gap)| *gap >= NUMBER_HEIGHT)
            .map(|(share, _)| share)
    }

    /// The middle of an edge's number at `share` of the way.
    pub fn number_place(&self, column: usize, from: usize, to: usize, share: f64) -> (f64, f64) {
        let (a, b) = (self.place(column - 1, from), self.place(column, to));
        (a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_half_adder_shows_all_its_numbers() {
        let shape = Shape {
            columns: vec![2, 3, 3, 2],
        };
        for column in 1..4 {
            let share = shape.number_share(column).expect("room for every number");
            let mut heights = Vec::new();
            for from in 0..shape.columns[column - 1] {
                for to in 0..shape.columns[column] {
                    heights.push(shape.number_place(column, from, to, share).1);
                }
            }
            heights.sort_by(f64::total_cmp);
            assert!(heights.windows(2).all(|pair| pair[1] - pair[0] >= 12.0));
        }
    }

    #[test]
    fn eight_by_eight_edges_have_no_room_for_numbers() {
        let shape = Shape {
            columns: vec![8, 8],
        };
        assert_eq!(shape.number_share(1), None);
    }

    #[test]
    fn everything_stands_inside() {
        for columns in [vec![1, 1], vec![8, 1, 8], vec![2, 3, 3, 2, 1, 1, 1]] {
            let shape = Shape { columns };
            let (width, height) = shape.size();
            for column in 0..shape.columns.len() {
                for row in 0..shape.columns[column] {
                    let (x, y) = shape.place(column, row);
                    assert!(x > RADIUS && x < width - RADIUS);
                    assert!(y > RADIUS && y < height - RADIUS);
                }
            }
        }
    }
}
