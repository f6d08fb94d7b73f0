//! A slip of the homework sheet and what is right; to find it is a good exercise.

use leptos::prelude::*;

/// "The sheet says; correct is".
#[component]
pub fn Slip(
    /// What stands on the sheet.
    says: &'static str,
    /// What is right, and why.
    correct: &'static str,
) -> impl IntoView {
    view! {
        <aside class="slip">
            <p><strong>"The sheet says: "</strong>{says}</p>
            <p><strong>"Correct is: "</strong>{correct}</p>
        </aside>
    }
}
