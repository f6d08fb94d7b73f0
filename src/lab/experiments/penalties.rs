//! 4.5 A smaller volume of parameters: two runs, one of them with a penalty.

use super::{Named, Values, settings};
use crate::lab::recipe::{Observation, PenaltiesRecipe, Recipe};

/// How weights are kept small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Half the sum of squares costs.
    L2,
    /// The sum of magnitudes costs.
    L1,
    /// No unit's vector of incoming weights may be longer than a bound.
    MaxNorm,
}

impl Named for Kind {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("l2", Self::L2),
        ("l1", Self::L1),
        ("max-norm", Self::MaxNorm),
    ];
}

impl Kind {
    /// Which of them a run has; none where nothing costs anything.
    pub fn of(penalties: &PenaltiesRecipe) -> Option<Self> {
        match *penalties {
            PenaltiesRecipe {
                max_norm: Some(_), ..
            } => Some(Self::MaxNorm),
            PenaltiesRecipe { l1, .. } if l1 > 0.0 => Some(Self::L1),
            PenaltiesRecipe { l2, .. } if l2 > 0.0 => Some(Self::L2),
            _ => None,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::L2 => "L2",
            Self::L1 => "L1",
            Self::MaxNorm => "max-norm",
        }
    }
}

settings! {
    /// What decides the two runs.
    Penalised {
        /// How weights are kept small.
        kind("kind"): Kind = Kind::L2,
        /// lambda of L2.
        l2("l2"): f64 = 0.003,
        /// lambda of L1.
        l1("l1"): f64 = 0.0003,
        /// Longest vector of incoming weights.
        bound("bound"): f64 = 1.5,
        /// Hidden units.
        width("width"): f64 = 100.0,
        /// Training images.
        images("images"): f64 = 1000.0,
        /// Epochs.
        epochs("epochs"): f64 = 60.0,
        /// Source of all chance.
        seed("seed"): f64 = 1.0,
    }
}

impl Penalised {
    /// What large weights cost in run B.
    pub fn penalties(&self) -> PenaltiesRecipe {
        let mut penalties = PenaltiesRecipe::default();
        match self.kind {
            Kind::L2 => penalties.l2 = self.l2 as f32,
            Kind::L1 => penalties.l1 = self.l1 as f32,
            Kind::MaxNorm => penalties.max_norm = Some(self.bound as f32),
        }
        penalties
    }

    /// The recipes of run A, without penalty, and run B, with one.
    pub fn recipes(&self) -> [Recipe; 2] {
        [PenaltiesRecipe::default(), self.penalties()].map(|penalties| self.recipe(penalties))
    }

    fn recipe(&self, penalties: PenaltiesRecipe) -> Recipe {
        Recipe {
            penalties,
            observation: Observation::Weights,
            ..Recipe::dense(self.width as u32, 1, 0.0).trained(self.images, self.epochs, self.seed)
        }
    }
}

/// L2.
pub const SQUARES: Values = &[];
/// L1.
pub const MAGNITUDES: Values = &[("kind", "l1")];
/// A bound on the weights of each unit.
pub const BOUNDED: Values = &[("kind", "max-norm")];
/// More L2 than the training images bear.
pub const TOO_MUCH: Values = &[("l2", "0.03")];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_s_penalties_tell_their_kind() {
        for (_, kind) in Kind::NAMES {
            let penalised = Penalised {
                kind: *kind,
                ..Penalised::DEFAULT
            };
            assert_eq!(Kind::of(&penalised.penalties()), Some(*kind));
        }
        let free = Penalised {
            l2: 0.0,
            ..Penalised::DEFAULT
        };
        assert_eq!(Kind::of(&free.penalties()), None);
    }
}
