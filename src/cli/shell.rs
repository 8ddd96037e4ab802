//! `samscope completions` and `samscope man`: what a shell and a manual know of the program, from the program itself.

use std::io;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::{Cli, Refusal, print};

/// Print what completes words in a shell.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell.
    pub shell: Shell,
}

/// Print the manual page of the program or of one of its commands.
#[derive(Debug, Args)]
pub struct Man {
    /// A command, for instance sweep; the program itself when not said.
    #[arg(value_name = "COMMAND", value_parser = known)]
    pub command: Option<String>,
}

impl Completions {
    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "samscope", &mut script);
        print(&script)
    }
}

impl Man {
    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        print(&self.page()?)
    }

    fn page(&self) -> io::Result<Vec<u8>> {
        let mut program = Cli::command();
        program.build();
        let named = self.command.as_ref().and_then(|name| program.find_subcommand(name));
        let page = named.unwrap_or(&program).clone().version(env!("CARGO_PKG_VERSION"));
        let mut text = Vec::new();
        clap_mangen::Man::new(page).render(&mut text)?;
        Ok(text)
    }
}

/// `name`, where it is a command.
fn known(name: &str) -> Result<String, String> {
    let program = Cli::command();
    if program.find_subcommand(name).is_some() {
        return Ok(name.to_owned());
    }
    let names: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
    Err(format!("there are {}", names.join(", ")))
}
