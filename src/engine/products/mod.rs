//! What follows from a scene, one file each: the product, the job that it depends on, and the work.
//!
//! A newcomer is a file and its line in [`ALL`]: it is then asked for, kept, dropped, polled and waited for.

pub mod comparison;
pub mod seen;
pub mod terrain;
pub mod grounds;
pub mod slopes;
pub mod survey;
pub mod ends;
pub mod atlas;
pub mod outcomes;
pub mod because;
pub mod measures;
pub mod here;
pub mod feet;
pub mod pointed;
pub mod spectra;
pub mod profiles;
pub mod predictions;
pub mod steps;
pub mod pulls;
pub mod moves;
pub mod close;

use std::sync::Arc;

use super::Kind;

/// Every product, in the order in which one may follow from another.
pub static ALL: &[Kind] = &[
    Kind::of::<Arc<comparison::Comparison>>("samscope runs"),
    Kind::of::<seen::Seen>("samscope plane"),
    Kind::of::<terrain::Terrain>("samscope terrain"),
    Kind::of::<grounds::Grounds>("samscope grounds"),
    Kind::of::<slopes::Slopes>("samscope arrows"),
    Kind::of::<survey::Surveyed>("samscope minima"),
    Kind::of::<ends::Ends>("samscope ends"),
    Kind::of::<atlas::Atlas>("samscope atlas"),
    Kind::of::<outcomes::Outcomes>("samscope outcomes"),
    Kind::of::<because::Inquired>("samscope why"),
    Kind::of::<measures::Measures>("samscope measures"),
    Kind::of::<here::Here>("samscope step"),
    Kind::of::<feet::Feet>("samscope feet"),
    Kind::of::<pointed::Pointed>("samscope pointer"),
    Kind::of::<spectra::Spectra>("samscope spectra"),
    Kind::of::<profiles::Profiles>("samscope profiles"),
    Kind::of::<predictions::Predictions>("samscope predictions"),
    Kind::of::<steps::Steps>("samscope steps"),
    Kind::of::<pulls::Pulls>("samscope pulls"),
    Kind::of::<moves::BaseMoves>("samscope moves"),
    Kind::of::<close::Close>("samscope lens"),
];
