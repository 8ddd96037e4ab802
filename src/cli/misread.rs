//! What was wrong with a command line, in words.

use clap::error::{ContextKind, ErrorKind};

/// What was wrong with a command line, in one line, and where help is; none where it asked for help or the version.
#[must_use]
pub fn misread(error: &clap::Error) -> Option<String> {
    if !error.use_stderr() {
        return None;
    }
    // A number below zero looks like a flag, and the advice for flags helps nobody.
    let given = error.get(ContextKind::InvalidArg).map(ToString::to_string);
    if let Some(given) = given
        .filter(|given| error.kind() == ErrorKind::UnknownArgument && given.parse::<f64>().is_ok())
    {
        return Some(format!(
            "{given} stands where no number belongs; write a value below zero right after its name, as --flag={given} or --set key={given}"
        ));
    }
    let said = error.to_string();
    let mut lines = said.lines().map(str::trim).take_while(|line| !line.starts_with("Usage:"));
    let first = lines.next()?.trim_start_matches("error: ").to_owned();
    let more = lines.filter(|line| !line.is_empty() && !line.starts_with("For more information"));
    let whole = more.fold(first, |said, line| {
        let joint = if said.ends_with(':') { " " } else { "; " };
        said + joint + line.trim_start_matches("tip: ")
    });
    Some(format!("{whole}; samscope --help says what there is"))
}
