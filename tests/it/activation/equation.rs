//! The equation shown is the function computed, in text and in MathML.

use softstep::theory::activation::Activation;

#[test]
fn the_equation_on_the_page_is_the_function() {
    for a in Activation::ALL {
        for step in -40..=40 {
            let x = f64::from(step) / 10.0;
            // On [-4, 4] the textbook's forms lose at most two digits: 1e-13.
            let value: f64 = a.equation().evaluate(&[("x", x)]);
            assert!(
                (value - a.value(x)).abs() < 1e-13,
                "{}({x}): {value} against {}",
                a.equation(),
                a.value(x)
            );
            let slope: f64 = a.derivative_equation().evaluate(&[("x", x)]);
            assert!(
                (slope - a.derivative(x)).abs() < 1e-13,
                "{}({x}): {slope}",
                a.derivative_equation()
            );
            for c in [0.5, 3.0, 40.0] {
                let scaled: f64 = a.scaled_equation().evaluate(&[("c", c), ("x", x)]);
                assert!(
                    (scaled - a.scaled_value(c, x)).abs() < 1e-13,
                    "{} at {c}, {x}",
                    a.scaled_equation()
                );
            }
        }
    }
}

#[test]
fn equations_read_as_in_the_books() {
    let texts: Vec<_> = Activation::ALL
        .iter()
        .map(|a| a.equation().to_string())
        .collect();
    assert_eq!(
        texts,
        [
            "1 if x > 0, else 0",
            "1/(1 + e^(−x))",
            "(e^x − e^(−x))/(e^x + e^(−x))",
            "max(0, x)",
            "x if x > 0, else 0.01·x",
            "x if x > 0, else e^x − 1",
            "ln(1 + e^x)",
            "x/(1 + e^(−x))",
            "x/2·(1 + erf(x/√2))",
        ]
    );
    assert_eq!(
        Activation::Sigmoid.derivative_equation().to_string(),
        "σ(x)·(1 − σ(x))"
    );
    assert_eq!(
        Activation::Gelu.derivative_equation().to_string(),
        "1/2·(1 + erf(x/√2)) + x·e^(−x²/2)/√(2·π)"
    );
    assert_eq!(
        Activation::Softplus.scaled_equation().to_string(),
        "ln(1 + e^(c·x))/c"
    );
    assert_eq!(
        Activation::Elu.scaled_equation().to_string(),
        "(c·x if c·x > 0, else e^(c·x) − 1)/c"
    );
    assert_eq!(
        Activation::Sigmoid.equation().to_mathml(),
        "<mfrac><mn>1</mn><mrow><mn>1</mn><mo>+</mo><msup><mi>e</mi><mrow><mo>−</mo><mi data-symbol=\"x\">x</mi></mrow></msup></mrow></mfrac>"
    );
}

/// Every element that opens closes, in order, and each `mfrac`, `msup` has exactly the two children that MathML asks for.
fn assert_well_formed(mathml: &str) {
    let mut open: Vec<(String, usize)> = vec![("math".to_owned(), 0)];
    for tag in mathml
        .split('<')
        .skip(1)
        .map(|rest| rest.split('>').next().expect("a tag ends"))
    {
        if let Some(name) = tag.strip_prefix('/') {
            let (opened, children) = open.pop().expect("something is open");
            assert_eq!(opened, name, "in {mathml}");
            if name == "mfrac" || name == "msup" {
                assert_eq!(children, 2, "{name} in {mathml}");
            }
        } else {
            open.last_mut().expect("a parent").1 += 1;
            open.push((tag.split(' ').next().expect("a name").to_owned(), 0));
        }
    }
    assert_eq!(open.len(), 1, "{mathml}");
    assert_eq!(open[0].1, 1, "one element for the whole of {mathml}");
}

#[test]
fn every_equation_is_well_formed_mathml() {
    for a in Activation::ALL {
        for formula in [a.equation(), a.derivative_equation(), a.scaled_equation()] {
            assert_well_formed(&formula.to_mathml());
        }
    }
}
