//! What survives a reload: small texts in the browser's local storage, where it allows them.

use web_sys::Storage;

/// The stored text, or none where there is none or storage is switched off.
pub fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Stores a text; where storage is switched off or full, the text is not kept and nothing else changes.
pub fn write(key: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, value);
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
