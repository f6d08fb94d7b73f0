//! Many thinned networks averaged, beside the one network that stands for them all, as data.

use serde::{Deserialize, Serialize};

use super::{StudiedNetwork, StudyError};
use crate::data::split::Part;
use crate::engine::thinned::Thinning;
use crate::lab::message::Measures;

/// Most thinned networks of one ensemble.
pub const MOST_MEMBERS: u32 = 1000;

/// Loss and error of the average of 1, 2, ... thinned networks on the first test images.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ensemble {
    /// The network with dropout; its dropout layers say with which probability features are silenced.
    pub network: StudiedNetwork,
    /// The first this many of the test images, 1..=4000.
    pub images: u32,
    /// Thinned networks, 1..=[`MOST_MEMBERS`].
    pub members: u32,
    /// Where the masks come from.
    pub seed: u64,
}

/// What one more thinned network brought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// It alone.
    pub alone: Measures,
    /// The mean of the probabilities of all members so far.
    pub arithmetic: Measures,
    /// The geometric mean of the probabilities of all members so far, scaled to sum 1: softmax of the mean logits.
    pub geometric: Measures,
}

impl Ensemble {
    /// The network, cut where its thinned networks begin to differ.
    ///
    /// # Errors
    /// The first thing that makes the study impossible.
    pub fn check(&self) -> Result<Thinning, StudyError> {
        if self.images == 0 || self.images as usize > Part::Test.range().len() {
            return Err(StudyError::ImageCount(self.images));
        }
        if self.members == 0 || self.members > MOST_MEMBERS {
            return Err(StudyError::MemberCount(self.members));
        }
        Thinning::new(&self.network.build()?).ok_or(StudyError::NothingToThin)
    }
}

/// The measures of an ensemble in the order in which they are reported: the scaled network first, then for each member what
/// [`Member`] holds. Members that are not complete yet are left out; without any measure there is nothing.
pub fn read(studied: &[Measures]) -> Option<(Measures, Vec<Member>)> {
    let (scaled, rest) = studied.split_first()?;
    let members = rest.chunks_exact(3).map(|measures| Member {
        alone: measures[0],
        arithmetic: measures[1],
        geometric: measures[2],
    });
    Some((*scaled, members.collect()))
}
