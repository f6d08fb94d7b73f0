//! Numbers as people write them.

/// A number with at most `digits` significant digits, no trailing zeros: `0.05`, `1000`, `1.5`.
pub fn significant(value: f64, digits: usize) -> String {
    if value == 0.0 || !value.is_finite() {
        return value.to_string();
    }
    let magnitude = value.abs().log10().floor() as i32;
    let decimals = (digits as i32 - 1 - magnitude).max(0) as usize;
    let text = format!("{value:.decimals$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// A share as percent with one decimal: `10.2 %`.
pub fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// A count with its thousands set apart: `289,630`.
pub fn grouped(count: u64) -> String {
    crate::figures::numerals::whole(count.into())
}

/// A duration in words that fit a glance: `3 s`, `2 min 05 s`, `1 h 02 min`.
pub fn duration(seconds: f64) -> String {
    let whole = seconds.max(0.0).round() as u64;
    match whole {
        0 if seconds > 0.0 => "less than 1 s".to_owned(),
        0..60 => format!("{whole} s"),
        60..3600 => format!("{} min {:02} s", whole / 60, whole % 60),
        _ => format!("{} h {:02} min", whole / 3600, whole % 3600 / 60),
    }
}

/// How long work will take here, estimated: `takes about 3 s on this device`.
pub fn takes(seconds: f64) -> String {
    // "about less than" would be two ways of saying it.
    let about = if seconds.round() < 1.0 { "" } else { "about " };
    format!("takes {about}{} on this device", duration(seconds))
}

/// Reads what a person typed: surrounding space, a decimal comma and a typographic minus are understood.
pub fn parse(text: &str) -> Option<f64> {
    let plain = text.trim().replace('\u{2212}', "-").replace(',', ".");
    plain.parse::<f64>().ok().filter(|value| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(significant(0.05, 2), "0.05");
        assert_eq!(significant(1000.0, 2), "1000");
        assert_eq!(significant(1.5, 3), "1.5");
        assert_eq!(significant(0.000_123_4, 2), "0.00012");
        assert_eq!(significant(99.96, 3), "100");
        assert_eq!(significant(0.0, 3), "0");
        assert_eq!(percent(0.1018), "10.2 %");
        assert_eq!(grouped(289_630), "289,630");
        assert_eq!(grouped(100), "100");
        assert_eq!(duration(0.2), "less than 1 s");
        assert_eq!(duration(125.0), "2 min 05 s");
        assert_eq!(duration(3720.0), "1 h 02 min");
        assert_eq!(takes(3.2), "takes about 3 s on this device");
        assert_eq!(takes(0.4), "takes less than 1 s on this device");
    }

    #[test]
    fn what_people_type_is_understood() {
        assert_eq!(parse(" 0,05 "), Some(0.05));
        assert_eq!(parse("\u{2212}3"), Some(-3.0));
        assert_eq!(parse("1e-3"), Some(0.001));
        assert_eq!(parse("NaN"), None);
        assert_eq!(parse("inf"), None);
        assert_eq!(parse("ten"), None);
        assert_eq!(parse(""), None);
    }
}
