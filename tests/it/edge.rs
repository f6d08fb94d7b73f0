//! Where in the plane the limit is not what the perceptrons say.

use softstep::theory::edge::{edge_segments, limit_map};
use softstep::theory::limit::{LimitValue, limit_values};
use softstep::theory::logic::{self, WeightKind, random_network};
use softstep::theory::perceptron::{Perceptron, PerceptronNetwork};
use softstep::theory::plane::{PlaneGrid, output_map};
use softstep::theory::weighted_input::exact_weighted_input;

fn unit(weights: &[f64], bias: f64) -> Perceptron {
    Perceptron::new(weights, bias)
}

/// x1 + x2 - 1 = 0: the diagonal of the unit square, where the limit is 1/2 and the perceptron says 0; the pixels on
/// it are those with column = row.
#[test]
fn the_edge_is_a_line() {
    let network = logic::on_the_edge();
    let grid = PlaneGrid::new((0.0, 1.0), (0.0, 1.0), 64, 64);
    let segments = edge_segments(&network, &grid);
    assert_eq!(segments.len(), 1);
    let ends = [segments[0].from, segments[0].to];
    assert!(ends.contains(&(1.0, 0.0)) && ends.contains(&(0.0, 1.0)));
    assert!(segments[0].differs(0));
    let (map, perceptrons) = (limit_map(&network, &grid, 0), output_map(&network, &grid));
    for row in 0..64 {
        for column in 0..64 {
            let pixel = row * 64 + column;
            let differs = !map[pixel].agrees_with(perceptrons[pixel] & 1 == 1);
            assert_eq!(differs, row == column);
        }
    }
}

/// The triangle's sides are edges; beyond the corners the lines go on, but the AND absorbs them. On a side the AND
/// sees 1 + 1 + 1/2 - 5/2 = 0.
#[test]
fn a_line_is_absorbed_outside_the_triangle() {
    let segments = edge_segments(
        &logic::triangle(),
        &PlaneGrid::new((-1.0, 2.0), (-1.0, 3.0), 8, 8),
    );
    // Three lines, each cut by the two others.
    assert_eq!(segments.len(), 9);
    let sides: Vec<_> = segments
        .iter()
        .filter(|segment| segment.differs(0))
        .collect();
    assert_eq!(sides.len(), 3);
    assert!(sides.iter().all(|side| side.limits == [LimitValue::Half]));
    // Corners: x2 = 1/8 with x2 = 2 x1 and x2 = 2 - 2 x1, and the apex (1/2, 1).
    let corners = [(0.0625, 0.125), (0.9375, 0.125), (0.5, 1.0)];
    assert!(
        sides
            .iter()
            .all(|side| corners.contains(&side.from) && corners.contains(&side.to))
    );
}

/// A later neuron on its edge: p + q - 1 with p = [x1 > 0], q = [x2 > 0] is 0 where exactly one fires, on two whole
/// quadrants.
#[test]
fn a_later_edge_is_a_region() {
    let layers = vec![
        vec![unit(&[1.0, 0.0], 0.0), unit(&[0.0, 1.0], 0.0)],
        vec![unit(&[1.0, 1.0], -1.0)],
    ];
    let network = PerceptronNetwork::new(2, layers).unwrap();
    let map = limit_map(
        &network,
        &PlaneGrid::new((-1.0, 1.0), (-1.0, 1.0), 10, 10),
        0,
    );
    let half = map
        .iter()
        .filter(|limit| **limit == LimitValue::Half)
        .count();
    assert_eq!(half, 50);
}

/// Limits on segments and in pixels against [`limit_values`], the same question asked at one input.
#[test]
fn maps_agree_with_single_inputs() {
    let mut compared = 0;
    for seed in 0..40 {
        let network = random_network(seed, 2, &[5, 4, 2], WeightKind::HalfInteger).unwrap();
        let grid = PlaneGrid::new((-1.0, 2.0), (-1.0, 2.0), 12, 15);
        for output in 0..2 {
            let map = limit_map(&network, &grid, output);
            for row in 0..grid.rows {
                for column in 0..grid.columns {
                    let limits = limit_values(&network, &grid.input_at(column, row));
                    assert_eq!(map[row * grid.columns + column], limits[2][output]);
                }
            }
        }
        for segment in edge_segments(&network, &grid) {
            let middle = [
                (segment.from.0 + segment.to.0) / 2.0,
                (segment.from.1 + segment.to.1) / 2.0,
            ];
            // Only middles that rounding has left on their line can be asked as inputs.
            let on_line = |&j: &usize| {
                let unit = &network.layers()[0][j];
                exact_weighted_input(1.0, &unit.weights, unit.bias, &middle).is_zero()
            };
            if segment.neurons.iter().all(on_line) {
                assert_eq!(limit_values(&network, &middle)[2], segment.limits);
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "only {compared}");
}
