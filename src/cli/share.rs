//! `samscope share`: a scene as one word, to be pasted into a chat or a slide.

use std::io::{self, Write as _};

use clap::Args;

use super::{Refusal, Wish};
use crate::origin::{Origin, short};

/// Print the scene as one word, samscope:…, to be pasted; every command takes it in place of a SCENE.
#[derive(Debug, Args)]
pub struct Share {
    /// What to share.
    #[command(flatten)]
    pub wish: Wish,
    /// The step that is seen first; the last when not said.
    #[arg(long, value_name = "N")]
    pub step: Option<usize>,
}

impl Share {
    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        let found = self.wish.origin()?;
        let at = self.step.map(Into::into).or(found.at);
        writeln!(io::stdout(), "{}", short::write(&Origin { at, ..found }))?;
        Ok(())
    }
}
