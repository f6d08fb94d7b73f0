//! The shell of a [`Session`] in a web worker: bytes in, bytes out, and a loop that yields.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort, Performance};

use super::message::{Command, Report, decode, encode};
use super::session::Session;

/// Length of a slice of training between two looks at the mailbox, milliseconds.
const SLICE_MS: f64 = 20.0;

/// Serves training to the page until the page ends the worker.
///
/// A panic is told to the page as a text message before the program stops; the page starts a new worker for the next
/// run.
///
/// # Panics
/// Outside a dedicated worker.
pub fn serve() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let panic_scope = scope.clone();
    std::panic::set_hook(Box::new(move |panic| {
        // Where even this message fails nothing is left to do: the worker's error event follows.
        let _ = panic_scope.post_message(&JsValue::from_str(&panic.to_string()));
    }));

    let channel = MessageChannel::new().expect("workers have message channels");
    let worker = Rc::new(Worker {
        performance: scope.performance().expect("workers have a clock"),
        session: RefCell::new(Session::default()),
        wake: channel.port1(),
        awake: Cell::new(false),
        scope: scope.clone(),
    });

    let ticking = Rc::clone(&worker);
    let on_tick = Closure::<dyn FnMut()>::new(move || ticking.tick());
    channel
        .port2()
        .set_onmessage(Some(on_tick.as_ref().unchecked_ref()));
    on_tick.forget(); // Both closures live as long as the worker.

    let receiving = Rc::clone(&worker);
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        receiving.receive(&js_sys::Uint8Array::new(&event.data()).to_vec());
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    worker.post(&Report::Awake);
}

struct Worker {
    scope: DedicatedWorkerGlobalScope,
    performance: Performance,
    session: RefCell<Session>,
    /// A message to oneself returns to the event loop without the four milliseconds that a timer costs.
    wake: MessagePort,
    /// Whether such a message is on its way.
    awake: Cell<bool>,
}

impl Worker {
    fn receive(&self, bytes: &[u8]) {
        let reports = match decode::<Command>(bytes) {
            Ok(command) => self.session.borrow_mut().handle(command),
            Err(_) => vec![Report::Refused {
                run: None,
                message:
                    "The page and its training worker are of different versions. Reload the page."
                        .to_owned(),
            }],
        };
        self.finish_turn(&reports);
    }

    fn tick(&self) {
        self.awake.set(false);
        let reports = self
            .session
            .borrow_mut()
            .advance(SLICE_MS, &|| self.performance.now());
        self.finish_turn(&reports);
    }

    fn finish_turn(&self, reports: &[Report]) {
        for report in reports {
            self.post(report);
        }
        if self.session.borrow().is_busy() && !self.awake.replace(true) {
            self.wake
                .post_message(&JsValue::NULL)
                .expect("null can always be posted");
        }
    }

    fn post(&self, report: &Report) {
        let bytes = js_sys::Uint8Array::from(encode(report).as_slice());
        self.scope
            .post_message(&bytes)
            .expect("bytes can always be posted");
    }
}
