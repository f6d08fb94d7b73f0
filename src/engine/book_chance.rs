//! The chance of the programs in Nielsen's "Neural Networks and Deep Learning" (`network.py`, `network2.py`; Python 2 with
//! NumPy), number by number, so that a published run can be repeated: initial weights from NumPy's
//! `RandomState(seed).randn`, the order of the examples from `random.shuffle` after `random.seed(seed)`.

use super::mersenne_twister::MersenneTwister;
use super::random::Rng;
use rand::seq::SliceRandom;

/// Standard normal numbers as NumPy's `RandomState` makes them: the polar method of Marsaglia, whose second number is kept
/// for the next call.
#[derive(Clone, Debug)]
struct PolarNormals {
    twister: MersenneTwister,
    kept: Option<f64>,
}

impl PolarNormals {
    fn new(seed: u32) -> Self {
        Self {
            twister: MersenneTwister::from_word(seed),
            kept: None,
        }
    }

    fn next(&mut self) -> f64 {
        if let Some(kept) = self.kept.take() {
            return kept;
        }
        loop {
            let x = 2.0 * self.twister.next_unit() - 1.0;
            let y = 2.0 * self.twister.next_unit() - 1.0;
            let square = x * x + y * y;
            if square < 1.0 && square != 0.0 {
                let factor = (-2.0 * square.ln() / square).sqrt();
                self.kept = Some(factor * x);
                return factor * y;
            }
        }
    }
}

/// How the book's programs scale their initial weights. Biases are N(0, 1) in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BookWeights {
    /// w ~ N(0, 1): `large_weight_initializer`, called after the constructor has drawn weights of the other kind, which
    /// are thrown away.
    Large,
    /// w ~ N(0, 1 / n_in): `default_weight_initializer`, what the constructor draws.
    Default,
}

/// Initial parameters of a dense network as the book's programs draw them with NumPy seeded by `seed`: the biases of all
/// layers, then the weights of all layers. `sizes` are those of the program's `Network(sizes)`: inputs, then each layer's
/// units. The answer is in the order of [`Network::parameters`](super::network::Network::parameters): each layer's weights
/// (output, input), then its biases.
///
/// # Panics
/// If there are fewer than two sizes.
pub fn initial_parameters(sizes: &[usize], weights: BookWeights, seed: u32) -> Vec<f32> {
    assert!(sizes.len() >= 2, "a network has inputs and a layer");
    let mut normals = PolarNormals::new(seed);
    let mut draw = || -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
        let mut normal = |count: usize| (0..count).map(|_| normals.next()).collect();
        let biases = sizes[1..].iter().map(|&units| normal(units)).collect();
        let weights = sizes
            .windows(2)
            .map(|pair| normal(pair[0] * pair[1]))
            .collect();
        (biases, weights)
    };
    let mut drawn = draw();
    if weights == BookWeights::Large {
        drawn = draw();
    }
    let (biases, matrices) = drawn;
    let mut parameters = Vec::new();
    for ((matrix, biases), &inputs) in matrices.iter().zip(&biases).zip(sizes) {
        let scale = match weights {
            BookWeights::Large => 1.0,
            BookWeights::Default => (inputs as f64).sqrt(),
        };
        parameters.extend(matrix.iter().map(|weight| (weight / scale) as f32));
        parameters.extend(biases.iter().map(|&bias| bias as f32));
    }
    parameters
}

/// What brings the examples of each epoch into an order.
#[derive(Clone, Debug, PartialEq)]
pub enum Shuffler {
    /// The engine's own chance.
    Own(Rng),
    /// Python 2's `random.shuffle`.
    Python(Box<MersenneTwister>),
}

impl Shuffler {
    /// Python's, after `random.seed(seed)`.
    pub fn python(seed: u32) -> Self {
        Self::Python(Box::new(MersenneTwister::from_words(&[seed])))
    }

    /// Brings `order`, as the last epoch left it, into the order of the next one.
    pub fn shuffle(&mut self, order: &mut [u32]) {
        match self {
            Self::Own(rng) => order.shuffle(rng),
            Self::Python(twister) => {
                for i in (1..order.len()).rev() {
                    let j = (twister.next_unit() * (i + 1) as f64) as usize;
                    order.swap(i, j);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BookWeights, Shuffler, initial_parameters};

    /// python3, NumPy 1 or 2 (the streams of `RandomState` are frozen):
    /// ```python
    /// rs = numpy.random.RandomState(12345678); s = [784, 30, 10]
    /// draw = lambda: ([rs.randn(y, 1) for y in s[1:]], [rs.randn(y, x) for x, y in zip(s[:-1], s[1:])])
    /// b0, w0 = draw(); b, w = draw()
    /// b[0][:3, 0], b[1][:3, 0], w[0][0, :3], w[1][0, :3], w[0].sum(), w[1].sum()
    /// b0[0][:3, 0], w0[0][0, :2] / 784 ** 0.5, w0[1][9, 29] / 30 ** 0.5
    /// ```
    #[test]
    fn weights_are_those_of_the_books_programs() {
        let seed = 12_345_678;
        let large = initial_parameters(&[784, 30, 10], BookWeights::Large, seed);
        assert_eq!(large.len(), 23_860);
        let (w1, rest) = large.split_at(784 * 30);
        let (b1, rest) = rest.split_at(30);
        let (w2, b2) = rest.split_at(300);
        let rounded = |numbers: [f64; 3]| numbers.map(|number| number as f32);
        assert_eq!(
            b1[..3],
            rounded([
                0.282_039_915_455_122_5,
                1.685_747_691_310_045_8,
                1.030_205_461_306_902_3
            ])
        );
        assert_eq!(
            b2[..3],
            rounded([
                0.097_160_072_275_262_27,
                1.660_564_639_824_648_5,
                -1.234_664_513_561_504_9
            ])
        );
        assert_eq!(
            w1[..3],
            rounded([
                0.196_388_641_016_609_27,
                0.503_073_322_915_193_9,
                -1.109_786_148_714_334
            ])
        );
        assert_eq!(
            w2[..3],
            rounded([
                -0.402_344_448_804_971_2,
                1.331_916_958_902_859_2,
                -0.214_071_731_684_186_5
            ])
        );
        assert_eq!(
            (w1[23_519], w2[299]),
            (
                -1.958_967_042_297_498_f64 as f32,
                -0.536_350_987_308_105_4_f64 as f32
            )
        );
        let sum = |numbers: &[f32]| numbers.iter().map(|&w| f64::from(w)).sum::<f64>();
        // 23,520 numbers, each rounded to 32 bits by at most 2^-23, at random: some 2^-23 sqrt(23,520) / 3 = 6e-6.
        assert!((sum(w1) + 158.181_048_725_991_9).abs() < 3e-5);
        assert!((sum(w2) - 28.815_196_090_069_243).abs() < 1e-5);

        let default = initial_parameters(&[784, 30, 10], BookWeights::Default, seed);
        let expected = [-0.019_073_529_346_169_987_f64, 0.007_465_973_676_557_619];
        assert_eq!(default[..2], expected.map(|number| number as f32));
        assert_eq!(
            default[23_520..23_522],
            [
                0.553_708_189_130_239_7_f64 as f32,
                -1.459_631_993_060_040_5_f64 as f32
            ]
        );
        assert_eq!(default[23_849], 0.286_030_050_527_156_2_f64 as f32);
    }

    /// python3: `random.seed(12345678); x = list(range(1000))`, then twice
    /// `for i in reversed(range(1, 1000)): j = int(random.random() * (i + 1)); x[i], x[j] = x[j], x[i]`
    /// (what Python 2's `random.shuffle(x)` does).
    #[test]
    fn orders_are_those_of_pythons_shuffle() {
        let mut shuffler = Shuffler::python(12_345_678);
        let mut order: Vec<u32> = (0..1000).collect();
        shuffler.shuffle(&mut order);
        assert_eq!(
            order[..10],
            [945, 839, 977, 876, 956, 317, 581, 440, 858, 1]
        );
        shuffler.shuffle(&mut order);
        assert_eq!(
            order[..10],
            [616, 891, 584, 427, 119, 878, 562, 277, 788, 72]
        );
        order.sort_unstable();
        assert_eq!(order, (0..1000).collect::<Vec<u32>>());
    }
}
