//! A training session answers every command and ends every run as it should; its clock is the test's.

use std::cell::Cell;

use softstep::lab::message::{Command, Drive, Measures, Observed, Point, Report, RunState};
use softstep::lab::recipe::{Observation, PenaltiesRecipe, Recipe};
use softstep::lab::session::Session;
use softstep::lab::study::Study;
use softstep::lab::study::ensemble::Ensemble;

/// A session with its digits and a clock that moves a millisecond whenever it is read.
pub struct Bench {
    session: Session,
    now: Cell<f64>,
    /// All reports so far.
    pub heard: Vec<Report>,
}

impl Bench {
    fn new() -> Self {
        let mut session = Session::default();
        let bytes = include_bytes!("../../assets/digits.idx.gz").to_vec();
        assert_eq!(session.handle(Command::Digits(bytes)), [Report::Ready]);
        Self {
            session,
            now: Cell::new(0.0),
            heard: Vec::new(),
        }
    }

    pub fn start(recipe: Recipe, drive: Drive) -> Self {
        let mut bench = Self::new();
        bench.tell(Command::Start {
            run: 1,
            recipe: Box::new(recipe),
            drive,
        });
        bench
    }

    pub fn study(study: Study) -> Self {
        let mut bench = Self::new();
        bench.tell(Command::Study {
            run: 1,
            study: Box::new(study),
        });
        bench
    }

    pub fn ensemble(ensemble: Ensemble) -> Self {
        let mut bench = Self::new();
        bench.tell(Command::Ensemble {
            run: 1,
            ensemble: Box::new(ensemble),
        });
        bench
    }

    pub fn tell(&mut self, command: Command) -> &mut Self {
        let reports = self.session.handle(command);
        self.heard.extend(reports);
        self
    }

    /// Lets the session work until it has nothing to do.
    pub fn settle(&mut self) -> &mut Self {
        while self.session.is_busy() {
            let clock = || {
                self.now.set(self.now.get() + 1.0);
                self.now.get()
            };
            let reports = self.session.advance(20.0, &clock);
            self.heard.extend(reports);
        }
        self
    }

    pub fn state(&self) -> RunState {
        let mut states = self.heard.iter().filter_map(|report| match report {
            Report::State { state, .. } => Some(*state),
            _ => None,
        });
        states.next_back().expect("the run has a state")
    }

    pub fn points(&self) -> Vec<Point> {
        let points = self.heard.iter().filter_map(|report| match report {
            Report::Measured { point, .. } => Some(*point),
            _ => None,
        });
        points.collect()
    }

    pub fn studied(&self) -> Vec<Measures> {
        let studied = self.heard.iter().filter_map(|report| match report {
            Report::Studied { measures, .. } => Some(*measures),
            _ => None,
        });
        studied.collect()
    }

    fn epoch(&self) -> f64 {
        let mut places = self.heard.iter().filter_map(|report| match report {
            Report::Progress { epoch, .. } => Some(*epoch),
            _ => None,
        });
        places.next_back().expect("the run has made progress")
    }
}

fn small() -> Recipe {
    Recipe {
        training_images: 100,
        epochs: 3,
        ..Recipe::dense(20, 1, 0.5)
    }
}

#[test]
fn a_run_measures_every_epoch_from_the_first_weights_on_and_completes() {
    let mut bench = Bench::start(small(), Drive::Run);
    bench.settle();
    let epochs: Vec<f64> = bench.points().iter().map(|point| point.epoch).collect();
    assert_eq!(epochs, [0.0, 1.0, 2.0, 3.0]);
    let (first, last) = (bench.points()[0], bench.points()[3]);
    assert!(last.training.loss < first.training.loss);
    // Before learning, ten classes are guessed: a loss near ln 10 = 2.30, an error near 90 %.
    assert!(
        (1.8..3.5).contains(&first.test.loss) && (0.75..=1.0).contains(&first.test.error),
        "{first:?}"
    );
    assert!(matches!(bench.state(), RunState::Completed { .. }));
    let done = bench.heard.iter().filter_map(|report| match report {
        Report::Progress { done, .. } => Some(*done),
        _ => None,
    });
    let done: Vec<f64> = done.collect();
    assert!(done.is_sorted() && done.last() == Some(&1.0), "{done:?}");
}

#[test]
fn one_recipe_has_one_end_however_it_is_driven() {
    let straight = Bench::start(small(), Drive::Run).settle().state();
    let mut bench = Bench::start(small(), Drive::OneBatch);
    bench.settle();
    assert_eq!((bench.state(), bench.epoch()), (RunState::Paused, 0.1));
    bench.tell(Command::Drive(Drive::OneBatch)).settle();
    assert_eq!((bench.state(), bench.epoch()), (RunState::Paused, 0.2));
    bench.tell(Command::Drive(Drive::OneEpoch)).settle();
    assert_eq!((bench.state(), bench.epoch()), (RunState::Paused, 1.0));
    bench.tell(Command::Drive(Drive::Run)).settle();
    assert_eq!(bench.state(), straight);
}

#[test]
fn a_pause_holds_and_goes_on() {
    let mut bench = Bench::start(small(), Drive::Run);
    bench.tell(Command::Drive(Drive::Pause)).settle();
    assert_eq!(bench.state(), RunState::Paused);
    // The measures under way were finished, nothing was trained.
    assert_eq!(bench.points().len(), 1);
    assert!(!bench.session.is_busy());
    bench.tell(Command::Drive(Drive::Run)).settle();
    assert!(matches!(bench.state(), RunState::Completed { .. }));
}

#[test]
fn a_stopped_run_stays_stopped() {
    let mut bench = Bench::start(small(), Drive::OneEpoch);
    bench.settle().tell(Command::Stop);
    assert_eq!(bench.state(), RunState::Stopped);
    bench.tell(Command::Drive(Drive::Run)).settle();
    assert_eq!(bench.state(), RunState::Stopped);
}

#[test]
fn a_loss_that_explodes_ends_the_run_and_the_last_good_epoch_can_be_taken_up() {
    let mut bench = Bench::start(
        Recipe {
            epochs: 4,
            ..small()
        },
        Drive::OneEpoch,
    );
    bench
        .settle()
        .tell(Command::SetLearningRate(100.0))
        .tell(Command::Drive(Drive::Run))
        .settle();
    let RunState::Diverged {
        epoch,
        last_good_epoch,
        ..
    } = bench.state()
    else {
        panic!("the run should have diverged, but is {:?}", bench.state());
    };
    assert_eq!(last_good_epoch, 1);
    assert!(epoch > 1.0);
    bench.tell(Command::ReturnToLastGood);
    assert_eq!((bench.state(), bench.epoch()), (RunState::Paused, 1.0));
    bench
        .tell(Command::SetLearningRate(0.05))
        .tell(Command::Drive(Drive::Run))
        .settle();
    assert!(matches!(bench.state(), RunState::Completed { .. }));
    // The detour has left no trace: the end is that of a run that never took it.
    assert_eq!(
        bench.state(),
        Bench::start(
            Recipe {
                epochs: 4,
                ..small()
            },
            Drive::Run
        )
        .settle()
        .state()
    );
}

#[test]
fn early_stopping_waits_as_long_as_it_was_told() {
    let recipe = Recipe {
        epochs: 500,
        patience: Some(5),
        ..small()
    };
    let mut bench = Bench::start(recipe, Drive::Run);
    bench.settle();
    let RunState::StoppedEarly {
        best_epoch,
        patience: 5,
        ..
    } = bench.state()
    else {
        panic!(
            "the run should have stopped early, but is {:?}",
            bench.state()
        );
    };
    let points = bench.points();
    let error = |point: &Point| {
        point
            .validation
            .expect("early stopping measures on validation images")
            .error
    };
    let best = error(&points[best_epoch as usize]);
    assert_eq!(points.len() as u32 - 1, best_epoch + 5);
    assert!(
        points[..best_epoch as usize]
            .iter()
            .all(|point| error(point) > best)
    );
    assert!(
        points[best_epoch as usize..]
            .iter()
            .all(|point| error(point) >= best)
    );
}

#[test]
fn changes_of_a_run_under_way_are_checked() {
    let mut bench = Bench::start(small(), Drive::OneEpoch);
    bench.settle();
    for command in [
        Command::SetLearningRate(f32::NAN),
        Command::SetDropout(1.0),
        Command::SetPenalties(PenaltiesRecipe {
            l2: -1.0,
            ..PenaltiesRecipe::default()
        }),
    ] {
        let answer = bench.session.handle(command);
        assert!(
            matches!(&answer[..], [Report::Refused { run: Some(1), .. }]),
            "{answer:?}"
        );
    }
    // And what is valid changes the rest of the run.
    let unchanged = Bench::start(small(), Drive::Run).settle().state();
    bench
        .tell(Command::SetDropout(0.1))
        .tell(Command::Drive(Drive::Run))
        .settle();
    assert!(matches!(bench.state(), RunState::Completed { .. }));
    assert_ne!(bench.state(), unchanged);
}

/// Squares and longest incoming vector of the weights, moment by moment.
fn weights(bench: &Bench) -> Vec<(f64, f64)> {
    let seen = bench.heard.iter().filter_map(|report| match report {
        Report::Observed {
            observed: Observed::Weights(weights),
            ..
        } => Some((weights.squares, weights.longest)),
        _ => None,
    });
    seen.collect()
}

/// Penalties that are set on the way work from then on: L2 shrinks weights that grew before, a bound holds at once.
#[test]
fn penalties_can_be_set_during_a_run() {
    let observed = || Recipe {
        observation: Observation::Weights,
        ..small()
    };
    let mut free = Bench::start(observed(), Drive::Run);
    let free = weights(free.settle());
    assert!(
        free.is_sorted_by(|a, b| a.0 < b.0),
        "weights grow: {free:?}"
    );
    let after_one_epoch = |penalties| {
        let mut bench = Bench::start(observed(), Drive::OneEpoch);
        bench
            .settle()
            .tell(Command::SetPenalties(penalties))
            .tell(Command::Drive(Drive::Run))
            .settle();
        assert!(matches!(bench.state(), RunState::Completed { .. }));
        let seen = weights(&bench);
        assert_eq!(seen[..2], free[..2], "nothing changes before");
        seen
    };
    let squares = after_one_epoch(PenaltiesRecipe {
        l2: 0.5,
        ..PenaltiesRecipe::default()
    });
    // Ten steps an epoch: each shrinks a weight by 0.05 x 0.5 of itself, 20 of them by 40 %, its square by 64 %.
    assert!(squares[3].0 < 0.6 * free[3].0, "{squares:?} {free:?}");
    assert!(squares.is_sorted_by(|a, b| b.0 < a.0 || a == &squares[0]));
    let bound = 0.5;
    assert!(free[1].1 > 2.0 * bound, "{free:?}");
    let bounded = after_one_epoch(PenaltiesRecipe {
        max_norm: Some(bound as f32),
        ..PenaltiesRecipe::default()
    });
    for (_, longest) in &bounded[2..] {
        assert!(*longest <= bound * 1.0001, "{bounded:?}");
    }
    // And taken away again they are gone.
    let mut back = Bench::start(observed(), Drive::OneBatch);
    let nothing = Command::SetPenalties(PenaltiesRecipe::default());
    back.settle().tell(nothing);
    back.tell(Command::Drive(Drive::Run)).settle();
    assert_eq!(weights(&back).last(), free.last());
}

#[test]
fn what_cannot_start_says_why() {
    let mut session = Session::default();
    let start = |recipe: Recipe| Command::Start {
        run: 3,
        recipe: Box::new(recipe),
        drive: Drive::Run,
    };
    let early = session.handle(start(small()));
    assert!(
        matches!(&early[..], [Report::Refused { run: Some(3), message }] if message.contains("digits"))
    );
    let damaged = session.handle(Command::Digits(vec![1, 2, 3]));
    assert!(matches!(&damaged[..], [Report::Refused { run: None, .. }]));
    let mut bench = Bench::new();
    let wrong = bench.session.handle(start(Recipe {
        epochs: 0,
        ..small()
    }));
    assert!(
        matches!(&wrong[..], [Report::Refused { run: Some(3), message }] if message.contains("epochs"))
    );
    assert!(!bench.session.is_busy());
}

#[test]
fn slices_end_when_their_time_is_over() {
    let mut bench = Bench::start(small(), Drive::Run);
    let readings = Cell::new(0);
    let clock = || {
        readings.set(readings.get() + 1);
        f64::from(readings.get())
    };
    bench.session.advance(20.0, &clock);
    // Each portion of work reads the clock three times, the slice once more at its beginning.
    assert!(
        readings.get() <= 25,
        "{} readings for 20 milliseconds",
        readings.get()
    );
}
