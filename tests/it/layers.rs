//! The house's rules, checked: which folder may name what, and that every chapter is in the book.

use std::fs;
use std::path::{Path, PathBuf};

/// A folder or file under `src`, and what its lines must not name.
const FENCES: &[(&str, &[&str])] = &[
    (
        "theory",
        &[
            "plotters",
            "serde",
            "leptos",
            "web_sys",
            "wasm_bindgen",
            "crate::engine",
            "crate::data",
            "crate::figures",
            "crate::lab",
            "crate::ui",
            "crate::chapters",
        ],
    ),
    (
        "engine",
        &[
            "plotters",
            "serde",
            "leptos",
            "web_sys",
            "wasm_bindgen",
            "crate::theory",
            "crate::data",
            "crate::figures",
            "crate::lab",
            "crate::ui",
            "crate::chapters",
        ],
    ),
    (
        "data",
        &[
            "plotters",
            "serde",
            "leptos",
            "web_sys",
            "wasm_bindgen",
            "crate::theory",
            "crate::engine",
            "crate::figures",
            "crate::lab",
            "crate::ui",
            "crate::chapters",
        ],
    ),
    (
        "figures",
        &[
            "serde",
            "leptos",
            "web_sys",
            "wasm_bindgen",
            "crate::lab",
            "crate::ui",
            "crate::chapters",
        ],
    ),
    (
        "lab",
        &["plotters", "crate::figures", "crate::ui", "crate::chapters"],
    ),
    ("lab/recipe.rs", &["leptos", "web_sys", "wasm_bindgen"]),
    ("lab/message.rs", &["leptos", "web_sys", "wasm_bindgen"]),
    (
        "lab/session.rs",
        &["leptos", "web_sys", "wasm_bindgen", "serde"],
    ),
    (
        "lab/session",
        &["leptos", "web_sys", "wasm_bindgen", "serde"],
    ),
    (
        "lab/construct.rs",
        &["leptos", "web_sys", "wasm_bindgen", "serde"],
    ),
    (
        "lab/pace.rs",
        &["leptos", "web_sys", "wasm_bindgen", "serde"],
    ),
    ("lab/worker.rs", &["leptos", "serde"]),
    ("lab/store.rs", &["leptos", "serde"]),
    ("ui", &["serde", "crate::chapters"]),
    ("chapters", &["plotters", "web_sys", "serde"]),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files_below(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = fs::read_dir(path).expect("a folder of the project can be read");
    entries
        .flat_map(|entry| files_below(&entry.expect("an entry can be read").path()))
        .collect()
}

/// Lines of code, without comments: prose may name anything.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("source is text");
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn names(code: &str, word: &str) -> bool {
    let bounded = |at: usize, end: usize| {
        let is_part =
            |character: Option<char>| character.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !is_part(code[..at].chars().next_back()) && !is_part(code[end..].chars().next())
    };
    code.match_indices(word)
        .any(|(at, found)| bounded(at, at + found.len()))
}

#[test]
fn arrows_point_one_way() {
    let mut broken = Vec::new();
    for (place, forbidden) in FENCES {
        let path = source().join(place);
        assert!(path.exists(), "{place} is fenced but not there");
        for file in files_below(&path) {
            let code = code(&file);
            for word in forbidden.iter().filter(|word| names(&code, word)) {
                broken.push(format!("{} names {word}", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_name_is_found_where_it_stands_alone() {
    assert!(names("use web_sys::Window;", "web_sys"));
    assert!(!names("let my_web_sys_thing = 1;", "web_sys"));
    assert!(names("crate::ui::plot", "crate::ui"));
    assert!(!names("crate::uint", "crate::ui"));
}

#[test]
fn chapters_know_no_other_chapter_and_are_all_in_the_book() {
    let folder = source().join("chapters");
    let table = code(&folder.join("mod.rs"));
    let entries = fs::read_dir(&folder).expect("there are chapters");
    let chapters: Vec<String> = entries
        .map(|entry| entry.expect("an entry can be read").path())
        .filter(|path| path.is_dir())
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect();
    assert!(chapters.len() >= 2);
    for chapter in &chapters {
        assert!(
            names(&table, &format!("{chapter}::PAGE")),
            "{chapter} is not in the table of contents"
        );
        for file in files_below(&folder.join(chapter)) {
            let code = code(&file);
            for other in chapters.iter().filter(|other| *other != chapter) {
                assert!(
                    !names(&code, &format!("chapters::{other}"))
                        && !names(&code, &format!("super::super::{other}")),
                    "{} names the chapter {other}",
                    file.display()
                );
            }
        }
    }
}

/// Only what travels between page and worker is serialisable.
#[test]
fn only_recipe_study_and_message_are_serialisable() {
    for file in files_below(&source()) {
        let names_of = [
            "lab/recipe.rs",
            "lab/study.rs",
            "lab/study/ensemble.rs",
            "lab/message.rs",
            "lab/message/sizes.rs",
        ];
        let allowed = names_of.iter().any(|name| file.ends_with(name));
        assert!(
            allowed || !names(&code(&file), "Serialize"),
            "{} is serialisable",
            file.display()
        );
    }
}
