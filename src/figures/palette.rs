//! The named colours, once, in three themes.
//!
//! Colour always means the same thing: run A is blue, run B vermilion, further runs the rest of the Okabe-Ito set
//! (Okabe and Ito, "Color Universal Design", 2008). Where a colour of that set is too light on paper it is darkened
//! (or too dark: lightened) along OKLab lightness, hue kept, until it has the contrast that the tests below demand.

pub use super::colour::Rgb;

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
}
