//! The ink of the diagram.

use super::LayerDiagram;
use super::layout::{Drawing, Layout, Stack};
use super::neurons::Neurons;
use super::unread::Unread;
use super::words::{Words, line_pitch};
use crate::figures::outline::{Point, Rect};
use crate::figures::palette::{Rgb, Role};
use crate::figures::sheet::{Lettering, Sheet, Side, Stroke};
use crate::figures::{Drawn, style::Style};
use crate::theory::architecture::{Architecture, ArchitectureError, Sharing};

/// Cells at least this large, in CSS pixels at scale 1, are told apart by a grid.
const GRID_FROM: f64 = 3.5;

/// Draws a diagram that was laid out.
pub fn draw(diagram: &LayerDiagram, layout: &Layout, sheet: &Sheet<'_>) -> Drawn {
    for (drawing, role) in &layout.layers {
        match drawing {
            Drawing::Maps(stack) => draw_stack(stack, *role, layout.cell, sheet)?,
            Drawing::Neurons(neurons) => draw_neurons(neurons, *role, sheet)?,
        }
    }
    match &diagram.network {
        Ok(net) => draw_reach(net, layout, sheet)?,
        Err(error) => draw_overhang(error, layout, sheet)?,
    }
    for words in &layout.words {
        draw_words(words, sheet)?;
    }
    if let Some((text, place)) = &layout.complaint {
        sheet.paragraph(text, place)?;
    }
    Ok(())
}

fn draw_words(words: &Words, sheet: &Sheet<'_>) -> Drawn {
    let style = sheet.style();
    let pitch = line_pitch(style);
    for (index, line) in words.lines.iter().enumerate() {
        let (x, side) = if words.centred {
            (words.place.centre().0, Side::Middle)
        } else {
            (words.place.left, Side::Left)
        };
        let quiet = sheet.palette().quiet_ink.into();
        let label = sheet.label();
        let lettering = Lettering {
            side,
            bold: line.strong,
            tint: if line.strong { label.tint } else { quiet },
            ..label
        };
        let middle = words.place.top + (index as f64 + 0.5) * pitch;
        sheet.text_centred(&line.text, (x, middle), &lettering)?;
    }
    Ok(())
}

fn draw_stack(stack: &Stack, role: Role, cell: f64, sheet: &Sheet<'_>) -> Drawn {
    let (style, palette) = (sheet.style(), sheet.palette());
    let colour = palette.mark(role);
    // Outlines that stand closer than their width would be one dark block.
    let crowded = (stack.step / style.px(3.0)).clamp(0.3, 1.0);
    let thin = Stroke::solid(colour.at(crowded), style.stroke(1.0));
    for behind in (1..stack.count).rev() {
        let by = stack.step * f64::from(behind);
        let Rect {
            left,
            top,
            right,
            bottom,
        } = stack.front;
        let plane = Rect::new(left + by, top - by, right + by, bottom - by);
        sheet.fill_rect(plane, palette.paper)?;
        let seen = [
            (plane.left, plane.top + stack.step),
            (plane.left, plane.top),
            (plane.right, plane.top),
            (plane.right, plane.bottom),
            (plane.right - stack.step, plane.bottom),
        ];
        sheet.polyline(&seen, &thin)?;
    }
    sheet.fill_rect(stack.front, palette.paper)?;
    if cell >= style.px(GRID_FROM) {
        draw_grid(stack, cell, sheet)?;
    }
    sheet.outline_rect(stack.front, &Stroke::solid(colour, style.stroke(1.5)))?;
    if stack.padding > 0.0 {
        let dashed =
            Stroke::solid(colour, style.stroke(1.0)).dashed(&[style.px(4.0), style.px(3.0)]);
        sheet.outline_rect(stack.front.grown(stack.padding), &dashed)?;
    }
    Ok(())
}

fn draw_grid(stack: &Stack, cell: f64, sheet: &Sheet<'_>) -> Drawn {
    let hair = Stroke::solid(sheet.palette().grid, sheet.style().px(0.75));
    let front = stack.front;
    for line in 1..stack.side {
        let (x, y) = (
            front.left + f64::from(line) * cell,
            front.top + f64::from(line) * cell,
        );
        sheet.polyline(&[(x, front.top), (x, front.bottom)], &hair)?;
        sheet.polyline(&[(front.left, y), (front.right, y)], &hair)?;
    }
    Ok(())
}

fn draw_neurons(neurons: &Neurons, role: Role, sheet: &Sheet<'_>) -> Drawn {
    let colour = sheet.palette().mark(role);
    for middle in &neurons.middles {
        sheet.disc(*middle, neurons.radius, colour.at(0.55))?;
    }
    for (text, place) in &neurons.numbers {
        sheet.text_centred(text, (place.left, place.centre().1), &sheet.small_label())?;
    }
    Ok(())
}

/// Some cells of a map in front: `count` rows and columns from (row, column) on, which may lie in the padding.
fn cells(stack: &Stack, cell: f64, row: i64, column: i64, count: u32) -> Rect {
    let (left, top) = (
        stack.front.left + column as f64 * cell,
        stack.front.top + row as f64 * cell,
    );
    let length = f64::from(count) * cell;
    Rect::new(left, top, left + length, top + length)
}

/// What one neuron of each layer reads, and what nobody reads.
fn draw_reach(net: &Architecture, layout: &Layout, sheet: &Sheet<'_>) -> Drawn {
    let [
        (Drawing::Maps(input), _),
        (Drawing::Maps(maps), _),
        (Drawing::Maps(pooled), _),
        (Drawing::Neurons(dense), dense_role),
        (Drawing::Neurons(output), output_role),
    ] = layout.layers.as_slice()
    else {
        return Ok(());
    };
    let (palette, cell, s) = (sheet.palette(), layout.cell, net.settings());
    let (a, b) = (
        net.convolution_coverage().windows,
        net.pooling_coverage().windows,
    );
    // One cell a third of the way down, and the one beside it.
    let share = |count: u32, of: f64| (f64::from(count - 1) * of).round() as i64;
    let (row, column) = (share(a, 0.25), share(a.saturating_sub(1).max(1), 0.5));
    let place = |index: i64| index * i64::from(s.stride) - i64::from(s.padding);
    let window = |column: i64| cells(input, cell, place(row), place(column), s.kernel);

    if s.sharing != Sharing::Dense {
        let covered = net.convolution_coverage();
        let unread = Unread {
            dropped: covered.dropped,
            window: s.kernel,
            stride: s.stride,
            padding: s.padding,
            windows: a,
        };
        unread.draw(input, cell, sheet)?;
    }
    let unread = Unread {
        dropped: net.pooling_coverage().dropped,
        window: s.pool_window,
        stride: s.pool_stride,
        padding: 0,
        windows: b,
    };
    unread.draw(maps, cell, sheet)?;

    let kernel_colour = palette.mark(LayerDiagram::role("F"));
    let target = cells(maps, cell, row, column, 1);
    if s.sharing == Sharing::Dense {
        draw_link(input.front, target, kernel_colour, layout.across, sheet)?;
    } else {
        if column + 1 < i64::from(a) {
            // With weights of its own, the neighbour's window is another one.
            let neighbour = match s.sharing {
                Sharing::Local => palette.mark(Role::Further(3)),
                _ => kernel_colour,
            };
            let dashed = dashed(neighbour, sheet.style());
            sheet.outline_rect(window(column + 1), &dashed)?;
            sheet.outline_rect(cells(maps, cell, row, column + 1, 1), &dashed)?;
        }
        draw_link(window(column), target, kernel_colour, layout.across, sheet)?;
    }

    let (pool_row, pool_column) = (share(b, 0.75), share(b, 0.4));
    let pool_place = |index: i64| index * i64::from(s.pool_stride);
    let pool = cells(
        maps,
        cell,
        pool_place(pool_row),
        pool_place(pool_column),
        s.pool_window,
    );
    let target = cells(pooled, cell, pool_row, pool_column, 1);
    let pool_colour = palette.mark(LayerDiagram::role("Q"));
    draw_link(pool, target, pool_colour, layout.across, sheet)?;

    let depth = pooled.depth();
    // Along the outline of the stack, so that the beam leaves it free.
    let Rect {
        left,
        top,
        right,
        bottom,
    } = pooled.front;
    let from = if layout.across {
        [
            (right + depth, top - depth),
            (right + depth, bottom - depth),
            (right, bottom),
        ]
    } else {
        [
            (left, bottom),
            (right, bottom),
            (right + depth, bottom - depth),
        ]
    };
    draw_fan(&from, dense, *dense_role, sheet)?;
    let edge = |neurons: &Neurons| -> [Point; 2] {
        let ends = neurons.middles.iter();
        let (mut low, mut high) = ((f64::MAX, f64::MAX), (f64::MIN, f64::MIN));
        for (x, y) in ends {
            low = (low.0.min(*x), low.1.min(*y));
            high = (high.0.max(*x), high.1.max(*y));
        }
        let reach = neurons.radius;
        if layout.across {
            [(high.0 + reach, low.1), (high.0 + reach, high.1)]
        } else {
            [(low.0, high.1 + reach), (high.0, high.1 + reach)]
        }
    };
    draw_fan(&edge(dense), output, *output_role, sheet)
}

fn dashed(colour: Rgb, style: &Style) -> Stroke {
    Stroke::solid(colour, style.stroke(1.2)).dashed(&[style.px(3.0), style.px(2.5)])
}

/// A window, the neuron that reads it, and the beam between them.
fn draw_link(window: Rect, neuron: Rect, colour: Rgb, across: bool, sheet: &Sheet<'_>) -> Drawn {
    let style = sheet.style();
    let line = Stroke::solid(colour, style.stroke(1.0));
    let beam = if across {
        [
            (window.right, window.top),
            (neuron.left, neuron.top),
            (neuron.left, neuron.bottom),
            (window.right, window.bottom),
        ]
    } else {
        [
            (window.left, window.bottom),
            (neuron.left, neuron.top),
            (neuron.right, neuron.top),
            (window.right, window.bottom),
        ]
    };
    sheet.fill_polygon(&beam, colour.at(0.12))?;
    sheet.polyline(&beam[..2], &line)?;
    sheet.polyline(&beam[2..], &line)?;
    sheet.fill_rect(window, colour.at(0.14))?;
    sheet.outline_rect(window, &Stroke::solid(colour, style.stroke(1.8)))?;
    sheet.fill_rect(neuron, colour)
}

/// One neuron of a layer and the beam from the outline of all that it reads.
fn draw_fan(from: &[Point], neurons: &Neurons, role: Role, sheet: &Sheet<'_>) -> Drawn {
    let (style, colour) = (sheet.style(), sheet.palette().mark(role));
    let (Some(neuron), [first, .., last]) = (neurons.middles.get(neurons.chosen), from) else {
        return Ok(());
    };
    let line = Stroke::solid(colour, style.stroke(1.0));
    let beam: Vec<Point> = from.iter().chain([neuron]).copied().collect();
    sheet.fill_polygon(&beam, colour.at(0.12))?;
    sheet.polyline(&[*first, *neuron, *last], &line)?;
    sheet.disc(*neuron, neurons.radius * 1.25, colour)
}

/// The window that is larger than what it should stand on.
fn draw_overhang(error: &ArchitectureError, layout: &Layout, sheet: &Sheet<'_>) -> Drawn {
    let Some((Drawing::Maps(stack), _)) = layout.layers.last() else {
        return Ok(());
    };
    let (window, padding, letter) = match *error {
        ArchitectureError::KernelLargerThanInput {
            kernel, padding, ..
        } => (kernel, padding, "F"),
        ArchitectureError::PoolLargerThanMap { pool_window, .. } => (pool_window, 0, "Q"),
        ArchitectureError::Zero { .. } | ArchitectureError::TooLarge { .. } => return Ok(()),
    };
    let colour = sheet.palette().mark(LayerDiagram::role(letter));
    let start = -i64::from(padding);
    let place = cells(stack, layout.cell, start, start, window);
    sheet.fill_rect(place, colour.at(0.14))?;
    let style = sheet.style();
    let outline = Stroke::solid(colour, style.stroke(1.8)).dashed(&[style.px(5.0), style.px(3.0)]);
    sheet.outline_rect(place, &outline)
}
