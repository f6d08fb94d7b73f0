//! Examples to learn from: readers, the bundled digits, splits.
//!
//! | module | holds |
//! |---|---|
//! | [`augmentation`] | more images from the same images, by chance |
//! | [`brush`] | strokes of a soft pen as ink on pixels |
//! | [`dataset`] | images as numbers with their labels, and parts of them |
//! | [`digits`] | the 10,000 digits that the page brings along |
//! | [`elastic`] | images bent unevenly |
//! | [`idx`] | files in MNIST's own format, from anywhere |
//! | [`split`] | which digits train, which validate, which test |
//! | [`label_noise`] | labels made wrong on purpose |
//! | [`picture`] | pictures from elsewhere as ink on paper |
//! | [`preparation`] | drawings made like MNIST's digits |
//! | [`projective`] | images seen from a slant |
//! | [`warp`] | images moved, turned, scaled, sheared |
//!
//! Bytes go one way: file -> [`idx::Reader`] -> [`idx::Images`] (one byte a pixel) -> [`dataset::Dataset`] (`f32`).

pub mod augmentation;
pub mod brush;
pub mod dataset;
pub mod digits;
pub mod elastic;
pub mod idx;
pub mod label_noise;
pub mod picture;
pub mod preparation;
pub mod projective;
pub mod split;
pub mod warp;
