//! Long series, thinned to what a row of pixels can show.

use super::outline::Point;

/// At most four points for each column of `column` CSS pixels: the first, the lowest, the highest and the last, in
/// their order, so that no spike is lost and the line enters and leaves each column where it did. Points that are not
/// finite stay as one gap each. A series whose x ever decreases is returned as it is.
pub fn thin(points: &[Point], column: f64) -> Vec<Point> {
    let finite = |point: &Point| point.0.is_finite() && point.1.is_finite();
    let mut last_x = f64::NEG_INFINITY;
    let sorted = points.iter().filter(|p| finite(p)).all(|p| {
        let ascends = p.0 >= last_x;
        last_x = p.0;
        ascends
    });
    if !sorted || column.is_nan() || column <= 0.0 {
        return points.to_vec();
    }
    let mut kept: Vec<Point> = Vec::new();
    let mut start = 0;
    while start < points.len() {
        if !finite(&points[start]) {
            if kept.last().is_none_or(finite) {
                kept.push(points[start]);
            }
            start += 1;
            continue;
        }
        let bucket = (points[start].0 / column).floor();
        let mut end = start;
        let (mut lowest, mut highest) = (start, start);
        while end < points.len()
            && finite(&points[end])
            && (points[end].0 / column).floor() == bucket
        {
            if points[end].1 < points[lowest].1 {
                lowest = end;
            }
            if points[end].1 > points[highest].1 {
                highest = end;
            }
            end += 1;
        }
        let mut chosen = [start, lowest.min(highest), lowest.max(highest), end - 1].to_vec();
        chosen.dedup();
        kept.extend(chosen.into_iter().map(|index| points[index]));
        start = end;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spike_survives() {
        let points: Vec<Point> = (0..10_000)
            .map(|i| (f64::from(i) * 0.01, if i == 5_003 { 99.0 } else { 1.0 }))
            .collect();
        let thinned = thin(&points, 1.0);
        assert!(thinned.len() <= 400);
        assert!(thinned.contains(&(50.03, 99.0)));
    }

    #[test]
    fn short_series_and_gaps_stay_as_they_are() {
        let points = [(0.0, 1.0), (5.0, 2.0), (7.0, f64::NAN), (9.0, 1.0)];
        let thinned = thin(&points, 1.0);
        assert_eq!(thinned.len(), 4);
        assert!(thinned[2].1.is_nan());
        let backwards = [(3.0, 0.0), (1.0, 0.0), (1.0, 5.0), (1.0, 2.0)];
        assert_eq!(thin(&backwards, 10.0), backwards);
    }
}
