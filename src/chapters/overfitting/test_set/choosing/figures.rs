//! The chosen network's error on the images that it was chosen by and on fresh ones, over the number of networks and of images.

use super::super::networks::Trained;
use super::settings::DRAWS;
use crate::engine::random::Rng;
use crate::figures::axes::Axis;
use crate::figures::curves::{Curves, Gap, Line, Mark, Rule, Series};
use crate::figures::palette::Role;
use crate::theory::resampling::{Choice, Mistakes, choose_best};
use crate::ui::number::{grouped, percent, significant};
use rand_xoshiro::rand_core::SeedableRng;

/// Where the draws begin: the same ones whenever the same networks are chosen from.
const SEED: u64 = 1;
/// Numbers of images that are chosen by.
const SIZES: [usize; 9] = [10, 20, 50, 100, 200, 500, 1000, 2000, 3000];

/// What choosing among some networks by some images gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// Images chosen by.
    pub images: usize,
    /// Images left over.
    pub fresh: usize,
    /// Mean error of all networks on all test images.
    pub mean_error: f64,
    /// Mean error of all networks on their training images.
    pub training_error: f64,
    /// Of k = 1, 2, ... networks.
    pub choices: Vec<Choice>,
}

/// Chooses among `networks`; none before there is one.
pub fn chosen(networks: &[Trained], images: usize) -> Option<Chosen> {
    let first = networks.first()?;
    let mean =
        |of: fn(&Trained) -> f64| networks.iter().map(of).sum::<f64>() / networks.len() as f64;
    Some(Chosen {
        images,
        fresh: first.mistakes.images() - images,
        mean_error: mean(|trained| trained.mistakes.error()),
        training_error: mean(|trained| trained.training_error),
        choices: choices(networks, images),
    })
}

fn choices(networks: &[Trained], images: usize) -> Vec<Choice> {
    let mistakes: Vec<Mistakes> = networks
        .iter()
        .map(|trained| trained.mistakes.clone())
        .collect();
    choose_best(&mistakes, images, DRAWS, &mut Rng::seed_from_u64(SEED))
}

impl Chosen {
    /// The choice among all networks.
    fn of_all(&self) -> Choice {
        *self.choices.last().expect("there is a network")
    }
}

/// Errors of the chosen network against the number of networks.
pub fn against_networks(chosen: Option<&Chosen>, most: usize) -> Curves {
    let mut figure = Curves {
        x: Axis::linear("networks to choose among").whole().range(1.0, most as f64),
        y: Axis::linear("error of the chosen one").unit("%"),
        empty: "Train the networks: the error of the best one will stand here, on the digits that it was chosen by and on fresh ones.".to_owned(),
        ..Curves::default()
    };
    let Some(chosen) = chosen else { return figure };
    let line = |of: fn(&Choice) -> f64| -> Vec<(f64, f64)> {
        let choices = chosen.choices.iter().enumerate();
        choices
            .map(|(index, choice)| ((index + 1) as f64, 100.0 * of(choice)))
            .collect()
    };
    figure.series = vec![
        Series::new(
            Line::Test,
            Role::RunB,
            "on fresh digits",
            line(|choice| choice.fresh),
        )
        .short("fresh"),
        Series::new(
            Line::Test,
            Role::RunA,
            "on those it was chosen by",
            line(|choice| choice.chosen_by),
        )
        .short("chosen by"),
    ];
    figure.gaps.push(Gap {
        between: 0,
        and: 1,
        role: Role::Quiet,
    });
    figure
        .rules
        .push(Rule::at_y(100.0 * chosen.mean_error, "all networks"));
    figure
}

/// (images chosen by, flattery in points) of choosing among all networks; nothing without networks.
pub fn flatteries(networks: &[Trained]) -> Vec<(f64, f64)> {
    if networks.is_empty() {
        return Vec::new();
    }
    let flattery = |images: usize| choices(networks, images).last().map(Choice::flattery);
    SIZES
        .iter()
        .filter_map(|&images| Some((images as f64, 100.0 * flattery(images)?)))
        .collect()
}

/// By how much choosing among all networks flatters, against the number of images.
pub fn against_images(flatteries: &[(f64, f64)], chosen: Option<&Chosen>) -> Curves {
    let mut figure = Curves {
        x: Axis::log("digits to choose by").range(10.0, 3000.0),
        y: Axis::linear("flattery").unit("points").from_zero(),
        empty: "And here by how much the choice flatters it.".to_owned(),
        ..Curves::default()
    };
    if flatteries.is_empty() {
        return figure;
    }
    figure.series.push(
        Series::new(
            Line::Test,
            Role::RunA,
            "fresh less chosen by",
            flatteries.to_vec(),
        )
        .short("flattery"),
    );
    if let Some(chosen) = chosen {
        let at = (chosen.images as f64, 100.0 * chosen.of_all().flattery());
        let label = format!("{} digits", grouped(chosen.images as u64));
        figure
            .marks
            .push(Mark::new(at, Role::RunA, label).filled().guides());
    }
    figure
}

/// What is seen, in words.
pub fn sentence(chosen: Option<&Chosen>) -> String {
    let Some(chosen) = chosen else {
        return "No network yet. Train some that differ in their seed alone, and choose the best of them.".to_owned();
    };
    let best = chosen.of_all();
    let count = chosen.choices.len();
    let networks = if count == 1 { "network" } else { "networks" };
    format!(
        "Among {count} {networks}, the best on {} digits errs on {} of those and on {} of fresh ones: the choice flatters it by {} points. All of them err \
         on {} in the mean. Means over {} draws of the digits.",
        grouped(chosen.images as u64),
        percent(best.chosen_by),
        percent(best.fresh),
        significant((100.0 * best.flattery() * 10.0).round() / 10.0, 2),
        percent(chosen.mean_error),
        grouped(DRAWS as u64),
    )
}

/// The three sets with their sizes, what each is for, and what they say here.
pub fn three_sets(chosen: Option<&Chosen>, images: usize, all: usize) -> [[String; 4]; 3] {
    let count = |count: usize| grouped(count as u64);
    let said =
        |of: fn(&Chosen) -> f64| chosen.map_or("\u{2013}".to_owned(), |chosen| percent(of(chosen)));
    let row = |name: &str, size: String, purpose: &str, error: String| {
        [name.to_owned(), size, purpose.to_owned(), error]
    };
    [
        row(
            "training",
            count(1000),
            "fits the weights, so its error says how much was learned by heart",
            said(|chosen| chosen.training_error),
        ),
        row(
            "validation",
            count(images),
            "chooses: the network, the epoch to stop at, p; so its error is flattered",
            said(|chosen| chosen.of_all().chosen_by),
        ),
        row(
            "test",
            count(all - images),
            "is looked at once, when all is chosen; its error is the one to report",
            said(|chosen| chosen.of_all().fresh),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trained(from: usize) -> Trained {
        Trained {
            training_error: 0.01,
            mistakes: Mistakes::new((0..4000).map(|image| image % 8 == from)),
        }
    }

    #[test]
    fn the_sets_say_what_the_choice_says() {
        let networks = [trained(0), trained(1), trained(2)];
        let chosen = chosen(&networks, 100).expect("there are networks");
        let rows = three_sets(Some(&chosen), 100, 4000);
        assert_eq!(rows[0][3], "1.0 %");
        assert_eq!((rows[1][1].as_str(), rows[2][1].as_str()), ("100", "3,900"));
        let best = chosen.of_all();
        assert_eq!(rows[1][3], percent(best.chosen_by));
        assert!(best.flattery() > 0.0);
        let text = sentence(Some(&chosen));
        assert!(text.contains(&format!("errs on {}", rows[1][3])), "{text}");
        assert!(text.contains("err on 12.5 % in the mean"), "{text}");
        assert_eq!(three_sets(None, 100, 4000)[2][3], "\u{2013}");
    }

    #[test]
    fn more_digits_flatter_less() {
        let networks = [trained(0), trained(1), trained(2)];
        let found = flatteries(&networks);
        assert_eq!(found.len(), SIZES.len());
        assert!(found[0].1 > 3.0 * found[5].1, "{found:?}");
        assert!(flatteries(&[]).is_empty() && chosen(&[], 100).is_none());
    }
}
