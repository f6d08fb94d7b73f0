//! A colour, its contrast, and the way from one to another.

/// An opaque sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb {
    /// Red, 0..=255.
    pub red: u8,
    /// Green, 0..=255.
    pub green: u8,
    /// Blue, 0..=255.
    pub blue: u8,
}

impl Rgb {
    /// The colour written `0xRRGGBB`.
    pub const fn hex(code: u32) -> Self {
        Self {
            red: (code >> 16) as u8,
            green: (code >> 8) as u8,
            blue: code as u8,
        }
    }

    /// The colour as CSS reads it, `#RRGGBB`.
    pub fn css(self) -> String {
        format!("#{:02X}{:02X}{:02X}", self.red, self.green, self.blue)
    }

    /// Relative luminance in [0, 1] (WCAG 2.2).
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast ratio in [1, 21]: (L_light + 0.05) / (L_dark + 0.05) (WCAG 2.2).
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The colour a share `t` of the way to `other`, evenly to the eye: linear in OKLab (Ottosson 2020). `t` is
    /// clamped to [0, 1]; a NaN counts as 0.
    pub fn towards(self, other: Self, t: f64) -> Self {
        if t.is_nan() || t <= 0.0 {
            return self;
        }
        if t >= 1.0 {
            return other;
        }
        let (a, b) = (self.oklab(), other.oklab());
        Self::from_oklab([0, 1, 2].map(|i| a[i] + t * (b[i] - a[i])))
    }

    fn linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|channel| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    fn oklab(self) -> [f64; 3] {
        let [r, g, b] = self.linear();
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        [
            0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
            0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
        ]
    }

    fn from_oklab([light, a, b]: [f64; 3]) -> Self {
        let l = (light + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (light - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (light - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        let encode = |c: f64| {
            let c = c.clamp(0.0, 1.0);
            let encoded = if c <= 0.003_130_8 {
                12.92 * c
            } else {
                1.055 * c.powf(1.0 / 2.4) - 0.055
            };
            (255.0 * encoded).round() as u8
        };
        Self {
            red: encode(4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s),
            green: encode(-1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s),
            blue: encode(-0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_agrees_with_the_published_examples() {
        // WCAG: black on white is 21 : 1; #767676 is the lightest grey that passes 4.5 : 1 on white (4.54).
        let white = Rgb::hex(0xFFFFFF);
        assert!((white.contrast(Rgb::hex(0)) - 21.0).abs() < 1e-9);
        assert!((white.contrast(Rgb::hex(0x767676)) - 4.54).abs() < 0.005);
    }

    #[test]
    fn mixing_keeps_its_ends_and_survives_nan() {
        let (a, b) = (Rgb::hex(0x0072B2), Rgb::hex(0xFFFFFF));
        assert_eq!(a.towards(b, 0.0), a);
        assert_eq!(a.towards(b, 1.0), b);
        assert_eq!(a.towards(b, f64::NAN), a);
        let halfway = a.towards(b, 0.5).luminance();
        assert!(a.luminance() < halfway && halfway < b.luminance());
    }
}
