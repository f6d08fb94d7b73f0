//! Cells as RGBA bytes, never as shapes: a hundred by a hundred rectangles cost a frame, a raster costs nothing.
//!
//! A raster has one pixel for each cell; who shows it scales it without smoothing (CSS `image-rendering: pixelated`).

use super::outline::Rect;
use super::palette::{Palette, Role};

/// Cells as pixels: rows from top to bottom, in a row from left to right, four bytes each (red, green, blue, alpha,
/// not premultiplied). The layout that a canvas' `ImageData` takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// Cells in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// `width * height * 4` bytes.
    pub rgba: Vec<u8>,
}

/// A raster and where it lies on a sheet, in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedRaster {
    /// The cells.
    pub raster: Raster,
    /// Where its edges lie.
    pub place: Rect,
}

/// How values become colours. What is not a number is transparent; what lies beyond an end has the colour of the end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ColourMap {
    /// Paper at 0 and below, ink at `full`: activations, probabilities, grey levels.
    Activation {
        /// The value that is full ink; must be positive, else every positive value is.
        full: f64,
    },
    /// Blue at `-bound`, paper at 0, orange at `bound`: weights, differences.
    Diverging {
        /// The magnitude that is full colour; must be positive, else every non-zero value is.
        bound: f64,
    },
    /// Value k rounded to a whole number is class k: the colour of run k, mixed with paper by `strength`.
    Classes {
        /// 1 is the full colour, 0 paper.
        strength: f64,
    },
}

/// Steps of a colour map on one side of zero; more than eye or screen tell apart.
const STEPS: usize = 256;

impl ColourMap {
    /// A diverging map whose bound is the largest finite magnitude among `values`.
    pub fn diverging_over(values: &[f32]) -> Self {
        let bound = values
            .iter()
            .filter(|value| value.is_finite())
            .fold(0.0_f32, |bound, value| bound.max(value.abs()));
        Self::Diverging {
            bound: f64::from(bound),
        }
    }

    /// An activation map whose full ink is the largest finite value.
    pub fn activation_over(values: &[f32]) -> Self {
        let full = values
            .iter()
            .filter(|value| value.is_finite())
            .fold(0.0_f32, |full, value| full.max(*value));
        Self::Activation {
            full: f64::from(full),
        }
    }
}

impl Raster {
    /// A square image of bytes, paper at 0, ink at its brightest pixel.
    ///
    /// # Panics
    /// If `pixels` is no square.
    pub fn of_image(pixels: &[u8], palette: &Palette) -> Self {
        let side = pixels.len().isqrt();
        let values: Vec<f32> = pixels
            .iter()
            .map(|&pixel| f32::from(pixel) / 255.0)
            .collect();
        let map = ColourMap::activation_over(&values);
        Self::from_values(&values, side, side, map, palette)
    }

    /// Colours `values` of shape [row, column] in row-major order.
    ///
    /// # Panics
    /// If there are not `width * height` values.
    pub fn from_values(
        values: &[f32],
        width: usize,
        height: usize,
        map: ColourMap,
        palette: &Palette,
    ) -> Self {
        assert_eq!(values.len(), width * height, "one value for each cell");
        let ramp = |role: Role| -> Vec<[u8; 4]> {
            let (paper, end) = (palette.paper, palette.mark(role));
            (0..STEPS)
                .map(|step| {
                    let colour = paper.towards(end, step as f64 / (STEPS - 1) as f64);
                    [colour.red, colour.green, colour.blue, 255]
                })
                .collect()
        };
        // A share of 1 for whatever has no positive full value to be compared with.
        let level = |magnitude: f64, full: f64| {
            let share = if full > 0.0 {
                magnitude / full
            } else {
                magnitude * f64::INFINITY
            };
            (share.clamp(0.0, 1.0) * (STEPS - 1) as f64).round() as usize
        };
        let mut rgba = Vec::with_capacity(values.len() * 4);
        let mut push_all = |colour: &dyn Fn(f64) -> [u8; 4]| {
            for value in values {
                let pixel = if value.is_nan() {
                    [0; 4]
                } else {
                    colour(f64::from(*value))
                };
                rgba.extend_from_slice(&pixel);
            }
        };
        match map {
            ColourMap::Activation { full } => {
                let ink = ramp(Role::Ink);
                push_all(&|value| {
                    if value > 0.0 {
                        ink[level(value, full)]
                    } else {
                        ink[0]
                    }
                });
            }
            ColourMap::Diverging { bound } => {
                let (negative, positive) = (ramp(Role::Negative), ramp(Role::Positive));
                push_all(&|value| {
                    if value == 0.0 {
                        positive[0]
                    } else if value < 0.0 {
                        negative[level(-value, bound)]
                    } else {
                        positive[level(value, bound)]
                    }
                });
            }
            ColourMap::Classes { strength } => {
                push_all(&|value| {
                    let role = Role::nth(value.round().clamp(0.0, 1e6) as usize);
                    let colour = palette.paper.towards(palette.mark(role), strength);
                    [colour.red, colour.green, colour.blue, 255]
                });
            }
        }
        Self {
            width,
            height,
            rgba,
        }
    }

    /// The raster as a PNG file.
    pub fn png(&self) -> Vec<u8> {
        let mut file = Vec::new();
        if self.width == 0 || self.height == 0 {
            return file;
        }
        let mut encoder = png::Encoder::new(&mut file, self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder
            .write_header()
            .and_then(|mut writer| writer.write_image_data(&self.rgba))
            .expect("a raster with all its bytes is a valid PNG");
        file
    }

    /// The raster as a `data:` address that an SVG image or a stylesheet can name.
    pub fn data_uri(&self) -> String {
        format!("data:image/png;base64,{}", base64(&self.png()))
    }
}

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = (0..3).fold(0_u32, |word, i| {
            word << 8 | u32::from(chunk.get(i).copied().unwrap_or(0))
        });
        for i in 0..4 {
            if i <= chunk.len() {
                text.push(char::from(ALPHABET[(word >> (18 - 6 * i) & 63) as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::palette::Theme;

    fn pixel(value: f32, map: ColourMap) -> [u8; 4] {
        let raster = Raster::from_values(&[value], 1, 1, map, Palette::of(Theme::Light));
        [
            raster.rgba[0],
            raster.rgba[1],
            raster.rgba[2],
            raster.rgba[3],
        ]
    }

    #[test]
    fn zero_is_paper_and_the_ends_are_the_named_colours() {
        let map = ColourMap::Diverging { bound: 2.0 };
        assert_eq!(pixel(0.0, map), [255, 255, 255, 255]);
        assert_eq!(pixel(-2.0, map), [0x00, 0x72, 0xB2, 255]);
        assert_eq!(pixel(99.0, map), [0xD5, 0x5E, 0x00, 255]);
        assert_eq!(pixel(f32::NAN, map), [0, 0, 0, 0]);
        let map = ColourMap::Activation { full: 1.0 };
        assert_eq!(pixel(-3.0, map), [255, 255, 255, 255]);
        assert_eq!(pixel(1.0, map), [0x1F, 0x23, 0x28, 255]);
        assert_eq!(
            pixel(1.0, ColourMap::Classes { strength: 1.0 }),
            [0xD5, 0x5E, 0x00, 255]
        );
    }

    #[test]
    fn a_map_without_a_bound_still_tells_zero_from_the_rest() {
        for map in [
            ColourMap::diverging_over(&[]),
            ColourMap::Diverging { bound: f64::NAN },
        ] {
            assert_eq!(pixel(0.0, map), [255, 255, 255, 255]);
            assert_eq!(pixel(1.0, map), [0xD5, 0x5E, 0x00, 255]);
        }
        assert_eq!(
            pixel(0.0, ColourMap::Activation { full: 0.0 }),
            [255, 255, 255, 255]
        );
    }

    #[test]
    fn base64_agrees_with_the_examples_of_its_standard() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn png_gives_back_its_pixels() {
        let values: Vec<f32> = (0..12).map(|i| i as f32 - 5.0).collect();
        let raster = Raster::from_values(
            &values,
            4,
            3,
            ColourMap::diverging_over(&values),
            Palette::of(Theme::Dark),
        );
        let file = raster.png();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&file))
            .read_info()
            .expect("valid");
        let mut decoded = vec![0; reader.output_buffer_size().expect("small")];
        let info = reader.next_frame(&mut decoded).expect("valid");
        assert_eq!((info.width, info.height), (4, 3));
        assert_eq!(decoded, raster.rgba);
    }
}
