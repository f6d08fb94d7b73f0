//! Signals and DOM; knows no chapter.

pub mod address;
pub mod app;
pub mod choice;
pub mod divergence;
pub mod drag;
pub mod fine_canvas;
pub mod formula;
pub mod lecture;
pub mod link;
pub mod network_diagram;
pub mod network_editor;
pub mod number;
pub mod number_grid;
pub mod pixels;
pub mod plane_point;
pub mod play;
pub mod plot;
pub mod presets;
pub mod save;
pub mod several;
pub mod slider;
pub mod theme;
pub mod toggle;
pub mod transport;
pub mod twin_curves;
pub mod widget;
