//! `samscope why`: what makes a run end as it does, in sentences, each with the command that draws its rerun.

use std::fmt::Write as _;
use std::sync::Arc;

use clap::Args;

use super::progress::Progress;
use super::{Refusal, Wish, print};
use crate::analysis::survey::Survey;
use crate::figure::because::{Because, Line, because};
use crate::origin::{Origin, short};
use crate::scene::{Scene, file, names};
use crate::typed::echo;
use crate::why::Inquiry;

/// Say why a run ended as it did.
#[derive(Debug, Args)]
pub struct Why {
    /// What to run.
    #[command(flatten)]
    pub wish: Wish,
    /// Which run, by its name in tables and files; the last when not said.
    #[arg(long, value_name = "NAME")]
    pub run_name: Option<String>,
}

impl Why {
    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        let scene = self.wish.scene()?;
        let place = self.place(&scene)?;
        let mut progress = Progress::new();
        let Some(said) = found(&scene, place, &mut |part| progress.at(part)) else { return Ok(()) };
        drop(progress);
        print(self.page(&scene, place, &said).as_bytes())
    }

    fn place(&self, scene: &Scene) -> Result<usize, Refusal> {
        let Some(name) = &self.run_name else { return Ok(scene.runs.len() - 1) };
        let place = scene.runs.iter().position(|run| run.name.as_str() == name.trim());
        place.ok_or_else(|| {
            let known: Vec<&str> = scene.runs.iter().map(|run| run.name.as_str()).collect();
            Refusal::UnknownRun { given: echo(name), known: known.join(", ") }
        })
    }

    /// What is printed: how the run ended, every sentence with its command, and what makes no difference.
    fn page(&self, scene: &Scene, place: usize, said: &Because) -> String {
        let label = names::labels(scene).into_iter().nth(place).unwrap_or_default();
        let mut text = format!("{label}: {}.\n", said.end);
        for Line { text: sentence, change, .. } in &said.lines {
            let command = self.command(&change.beside(scene, place));
            // Writing to a string cannot fail.
            let _ = write!(text, "\n{sentence}\n    {command}\n");
        }
        if !said.same.is_empty() {
            let _ = write!(text, "\n{}\n", said.same);
        }
        text
    }

    /// The command that draws `shown`, which has other runs than the scene that was wished for and nothing else.
    fn command(&self, shown: &Scene) -> String {
        let mut words = vec!["samscope render".to_owned()];
        match &self.wish.scene {
            // What came through a pipe is not there a second time.
            Some(read) if read == "-" => words.push(short::write(&Origin::bare(shown.clone()))),
            scene => {
                words.extend(scene.as_ref().map(|scene| quoted(&scene.to_string_lossy())));
                words.extend(self.wish.set.iter().map(|set| format!("--set {}", quoted(set))));
            }
        }
        let runs = shown.runs.iter().map(|run| file::run_in_words(shown, run));
        words.extend(runs.map(|run| format!("--run {}", quoted(&run))));
        words.push("-o why.png".to_owned());
        words.join(" ")
    }
}

/// What is said of run `place` of `scene`.
fn found(scene: &Scene, place: usize, progress: &mut dyn FnMut(f64)) -> Option<Because> {
    let problem = scene.source().build();
    let basins = (problem.objective.dimension() == 2).then(|| {
        let own = scene.subject.view().window;
        Arc::new(Survey::of(Arc::clone(&problem.objective), own))
    });
    let why = Inquiry::new(scene, &problem, basins, place).to_end(progress)?;
    Some(because(&why))
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "=.,_-+/:".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_are_quoted_for_a_shell() {
        assert_eq!(quoted("rho=0.1"), "rho=0.1");
        assert_eq!(quoted("name=sam rho=0.1"), "'name=sam rho=0.1'");
        assert_eq!(quoted("title=it's"), r"'title=it'\''s'");
        assert_eq!(quoted(""), "''");
    }
}
