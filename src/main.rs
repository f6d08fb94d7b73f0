//! Entry of the page and of its training workers: one binary, two lives.

#[cfg(target_arch = "wasm32")]
fn main() {
    use wasm_bindgen::JsCast;

    if js_sys::global().dyn_into::<web_sys::Window>().is_ok() {
        softstep::chapters::open();
    } else {
        softstep::lab::worker::serve();
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("softstep is a page: run ./dev serve and open it in a browser.");
}
