//! Bundled files on their way into the page: each fetched once, when somebody asks, with progress, and kept as bytes.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ReadableStreamDefaultReader, Response};

use super::weights;

/// A file that lies beside the page.
#[derive(Debug)]
pub struct BundledFile {
    /// Its name.
    pub name: &'static str,
    /// Its size in bytes, for the progress bar.
    pub size: usize,
    /// What it holds, in the plural, for the reader of the page.
    pub holds: &'static str,
}

/// The 10,000 handwritten digits.
pub static DIGITS: BundledFile = BundledFile {
    name: "digits.idx.gz",
    size: include_bytes!("../../assets/digits.idx.gz").len(),
    holds: "10,000 handwritten digits",
};

/// Weights of the homework sheet's network, trained.
pub static SHEET_NETWORK: BundledFile = BundledFile {
    name: weights::FILE_NAME,
    size: include_bytes!("../../assets/sheet-network.safetensors").len(),
    holds: "weights of a trained network",
};

/// How far the download is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// Nobody has asked yet.
    Unasked,
    /// Bytes received, of the known size of the file.
    Loading {
        /// Bytes so far.
        received: usize,
    },
    /// All there.
    Ready,
    /// It failed; the text is in [`Download::problem`].
    Failed,
}

/// The one download of a bundled file. In the context of the whole page stand the digits' as `Download` and the trained
/// network's as [`SheetNetwork`].
#[derive(Clone, Copy)]
pub struct Download {
    /// What is fetched.
    pub file: &'static BundledFile,
    /// How far it is.
    pub progress: RwSignal<Progress>,
    /// What went wrong, if anything did.
    pub problem: RwSignal<String>,
    bytes: StoredValue<Option<Rc<Vec<u8>>>, LocalStorage>,
}

/// The download of the homework sheet's trained network.
#[derive(Clone, Copy)]
pub struct SheetNetwork(pub Download);

impl Download {
    /// A download that waits until somebody asks.
    pub fn new(file: &'static BundledFile) -> Self {
        Self {
            file,
            progress: RwSignal::new(Progress::Unasked),
            problem: RwSignal::new(String::new()),
            bytes: StoredValue::new_local(None),
        }
    }

    /// Starts the download, unless it was started before or is done; after a failure, once more.
    pub fn ask(self) {
        if !matches!(
            self.progress.get_untracked(),
            Progress::Unasked | Progress::Failed
        ) {
            return;
        }
        self.progress.set(Progress::Loading { received: 0 });
        spawn_local(async move {
            match self.fetch().await {
                Ok(bytes) => {
                    self.bytes.set_value(Some(Rc::new(bytes)));
                    self.progress.set(Progress::Ready);
                }
                Err(reason) => {
                    self.problem.set(format!(
                        "The {} could not be loaded ({reason}). Check the connection and press Try again; the page \
                         needs no other host than its own.",
                        self.file.holds
                    ));
                    self.progress.set(Progress::Failed);
                }
            }
        });
    }

    /// The file's bytes, once they are there.
    pub fn bytes(self) -> Option<Rc<Vec<u8>>> {
        self.bytes.get_value()
    }

    async fn fetch(self) -> Result<Vec<u8>, String> {
        let response: Response = JsFuture::from(window().fetch_with_str(self.file.name))
            .await
            .map_err(reason)?
            .unchecked_into();
        if !response.ok() {
            return Err(format!(
                "the host answered with status {}",
                response.status()
            ));
        }
        let reader: ReadableStreamDefaultReader = response
            .body()
            .ok_or("the host sent nothing")?
            .get_reader()
            .unchecked_into();
        let mut bytes = Vec::with_capacity(self.file.size);
        loop {
            let part = JsFuture::from(reader.read()).await.map_err(reason)?;
            let field = |name: &str| js_sys::Reflect::get(&part, &name.into()).map_err(reason);
            if field("done")?.is_truthy() {
                return Ok(bytes);
            }
            bytes.extend(js_sys::Uint8Array::new(&field("value")?).to_vec());
            self.progress.set(Progress::Loading {
                received: bytes.len(),
            });
        }
    }
}

fn reason(error: wasm_bindgen::JsValue) -> String {
    js_sys::Error::from(error).message().into()
}
