//! Why a wish cannot be granted, and what would be right.

use crate::catalog::{BadValue, UnknownId};
use crate::scene::Scene;
use crate::typed::echo;

/// Why a wish cannot be granted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BadEdit {
    /// No part of the scene has this key.
    #[error("there is no key \"{key}\"; {hint}")]
    UnknownKey {
        /// As it was typed.
        key: String,
        /// What would be right.
        hint: String,
    },
    /// The key was said twice.
    #[error("\"{key}\" is said twice; say it once")]
    Twice {
        /// As it was typed.
        key: String,
    },
    /// A name that no member has.
    #[error(transparent)]
    UnknownId(#[from] UnknownId),
    /// A number outside its setting's range.
    #[error(transparent)]
    BadSetting(#[from] BadValue),
    /// A text that should have been a number, or the like.
    #[error("{key} = \"{given}\" is not {wanted}")]
    NotA {
        /// The key.
        key: String,
        /// What was typed.
        given: String,
        /// What would be right.
        wanted: String,
    },
    /// A checked number that was refused; the message is the number's own.
    #[error("{0}")]
    Refused(String),
    /// A landscape and parts of a fit together.
    #[error(
        "\"landscape\" and \"{other}\" exclude each other; say either a landscape, or data, model and loss"
    )]
    TwoSubjects {
        /// The other key.
        other: String,
    },
    /// Points of one's own and another problem, or other points, together.
    #[error("\"{key}\" and \"{other}\" exclude each other; say one of them")]
    PointsAnd {
        /// The key of the points.
        key: String,
        /// The other key.
        other: String,
    },
    /// A formula and another problem together.
    #[error(
        "\"formula\" and \"{other}\" exclude each other; say either a formula of your own, or a landscape, or data, model and loss"
    )]
    FormulaAnd {
        /// The other key.
        other: String,
    },
    /// A model or loss for another kind of data.
    #[error("{kind} \"{id}\" does not fit dataset \"{data}\"; choose one of {fitting}")]
    DoesNotFit {
        /// "model" or "loss".
        kind: &'static str,
        /// Its id.
        id: &'static str,
        /// The dataset's id.
        data: &'static str,
        /// What would fit.
        fitting: String,
    },
    /// A key that a run cannot have of its own.
    #[error(
        "{key} is the scene's and the same for all runs; say it with --set, or outside of [[run]]"
    )]
    OfTheScene {
        /// The key.
        key: String,
    },
    /// A key that a run cannot change at a step.
    #[error(
        "{key} cannot change at a step; base, ascent, eta, rho and p can, with the parameters of what is chosen"
    )]
    NotLater {
        /// The key.
        key: String,
    },
    /// A start with another number of weights than the problem.
    #[error("start = {given} has {found} weights, but {subject} has {wanted}")]
    WrongStart {
        /// As typed.
        given: String,
        /// How many numbers.
        found: usize,
        /// What is minimised.
        subject: String,
        /// How many weights it has.
        wanted: usize,
    },
}

impl BadEdit {
    /// `given` has `found` weights, and the problem of `scene` another number.
    pub(super) fn wrong_start(given: &str, found: usize, scene: &Scene) -> Self {
        Self::WrongStart {
            given: echo(given),
            found,
            subject: scene.subject.name(),
            wanted: scene.subject.dimension(),
        }
    }
}
