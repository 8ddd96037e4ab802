//! The network that fits a curve: `z` is the number to predict.

use super::{Network, SETTINGS};
use crate::catalog::{Build, Entry};
use crate::problem::datasets::Task;
use crate::problem::models::Model;

pub(in crate::problem::models) static ENTRY: Entry<dyn Model> = Entry {
    id: "network_fit",
    name: "Network",
    formula: "z = W·φ(… φ(W x + b) …) + b",
    source: "Rumelhart, Hinton & Williams 1986",
    about: "A curve as crooked as the data need it; its weights are seen in slices.",
    settings: SETTINGS,
    build: Build::Sure(|settings| Box::new(Network::new(Task::Regression, settings))),
};
