//! The limit c -> infinity: hand-made networks with known answers, and random ones against arithmetic of thousands of
//! bits.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive};
use softstep::theory::dyadic::Dyadic;
use softstep::theory::limit::{Approach, Fate, LimitValue, NeuronLimit, limit};
use softstep::theory::logic::{self, WeightKind, random_network};
use softstep::theory::perceptron::{Perceptron, PerceptronNetwork};
use softstep::theory::sigmoid_network::SigmoidNetwork;
use softstep::theory::threshold::boolean_input;

/// Bits behind the point of a fixed-point number.
const BITS: u64 = 4096;
/// Bits that rounding may have spoilt: every operation errs by a unit or two, and the about 80 squarings of
/// [`exp_minus`] double an error each.
const SPOILT: u64 = 256;

/// n * 2^-BITS.
type Fixed = BigInt;

fn fixed(value: f64) -> Fixed {
    let exact = Dyadic::from_f64(value).to_rational();
    (exact.numer() << BITS) / exact.denom()
}

fn times(a: &Fixed, b: &Fixed) -> Fixed {
    (a * b) >> BITS
}

/// e^-x for x >= 0: the series of e^{-x / 2^s} with x / 2^s < 2^-64, squared s times.
fn exp_minus(x: &Fixed) -> Fixed {
    assert!(!x.is_negative());
    let s = (x.bits() + 64).saturating_sub(BITS);
    let small = -(x >> s);
    let mut sum = Fixed::one() << BITS;
    let mut term = sum.clone();
    for n in 1u32.. {
        term = times(&term, &small) / n;
        // Shifting rounds down, so a negative term ends at -1, not at 0.
        if term.bits() <= 1 {
            break;
        }
        sum += &term;
    }
    for _ in 0..s {
        sum = times(&sum, &sum);
    }
    sum
}

fn fixed_sigmoid(t: &Fixed) -> Fixed {
    let e = exp_minus(&t.abs());
    let one = Fixed::one() << BITS;
    let denominator = &one + &e;
    let numerator = if t.is_negative() { e } else { one };
    (numerator << BITS) / denominator
}

/// Every neuron's output at c in fixed point, (layer)(neuron).
fn fixed_outputs(network: &PerceptronNetwork, c: u32, input: &[f64]) -> Vec<Vec<Fixed>> {
    let mut layers: Vec<Vec<Fixed>> = Vec::new();
    let input: Vec<Fixed> = input.iter().map(|&x| fixed(x)).collect();
    for units in network.layers() {
        let seen = layers.last().unwrap_or(&input);
        let output = |unit: &Perceptron| {
            let products = unit
                .weights
                .iter()
                .zip(seen)
                .map(|(&w, a)| times(&fixed(w), a));
            fixed_sigmoid(&((products.sum::<Fixed>() + fixed(unit.bias)) * c))
        };
        layers.push(units.iter().map(output).collect());
    }
    layers
}

/// (a - a*) / leading term, minus 1, at c; None if the term is too small for the bits.
fn leading_term_misses_by(neuron: &NeuronLimit, output: &Fixed, c: u32) -> Option<f64> {
    let Approach::Leading(term) = &neuron.approach else {
        panic!("no leading term: {neuron:?}")
    };
    // Enough bits for 9 digits of the deviation.
    if -term.ln_magnitude(f64::from(c)) / std::f64::consts::LN_2 + 32.0 > (BITS - SPOILT) as f64 {
        return None;
    }
    let deviation = output - fixed(neuron.value.value());
    let exponential = exp_minus(&(fixed(term.rate()) * c));
    let coefficient: BigRational = term.exact_coefficient().parse().unwrap();
    let predicted =
        exponential * BigInt::from(c).pow(term.power()) * coefficient.numer() / coefficient.denom();
    Some(
        ((deviation - &predicted) * BigInt::from(1u64 << 60) / predicted)
            .to_f64()
            .unwrap()
            / 2f64.powi(60),
    )
}

/// Holds every claim about a network at `input` against fixed point. Returns how many neurons tend to 1/2 without
/// being it.
fn check_against_fixed_point(network: &PerceptronNetwork, input: &[f64]) -> usize {
    let limits = limit(network, input);
    let (near, far) = (
        fixed_outputs(network, 128, input),
        fixed_outputs(network, 256, input),
    );
    let mut moving_halves = 0;
    for (layer, neurons) in limits.iter().enumerate() {
        for (j, neuron) in neurons.iter().enumerate() {
            match &neuron.approach {
                Approach::Exact => {
                    assert_eq!(neuron.value, LimitValue::Half);
                    let off: Fixed = &far[layer][j] - fixed(0.5);
                    assert!(
                        off.bits() < SPOILT,
                        "not 1/2 but off by 2^{}",
                        off.bits() as i64 - BITS as i64
                    );
                }
                Approach::Leading(_) => {
                    let Some(miss) = leading_term_misses_by(neuron, &near[layer][j], 128) else {
                        continue;
                    };
                    let Some(later) = leading_term_misses_by(neuron, &far[layer][j], 256) else {
                        continue;
                    };
                    // What comes behind the leading term is smaller by a factor 1/c (same rate, lower power of c) or
                    // exponentially: from c = 128 to 256 it halves at least, up to 1/c^2 terms. A wrong rate, power,
                    // sign or coefficient keeps it from shrinking.
                    assert!(
                        miss.abs() < 0.6 && later.abs() <= 0.6 * miss.abs() + 1e-9,
                        "{neuron:?}: {miss} {later}\n{network:?}\n{input:?}"
                    );
                    moving_halves += usize::from(neuron.value == LimitValue::Half);
                }
                Approach::Undecided { .. } => panic!("undecided: {neuron:?}"),
            }
        }
    }
    moving_halves
}

fn network<const L: usize>(inputs: usize, layers: [Vec<Perceptron>; L]) -> PerceptronNetwork {
    PerceptronNetwork::new(inputs, layers.into()).unwrap()
}

fn unit(weights: &[f64], bias: f64) -> Perceptron {
    Perceptron::new(weights, bias)
}

/// value, approach and fate of each neuron of a layer, as text.
fn told(neurons: &[NeuronLimit]) -> Vec<String> {
    let text = |neuron: &NeuronLimit| {
        let approach = match &neuron.approach {
            Approach::Exact => "always".into(),
            Approach::Leading(term) => term.to_string(),
            Approach::Undecided { .. } => "undecided".into(),
        };
        format!("{} | {approach} | {:?}", neuron.value.value(), neuron.fate)
    };
    neurons.iter().map(text).collect()
}

/// At 01, h = 1/2 for every c. Second layer: 2h - 1 = 0: always 1/2. h - 1/4 = 1/4: sigma(c/4) = 1 - e^{-c/4} + ...,
/// perceptron 0. h - 3/4 = -1/4 and 1/4 - h = -1/4: sigma(-c/4) = e^{-c/4} - ..., perceptrons 0 and 1. Third: always
/// 1/2; 1/2 + sigma(c/4) - 3/2 = -sigma(-c/4) = -e^{-c/4} + ..., times c/4. Fourth: always 1/2; 1/2 + (1/2 - c/4
/// e^{-c/4}) - 1, times c/4; and 1/4 - ..., sigma = 1 - e^{-c/4}, perceptron 0.
#[test]
fn every_fate_of_a_half() {
    let network = logic::on_the_edge_deep();
    for input in [[0.0, 1.0], [1.0, 0.0]] {
        let layers = limit(&network, &input);
        assert_eq!(told(&layers[0]), ["0.5 | always | Half"]);
        assert_eq!(
            told(&layers[1]),
            [
                "0.5 | always | Half",
                "1 | -e^(-0.25 c) | DecidedUp",
                "0 | e^(-0.25 c) | Absorbed",
                "0 | e^(-0.25 c) | DecidedDown"
            ]
        );
        assert_eq!(
            told(&layers[2]),
            ["0.5 | always | Half", "0.5 | -1/4 c e^(-0.25 c) | Half"]
        );
        assert_eq!(
            told(&layers[3]),
            [
                "0.5 | always | Half",
                "0.5 | -1/16 c^2 e^(-0.25 c) | Half",
                "1 | -e^(-0.25 c) | DecidedUp"
            ]
        );
        assert_eq!(check_against_fixed_point(&network, &input), 2);
    }
    for input in [[0.0, 0.0], [1.0, 1.0]] {
        for neuron in limit(&network, &input).iter().flatten() {
            assert!(
                neuron.value.agrees_with(neuron.perceptron) && neuron.fate == Fate::Undisturbed
            );
        }
    }
}

/// Opposite neurons: sigma(t) + sigma(-t) = 1. First layer p = sigma(c), q = sigma(-c). Second: p + q - 1 = 0 always;
/// r = sigma(c(2p - 1)) and s = sigma(c(2q - 1)), 2q - 1 = 1 - 2p, opposite again. Third: r + s - 1 = 0 always,
/// though neither is constant.
#[test]
fn symmetry_keeps_a_half_forever() {
    let network = network(
        1,
        [
            vec![unit(&[1.0], 0.0), unit(&[-1.0], 0.0)],
            vec![
                unit(&[1.0, 1.0], -1.0),
                unit(&[2.0, 0.0], -1.0),
                unit(&[0.0, 2.0], -1.0),
            ],
            vec![unit(&[0.0, 1.0, 1.0], -1.0), unit(&[1.0, 0.0, 0.0], -0.5)],
        ],
    );
    let layers = limit(&network, &[1.0]);
    assert_eq!(
        told(&layers[1]),
        [
            "0.5 | always | Half",
            "1 | -e^(-c) | Undisturbed",
            "0 | e^(-c) | Undisturbed"
        ]
    );
    assert_eq!(
        told(&layers[2]),
        ["0.5 | always | Half", "0.5 | always | Half"]
    );
    check_against_fixed_point(&network, &[1.0]);
}

/// The leading terms cancel and the next ones decide. First layer p = sigma(c), q = sigma(2c). Second: 2p - 1 = 1 -
/// 2e^{-c} + ... and 2q - 1 = 1 - 2e^{-2c} + ..., so A = 1 - e^{-c} e^{2c e^{-c}} + ... = 1 - e^{-c} - 2c e^{-2c} +
/// e^{-2c} + ..., B = 1 - e^{-c} + e^{-2c} + .... Third: A - B = -2c e^{-2c} + ..., times c/4.
#[test]
fn second_terms_decide_where_the_first_cancel() {
    let network = network(
        1,
        [
            vec![unit(&[1.0], 0.0), unit(&[2.0], 0.0)],
            vec![unit(&[2.0, 0.0], -1.0), unit(&[0.0, 2.0], -1.0)],
            vec![unit(&[1.0, -1.0], 0.0)],
        ],
    );
    assert_eq!(
        told(&limit(&network, &[1.0])[2]),
        ["0.5 | -1/2 c^2 e^(-2 c) | Half"]
    );
    assert_eq!(check_against_fixed_point(&network, &[1.0]), 1);
}

/// The cubic term decides. First layer p = sigma(c), so s = p - 1 = -e^{-c} + .... Second: sigma(cs) = 1/2 + cs/4 -
/// (cs)^3/48 + ... and sigma(2cs) = 1/2 + cs/2 - 8(cs)^3/48 + .... Third: 2 sigma(cs) - sigma(2cs) - 1/2 = (cs)^3 (-2
/// + 8)/48 = -c^3 e^{-3c}/8 + ..., times c/4.
#[test]
fn third_powers_decide_where_all_before_cancel() {
    let network = network(
        1,
        [
            vec![unit(&[1.0], 0.0)],
            vec![unit(&[1.0], -1.0), unit(&[2.0], -2.0)],
            vec![unit(&[2.0, -1.0], -0.5)],
        ],
    );
    let layers = limit(&network, &[1.0]);
    assert_eq!(
        told(&layers[1]),
        ["0.5 | -1/4 c e^(-c) | Half", "0.5 | -1/2 c e^(-c) | Half"]
    );
    assert_eq!(told(&layers[2]), ["0.5 | -1/32 c^4 e^(-3 c) | Half"]);
    assert_eq!(check_against_fixed_point(&network, &[1.0]), 3);
}

/// A neuron that tends to 1/2 from below, and one from above; what a later layer makes of each. First layer p =
/// sigma(c), q = sigma(-c). Second: p - 1 = -e^{-c}, q = e^{-c}: 1/2 -+ (c/4) e^{-c}. Third: 1/2 - 1/2: still 1/2,
/// from below and above; minus 1/4: decided up; minus 3/4: decided down or absorbed as the perceptron says.
#[test]
fn the_sign_decides_the_side_and_nothing_else() {
    let network = network(
        1,
        [
            vec![unit(&[1.0], 0.0), unit(&[-1.0], 0.0)],
            vec![unit(&[1.0, 0.0], -1.0), unit(&[0.0, 1.0], 0.0)],
            vec![
                unit(&[1.0, 0.0], -0.5),
                unit(&[0.0, 1.0], -0.5),
                unit(&[0.0, 1.0], -0.25),
                unit(&[0.0, -1.0], 0.25),
                unit(&[1.0, 0.0], -0.75),
            ],
        ],
    );
    let layers = limit(&network, &[1.0]);
    assert_eq!(
        told(&layers[1]),
        ["0.5 | -1/4 c e^(-c) | Half", "0.5 | 1/4 c e^(-c) | Half"]
    );
    assert_eq!(
        told(&layers[2]),
        [
            "0.5 | -1/16 c^2 e^(-c) | Half",
            "0.5 | 1/16 c^2 e^(-c) | Half",
            "1 | -e^(-0.25 c) | DecidedUp",
            "0 | e^(-0.25 c) | DecidedDown",
            "0 | e^(-0.25 c) | Absorbed"
        ]
    );
    assert_eq!(check_against_fixed_point(&network, &[1.0]), 4);
}

/// Rates 1 and 2^-40: with p = sigma(2^-40 c) and q = sigma(c), A = sigma(c p) and B = sigma(c (p + q - 1)) agree in
/// all of the 2^40 terms with rates 1, 1 + 2^-40, ... below 2, and differ there. The limit of the neuron that sees A
/// - B is 1/2; its leading term is out of reach.
#[test]
fn undecided_is_said_where_the_terms_are_too_many() {
    let network = network(
        1,
        [
            vec![unit(&[2f64.powi(-40)], 0.0), unit(&[1.0], 0.0)],
            vec![unit(&[1.0, 0.0], 0.0), unit(&[1.0, 1.0], -1.0)],
            vec![unit(&[1.0, -1.0], 0.0), unit(&[1.0, 1.0], -1.5)],
        ],
    );
    let layers = limit(&network, &[1.0]);
    assert_eq!(layers[2][0].value, LimitValue::Half);
    assert_eq!(
        layers[2][0].approach,
        Approach::Undecided {
            cancelled: Dyadic::one()
        }
    );
    assert_eq!(told(&layers[2][1..]), ["1 | -e^(-0.5 c) | Undisturbed"]);
}

/// Half-integer weights put many neurons on their edge, and let many first terms cancel. Rates are multiples of 1/4.
#[test]
fn random_networks_agree_with_fixed_point() {
    let mut moving_halves = 0;
    for seed in 0..120 {
        let network = random_network(seed, 2, &[3, 3, 2, 2], WeightKind::HalfInteger).unwrap();
        moving_halves += check_against_fixed_point(&network, &boolean_input(2, seed as usize % 4));
    }
    // The claim about 1/2 from one side is tested, not only stated.
    assert!(moving_halves >= MOVING_HALVES, "only {moving_halves}");
}

const MOVING_HALVES: usize = 71;

/// With a margin of at least 1/100 everywhere in the limit, c = 10^6 is as good as infinity: c z > 10^4 - c *
/// (deviations below e^-10000).
#[test]
fn gaussian_networks_agree_with_a_huge_c() {
    let mut compared = 0;
    for seed in 0..3000 {
        let network = random_network(seed, 4, &[5, 4, 3], WeightKind::Gaussian).unwrap();
        let input = boolean_input(4, seed as usize % 16);
        let limits = limit(&network, &input);
        if limits
            .iter()
            .flatten()
            .any(|neuron| neuron.weighted_input.abs() < 0.01)
        {
            continue;
        }
        let trace = SigmoidNetwork::new(&network, 1e6).trace(&input);
        for (neurons, layer) in limits.iter().zip(&trace.layers) {
            let values: Vec<f64> = neurons.iter().map(|neuron| neuron.value.value()).collect();
            assert_eq!(values, layer.outputs);
            assert!(
                neurons
                    .iter()
                    .all(|neuron| neuron.value.agrees_with(neuron.perceptron))
            );
            compared += values.len();
        }
    }
    assert!(compared > 20_000, "only {compared}");
}
