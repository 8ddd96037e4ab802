//! Sweeps: one scene made again with keys set to every combination of their values, and how the runs of each end.
//!
//! ```text
//! rho = 0, 0.1, 0.2    eta = 0.1, 0.4    two seeds           the first key is the slowest, the seed the fastest
//!
//! cell   0     1     2     3     4     5     6    …   11
//! rho    0     0     0     0     0.1   0.1   0.1  …   0.2
//! eta    0.1   0.1   0.4   0.4   0.1   0.1   0.4  …   0.4
//! seed   22    23    22    23    22    23    22   …   23
//! ```
//!
//! A [`Plan`] says which cells there are and a [`Shard`] which of them are whose; [`Grounds`] finds how their runs end,
//! in parallel, with the same numbers as one scene alone. It does not know how that is written.

mod plan;
mod shard;
mod grounds;

pub use grounds::{Ended, Grounds};
pub use plan::{BadPlan, Plan};
pub use shard::{BadShard, Shard};
