//! A button that moves a number along a logarithmic or linear range by itself: time where time is the content.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;

use super::number::significant;

/// Seconds from one end of the range to the other.
const SECONDS: f64 = 14.0;
/// Seconds between the stills that a reader with reduced motion sees, and their number.
const STILL_SECONDS: f64 = 1.5;
const STILLS: f64 = 14.0;

/// From where to where, and how positions are spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sweep {
    /// Where it starts.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Equal ratios in equal times instead of equal differences.
    pub logarithmic: bool,
}

impl Sweep {
    /// The value after a share of the way, to three significant digits; the ends exactly.
    pub fn value_at(&self, share: f64) -> f64 {
        if share <= 0.0 {
            return self.from;
        }
        if share >= 1.0 {
            return self.to;
        }
        let value = if self.logarithmic {
            self.from * (self.to / self.from).powf(share)
        } else {
            self.from + share * (self.to - self.from)
        };
        significant(value, 3).parse().unwrap_or(value)
    }

    /// The share of the way at which a value lies.
    pub fn share_of(&self, value: f64) -> f64 {
        let share = if self.logarithmic {
            (value / self.from).ln() / (self.to / self.from).ln()
        } else {
            (value - self.from) / (self.to - self.from)
        };
        share.clamp(0.0, 1.0)
    }
}

/// Plays and pauses. A value that somebody else moves while it plays goes on from there; at the end it stops. A reader
/// who asks for reduced motion gets a row of stills instead.
#[component]
pub fn Play(
    /// The number that moves.
    value: RwSignal<f64>,
    /// Its way.
    sweep: Sweep,
    /// What moves, for the button's name: "c".
    what: &'static str,
) -> impl IntoView {
    let moving = Moving {
        read: Rc::new(move || value.try_get_untracked()),
        write: Rc::new(move |next| value.set(next)),
        value_at: Rc::new(move |share| sweep.value_at(share)),
        share_of: Rc::new(move |value| sweep.share_of(value)),
    };
    button(moving, what, "grows")
}

/// As [`Play`], for whole places 0, 1, ... `last` that are gone through one after another.
#[component]
pub fn PlayPlaces(
    /// The present place.
    #[prop(into)]
    place: Signal<usize>,
    /// Goes to a place.
    go: impl Fn(usize) + 'static,
    /// The last place, above 0.
    last: usize,
    /// What moves, for the button's name: "the window".
    what: &'static str,
) -> impl IntoView {
    let end = last as f64;
    let moving = Moving {
        read: Rc::new(move || place.try_get_untracked().map(|place| place as f64)),
        write: Rc::new(move |next| go(next as usize)),
        value_at: Rc::new(move |share: f64| (share.clamp(0.0, 1.0) * end).floor()),
        share_of: Rc::new(move |value: f64| (value / end).clamp(0.0, 1.0)),
    };
    button(moving, what, "moves on")
}

/// A number that plays: how it is read, written and spread over time.
struct Moving {
    /// None once the number is gone with its widget.
    read: Rc<dyn Fn() -> Option<f64>>,
    write: Rc<dyn Fn(f64)>,
    value_at: Rc<dyn Fn(f64) -> f64>,
    share_of: Rc<dyn Fn(f64) -> f64>,
}

fn button(moving: Moving, what: &'static str, does: &'static str) -> AnyView {
    let moving = Rc::new(moving);
    let playing = RwSignal::new(false);
    // Share of the way and time of the last frame; a round that was paused leaves no frame behind.
    let round = Rc::new(Cell::new(0_u32));
    let start = move |_| {
        if playing.get_untracked() {
            playing.set(false);
            return;
        }
        playing.set(true);
        let moving = Rc::clone(&moving);
        let share = |moving: &Moving| (moving.read)().map_or(0.0, |value| (moving.share_of)(value));
        if share(&moving) >= 1.0 {
            (moving.write)((moving.value_at)(0.0));
        }
        round.set(round.get() + 1);
        let own = round.get();
        let alive = {
            let round = Rc::clone(&round);
            move || round.get() == own && playing.try_get_untracked() == Some(true)
        };
        let still = wants_stills();
        let state = Rc::new(Cell::new((
            share(&moving),
            (moving.read)().unwrap_or_default(),
            now(),
        )));
        frame(Rc::new(move || {
            if !alive() {
                return false;
            }
            let (mut share, last, then) = state.get();
            let time = now();
            let passed = (time - then) / 1000.0;
            if still && passed < STILL_SECONDS {
                return true;
            }
            let Some(present) = (moving.read)() else {
                return false;
            };
            if present != last {
                share = (moving.share_of)(present);
            }
            share += if still {
                1.0 / STILLS
            } else {
                passed.min(0.1) / SECONDS
            };
            let next = (moving.value_at)(share);
            state.set((share, next, time));
            if next != present {
                (moving.write)(next);
            }
            if share >= 1.0 {
                playing.set(false);
            }
            share < 1.0
        }));
    };
    let label = move || {
        if playing.get() {
            format!("Pause {what}")
        } else {
            format!("Play: {what} {does}")
        }
    };
    view! {
        <button type="button" class="play" aria-pressed=move || playing.get().to_string() on:click=start>{label}</button>
    }
    .into_any()
}

/// Calls `step` once a frame for as long as it says yes.
fn frame(step: Rc<dyn Fn() -> bool>) {
    request_animation_frame(move || {
        if step() {
            frame(step);
        }
    });
}

fn now() -> f64 {
    window()
        .performance()
        .map_or(0.0, |performance| performance.now())
}

fn wants_stills() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_has_its_ends_and_its_middle() {
        let sweep = Sweep {
            from: 0.1,
            to: 1e6,
            logarithmic: true,
        };
        assert_eq!(sweep.value_at(0.0), 0.1);
        assert_eq!(sweep.value_at(1.0), 1e6);
        assert!((sweep.share_of(sweep.value_at(0.5)) - 0.5).abs() < 1e-3);
    }
}
