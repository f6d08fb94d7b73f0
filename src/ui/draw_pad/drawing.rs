//! What is on the pad: strokes above an image, each of which can be taken back.

use super::PAD_SIDE;
use crate::data::brush::{Stroke, press};

/// An image below all strokes, and the ink that all leave together.
pub struct Drawing {
    image: Option<Vec<f32>>,
    strokes: Vec<Stroke>,
    /// (row, column), 0 = paper, 1 = ink.
    pub ink: Vec<f32>,
}

impl Drawing {
    /// A pad without ink.
    pub fn new() -> Self {
        Self {
            image: None,
            strokes: Vec::new(),
            ink: vec![0.0; PAD_SIDE * PAD_SIDE],
        }
    }

    /// An image without strokes.
    pub fn of_image(ink: Vec<f32>) -> Self {
        Self {
            image: Some(ink.clone()),
            strokes: Vec::new(),
            ink,
        }
    }

    /// How often something can be taken back.
    pub fn pieces(&self) -> usize {
        self.strokes.len() + usize::from(self.image.is_some())
    }

    /// Puts a round pen of `radius` down.
    pub fn begin(&mut self, place: (f32, f32), radius: f32) {
        press(&mut self.ink, PAD_SIDE, place, place, radius);
        self.strokes.push(Stroke {
            points: vec![place],
            radius,
        });
    }

    /// Draws the pen that is down on to `place`.
    pub fn go_on(&mut self, place: (f32, f32)) {
        if let Some(stroke) = self.strokes.last_mut() {
            let from = stroke.points.last().copied().unwrap_or(place);
            press(&mut self.ink, PAD_SIDE, from, place, stroke.radius);
            stroke.points.push(place);
        }
    }

    /// Takes the last stroke back; without strokes the image.
    pub fn undo(&mut self) {
        if self.strokes.pop().is_none() {
            self.image = None;
        }
        match &self.image {
            Some(image) => self.ink.copy_from_slice(image),
            None => self.ink.fill(0.0),
        }
        for stroke in &self.strokes {
            stroke.draw(&mut self.ink, PAD_SIDE);
        }
    }
}
