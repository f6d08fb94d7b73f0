//! Entry of the page and of its training workers: one binary, two lives.

fn main() {}
