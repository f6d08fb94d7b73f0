//! The named colours, once, in three themes.
//!
//! Colour always means the same thing: run A is blue, run B vermilion, further runs the rest of the Okabe-Ito set
//! (Okabe and Ito, "Color Universal Design", 2008). Where a colour of that set is too light on paper it is darkened
//! (or too dark: lightened) along OKLab lightness, hue kept, until it has the contrast that the tests below demand.

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

/// Which paper the figure stands on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark ink on white paper.
    #[default]
    Light,
    /// Light ink on dark paper.
    Dark,
    /// For a lecture room: black on white, darker colours, thicker lines, larger type.
    Projector,
}

/// What a line or label stands for; the palette answers with its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The first run: blue.
    RunA,
    /// The second run: vermilion.
    RunB,
    /// Further runs and classes, counted from 0: green, purple, orange, sky, yellow, and round again.
    Further(usize),
    /// Main ink.
    Ink,
    /// What stands behind: references, annotations.
    Quiet,
    /// Below zero.
    Negative,
    /// Above zero.
    Positive,
}

impl Role {
    /// The role of class or run number `index`: A, B, then the further ones.
    pub fn nth(index: usize) -> Self {
        match index {
            0 => Self::RunA,
            1 => Self::RunB,
            _ => Self::Further(index - 2),
        }
    }
}

/// All colours of one theme.
#[derive(Debug)]
pub struct Palette {
    /// The ground. Zero of a diverging map, silence of an activation map.
    pub paper: Rgb,
    /// Text and main lines.
    pub ink: Rgb,
    /// Tick labels and notes: still 4.5 : 1.
    pub quiet_ink: Rgb,
    /// Axis lines and tick marks: 3 : 1.
    pub axis: Rgb,
    /// Grid lines, when a figure is read from them; decoration, below 3 : 1 by intent.
    pub grid: Rgb,
    marks: [Rgb; 7],
    texts: [Rgb; 7],
}

static LIGHT: Palette = Palette {
    paper: Rgb::hex(0xFFFFFF),
    ink: Rgb::hex(0x1F2328),
    quiet_ink: Rgb::hex(0x5A626C),
    axis: Rgb::hex(0x8A929C),
    grid: Rgb::hex(0xE4E6E9),
    marks: [
        Rgb::hex(0x0072B2),
        Rgb::hex(0xD55E00),
        Rgb::hex(0x009E73),
        Rgb::hex(0xCC79A7),
        Rgb::hex(0xC48707),
        Rgb::hex(0x3B9CD0),
        Rgb::hex(0xA0960D),
    ],
    texts: [
        Rgb::hex(0x0072B2),
        Rgb::hex(0xC05504),
        Rgb::hex(0x028561),
        Rgb::hex(0xAA5A87),
        Rgb::hex(0x9C6B06),
        Rgb::hex(0x097CAE),
        Rgb::hex(0x7E7704),
    ],
};

static DARK: Palette = Palette {
    paper: Rgb::hex(0x16181D),
    ink: Rgb::hex(0xE6E8EB),
    quiet_ink: Rgb::hex(0xA3ABB5),
    axis: Rgb::hex(0x6C7580),
    grid: Rgb::hex(0x2A2E35),
    marks: [
        Rgb::hex(0x3A96D8),
        Rgb::hex(0xE66D21),
        Rgb::hex(0x12A378),
        Rgb::hex(0xCC79A7),
        Rgb::hex(0xE69F00),
        Rgb::hex(0x7CC8F5),
        Rgb::hex(0xF0E442),
    ],
    texts: [
        Rgb::hex(0x4BA3E3),
        Rgb::hex(0xF0803A),
        Rgb::hex(0x2DB58A),
        Rgb::hex(0xD88DB7),
        Rgb::hex(0xE69F00),
        Rgb::hex(0x7CC8F5),
        Rgb::hex(0xF0E442),
    ],
};

static PROJECTOR: Palette = Palette {
    paper: Rgb::hex(0xFFFFFF),
    ink: Rgb::hex(0x000000),
    quiet_ink: Rgb::hex(0x3A3F46),
    axis: Rgb::hex(0x5F6670),
    grid: Rgb::hex(0xD0D3D8),
    marks: [
        Rgb::hex(0x0067A3),
        Rgb::hex(0xC05504),
        Rgb::hex(0x028561),
        Rgb::hex(0xAA5A87),
        Rgb::hex(0x9C6B06),
        Rgb::hex(0x097CAE),
        Rgb::hex(0x7E7704),
    ],
    texts: [
        Rgb::hex(0x005C91),
        Rgb::hex(0x933F01),
        Rgb::hex(0x016548),
        Rgb::hex(0x8A3D6A),
        Rgb::hex(0x764F00),
        Rgb::hex(0x005E86),
        Rgb::hex(0x5F5900),
    ],
};

impl Palette {
    /// The colours of `theme`.
    pub fn of(theme: Theme) -> &'static Self {
        match theme {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
            Theme::Projector => &PROJECTOR,
        }
    }

    /// The colour of a line, marker or area: at least 3 : 1 on paper.
    pub fn mark(&self, role: Role) -> Rgb {
        self.pick(role, &self.marks)
    }

    /// The colour of a label that belongs to `role`: at least 4.5 : 1 on paper.
    pub fn text(&self, role: Role) -> Rgb {
        self.pick(role, &self.texts)
    }

    fn pick(&self, role: Role, table: &[Rgb; 7]) -> Rgb {
        match role {
            Role::RunA | Role::Negative => table[0],
            Role::RunB | Role::Positive => table[1],
            Role::Further(n) => table[2 + n % 5],
            Role::Ink => self.ink,
            Role::Quiet => self.quiet_ink,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLES: [Role; 11] = [
        Role::RunA,
        Role::RunB,
        Role::Further(0),
        Role::Further(1),
        Role::Further(2),
        Role::Further(3),
        Role::Further(4),
        Role::Ink,
        Role::Quiet,
        Role::Negative,
        Role::Positive,
    ];

    #[test]
    fn contrast_agrees_with_the_published_examples() {
        // WCAG: black on white is 21 : 1; #767676 is the lightest grey that passes 4.5 : 1 on white (4.54).
        let white = Rgb::hex(0xFFFFFF);
        assert!((white.contrast(Rgb::hex(0)) - 21.0).abs() < 1e-9);
        assert!((white.contrast(Rgb::hex(0x767676)) - 4.54).abs() < 0.005);
    }

    #[test]
    fn every_colour_has_its_contrast_on_its_paper() {
        for (theme, mark_at_least, text_at_least) in [
            (Theme::Light, 3.0, 4.5),
            (Theme::Dark, 4.5, 5.5),
            (Theme::Projector, 4.5, 7.0),
        ] {
            let palette = Palette::of(theme);
            for role in ROLES {
                let mark = palette.mark(role).contrast(palette.paper);
                let text = palette.text(role).contrast(palette.paper);
                assert!(mark >= mark_at_least, "{theme:?} {role:?} mark {mark:.2}");
                assert!(text >= text_at_least, "{theme:?} {role:?} text {text:.2}");
            }
            assert!(palette.axis.contrast(palette.paper) >= 3.0, "{theme:?}");
            assert!(
                palette.quiet_ink.contrast(palette.paper) >= 4.5,
                "{theme:?}"
            );
            assert!(palette.ink.contrast(palette.paper) >= 12.0, "{theme:?}");
        }
    }

    #[test]
    fn run_colours_on_light_paper_are_the_named_ones() {
        let palette = Palette::of(Theme::Light);
        assert_eq!(palette.mark(Role::RunA).css(), "#0072B2");
        assert_eq!(palette.mark(Role::RunB).css(), "#D55E00");
        assert_eq!(Role::nth(0), Role::RunA);
        assert_eq!(Role::nth(2), Role::Further(0));
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
