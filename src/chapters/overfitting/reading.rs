//! What networks read: the bundled one in a handful of images, at once; trained ones in all test digits, when their runs stand still.

use leptos::prelude::*;
use ndarray::ArrayView2;

use crate::data::digits::{self, CLASSES, Digits, SIDE};
use crate::data::split::Part;
use crate::engine::layer::Mode;
use crate::engine::loss::Loss;
use crate::engine::metrics::prediction;
use crate::engine::network::Network;
use crate::engine::readings::Readings;
use crate::engine::trace::Trace;
use crate::lab::client::Client;
use crate::lab::download::{Download, Progress, SheetNetwork};
use crate::lab::message::Observed;
use crate::lab::weights::trained_sheet_network;

/// The homework sheet's network with the weights that lie beside the page.
#[derive(Clone, Copy)]
pub struct Reader {
    /// Its weights on their way.
    pub weights: Download,
    network: StoredValue<Option<Network>, LocalStorage>,
    /// Whether it can read.
    ready: Memo<bool>,
}

impl Reader {
    /// Asks for the weights.
    pub fn new() -> Self {
        let SheetNetwork(weights) = expect_context();
        weights.ask();
        let network = StoredValue::new_local(None::<Network>);
        let ready = Memo::new(move |_| {
            let there = weights.progress.get() == Progress::Ready;
            let built = there.then(|| weights.bytes()).flatten();
            network.set_value(built.and_then(|bytes| trained_sheet_network(&bytes).ok()));
            network.with_value(Option::is_some)
        });
        Self {
            weights,
            network,
            ready,
        }
    }

    /// What it reads in each image, (image, pixel) row-major; none before the weights are there.
    pub fn read(self, images: &[f32]) -> Option<Vec<u8>> {
        if !self.ready.get() {
            return None;
        }
        self.network
            .with_value(|network| Some(read(network.as_ref()?, images)))
    }
}

fn read(network: &Network, images: &[f32]) -> Vec<u8> {
    let batch = ArrayView2::from_shape((images.len() / (SIDE * SIDE), SIDE * SIDE), images)
        .expect("whole images");
    let mut trace = Trace::new(network);
    network.forward(batch, Mode::Predicting, &mut trace);
    let outputs = trace.output(network.layers().len() - 1);
    let rows = outputs.rows().into_iter();
    rows.map(|row| prediction(row.to_slice().expect("outputs are row-major")) as u8)
        .collect()
}

/// What one network read in the test digits, and after how many epochs.
pub type Seen = Option<(f64, Readings)>;

/// What two runs read when they stood still last; their recipes must observe outputs at rest.
#[derive(Clone, Copy)]
pub struct AtRest {
    /// Whether any of them has stood still.
    pub there: Memo<bool>,
    /// All digits, decoded once there is something to show.
    pub test: Memo<Option<Digits>>,
    /// What each run read.
    pub seen: [Memo<Seen>; 2],
}

impl AtRest {
    /// Follows two runs.
    pub fn of(clients: [Client; 2]) -> Self {
        let download = expect_context::<Download>();
        let there = Memo::new(move |_| {
            let mut any = false;
            for client in clients {
                any |= client.observed.with(|seen| !seen.is_empty());
            }
            any
        });
        let test = Memo::new(move |_| {
            (there.get() && download.progress.get() == Progress::Ready)
                .then(|| download.bytes())?
                .and_then(|bytes| digits::decode(&bytes).ok())
        });
        Self {
            there,
            test,
            seen: clients.map(|client| Memo::new(move |_| seen(client, test))),
        }
    }
}

fn seen(client: Client, test: Memo<Option<Digits>>) -> Seen {
    client.observed.with(|seen| {
        let outputs = seen
            .iter()
            .rev()
            .find_map(|(epoch, observed)| match observed {
                Observed::Outputs(outputs) => Some((*epoch, outputs)),
                _ => None,
            });
        let (epoch, outputs) = outputs?;
        test.with(|digits| {
            let labels = digits.as_ref()?.labels.get(Part::Test.range())?;
            let outputs = ArrayView2::from_shape((labels.len(), CLASSES), outputs).ok()?;
            Some((epoch, Readings::new(Loss::CrossEntropy, outputs, labels)))
        })
    })
}
