//! Numbers as one writes them: true minus signs, commas, powers of ten.

/// `value` with `decimals` digits after the point, a true minus sign, and commas between thousands.
pub fn fixed(value: f64, decimals: usize) -> String {
    let digits = format!("{:.decimals$}", value.abs());
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut text = String::new();
    // A value that rounds to zero has no sign.
    if value < 0.0 && digits.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
        text.push('−');
    }
    text + &grouped(whole) + rest
}

/// A count, exact, with commas between thousands: `289,630`.
pub fn whole(count: u128) -> String {
    grouped(&count.to_string())
}

fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `value` to `significant` digits for labels and sentences: plain from 0.001 up to a million, else as "1.5×10⁶".
/// Trailing zeros are dropped. What is not finite is "not a number" or "infinite".
pub fn number(value: f64, significant: usize) -> String {
    if value.is_nan() {
        return "not a number".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 {
            "infinite"
        } else {
            "−infinite"
        }
        .to_owned();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    let significant = significant.clamp(1, 15);
    let scientific = format!("{:.*e}", significant - 1, value.abs());
    // Formatting first makes 999.96 at four digits the 1000 that it reads as.
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let sign = if value < 0.0 { "−" } else { "" };
    if (-3..6).contains(&exponent) {
        let decimals = (significant as i32 - 1 - exponent).max(0) as usize;
        return trimmed(&fixed(value, decimals));
    }
    let mantissa = trimmed(mantissa);
    if mantissa == "1" {
        format!("{sign}10{}", superscript(exponent))
    } else {
        format!("{sign}{mantissa}×10{}", superscript(exponent))
    }
}

fn trimmed(digits: &str) -> String {
    if digits.contains('.') {
        digits
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned()
    } else {
        digits.to_owned()
    }
}

/// `exponent` in raised digits.
pub(super) fn superscript(exponent: i32) -> String {
    exponent
        .to_string()
        .chars()
        .map(|character| match character {
            '-' => '⁻',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            digit => char::from_u32('⁰' as u32 + digit.to_digit(10).unwrap_or(0)).unwrap_or(digit),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_one_writes_them() {
        for (value, expected) in [
            (0.0, "0"),
            (0.25, "0.25"),
            (999.96, "1,000"),
            (-1234.5, "−1,234"),
            (0.0001234, "1.234×10⁻⁴"),
            (1e-7, "10⁻⁷"),
            (-1e9, "−10⁹"),
            (f64::NAN, "not a number"),
        ] {
            assert_eq!(number(value, 4), expected);
        }
        assert_eq!(whole(289_630), "289,630");
        assert_eq!(whole(u128::from(u64::MAX)), "18,446,744,073,709,551,615");
        assert_eq!(whole(0), "0");
        assert_eq!(fixed(-0.001, 2), "0.00");
        assert_eq!(fixed(1234567.0, 0), "1,234,567");
    }
}
