//! What people do and what is promised, without a window: one binary, so that everything is linked once.

mod approved;
mod command_line;
mod contracts;
mod curves;
mod lettered;
mod recorder;
mod depth;
mod figures;
mod future;
mod handling;
mod measures;
mod network_reference;
mod optim_reference;
mod outcomes;
mod pairwise;
mod overlap;
mod passes;
mod random_scenes;
mod reachable;
mod reference;
mod replay;
mod runs;
mod scenes;
mod sharpness_reference;
mod tables;
mod tidy;
