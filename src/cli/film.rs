//! `samscope film`: a figure at one step after the other, as one file that moves or as numbered pictures.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueEnum};

use super::drawn::{self, Drawn, Size};
use super::progress::Progress;
use super::{Refusal, Wish, say};
use crate::export::file::{self, Target};
use crate::export::film::{self, CannotFilm, Pace, Plays, Sequence, Steps};
use crate::figure::shot::Shot;
use crate::optim::moment::Moment;
use crate::scene::Scene;

/// Draw one step after the other as a film.
#[derive(Debug, Args)]
pub struct Film {
    /// What to draw.
    #[command(flatten)]
    pub wish: Wish,
    /// The first step; the start when not said.
    #[arg(long, value_name = "N")]
    pub from: Option<usize>,
    /// The last step; that of the scene when not said.
    #[arg(long, value_name = "N")]
    pub to: Option<usize>,
    /// Steps between a frame and the next, best an odd number: an even one shows a run that jumps to and fro on one side
    /// only. Every step when not said, unless these were too many for a film.
    #[arg(long, value_name = "N")]
    pub stride: Option<usize>,
    /// Frames a second.
    #[arg(long, value_name = "F", default_value = "20")]
    pub fps: f64,
    /// How often a GIF or an animated PNG is played: forever, or so many times; forever when not said.
    #[arg(long = "loop", value_name = "TIMES")]
    pub times: Option<Times>,
    /// Width and height in points.
    #[arg(long, value_name = "WxH", default_value = "640x400")]
    pub size: Size,
    /// How it is drawn.
    #[command(flatten)]
    pub drawn: Drawn,
    /// The format; as the output's name ends when not said.
    #[arg(long)]
    pub format: Option<Format>,
    /// Where to write it: film.gif, film.apng, film.y4m, frames/%04d.png for a picture a step, or - for the standard
    /// output.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

/// How often a film is played, as it is said on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times(Plays);

impl FromStr for Times {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().parse::<u16>() {
            _ if text.trim() == "forever" => Ok(Self(Plays::Forever)),
            Ok(times @ 1..) => Ok(Self(Plays::Times(times))),
            _ => Err("say forever, or how many times, 1 to 65535".to_owned()),
        }
    }
}

/// The formats of a film.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One file of 255 colours, which moves everywhere.
    Gif,
    /// One file of all colours: an animated PNG.
    Apng,
    /// A picture a step, numbered.
    Png,
    /// Raw frames for an encoder.
    Y4m,
}

/// What a film is written into.
enum Reel {
    One(film::Format, Target),
    Pictures(Sequence),
}

impl Film {
    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        let reel = self.reel()?;
        let is_played = matches!(reel, Reel::One(film::Format::Gif | film::Format::Apng, _));
        if self.times.is_some() && !is_played {
            say(
                "--loop is for GIF and animated PNG: this format does not say how often it is played",
            );
        }
        let mut scene = self.wish.scene()?;
        self.drawn.apply_to(&mut scene)?;
        for said in drawn::unseen(&scene, &self.drawn) {
            say(&said);
        }
        let film = film::Film {
            shot: Shot { size: self.size.points(), ..self.drawn.shot(&scene, Moment::Step(0)) },
            steps: self.steps(&scene)?,
            pace: Pace::new(self.fps, self.times.map_or(Plays::Forever, |times| times.0))?,
            theme: self.drawn.theme.into(),
            scale: self.drawn.scale,
        };
        let mut progress = Progress::new();
        let mut watch = |part| {
            progress.at(part);
            ControlFlow::Continue(())
        };
        match reel {
            Reel::Pictures(pictures) => {
                pictures.check(&film)?;
                for k in 0..film.steps.count() {
                    self.wish.check_apart(&Target::from(&pictures.path(k)))?;
                }
                Ok(pictures.write(&film, &mut watch)?)
            }
            Reel::One(format, target) => {
                self.wish.check(&target)?;
                let mut trouble = None;
                let written = file::write(&target, |out| {
                    film.write(format, out, &mut watch).map_err(|error| match error {
                        CannotFilm::Write(error) => error,
                        other => {
                            let said = std::io::Error::other(other.to_string());
                            trouble = Some(other);
                            said
                        }
                    })
                });
                match trouble {
                    Some(trouble) => Err(trouble.into()),
                    None => Ok(written?),
                }
            }
        }
    }

    /// What is written, as it was said or as the output's name ends.
    fn reel(&self) -> Result<Reel, Refusal> {
        let target = Target::of(self.output.as_os_str());
        let pictures = target.path().and_then(Sequence::of);
        let ending = match target.ending(&["gif", "apng", "png", "y4m"])? {
            Some("gif") => Some(Format::Gif),
            Some("apng") => Some(Format::Apng),
            Some("png") if pictures.is_some() => Some(Format::Png),
            // A PNG moves where it is said so.
            Some("png") => self.format.filter(|said| *said == Format::Apng),
            Some(_) => Some(Format::Y4m),
            None => None,
        };
        let format = match (self.format, ending) {
            (Some(said), Some(ending)) if said != ending => return Err(Refusal::TwoFormats),
            (said, ending) => said.or(ending).ok_or(Refusal::NoFilmFormat)?,
        };
        Ok(match (format, pictures) {
            (Format::Png, Some(pictures)) => Reel::Pictures(pictures),
            (Format::Png, None) => return Err(Refusal::NoNumber),
            (Format::Gif | Format::Apng | Format::Y4m, Some(_)) => return Err(Refusal::OneFile),
            (Format::Gif, _) => Reel::One(film::Format::Gif, target),
            (Format::Apng, _) => Reel::One(film::Format::Apng, target),
            (Format::Y4m, _) => Reel::One(film::Format::Y4m, target),
        })
    }

    fn steps(&self, scene: &Scene) -> Result<Steps, Refusal> {
        let last = scene.steps.get();
        let (from, to) = (self.from.unwrap_or(0), self.to.unwrap_or(last));
        let whole = Steps::all(to.saturating_sub(from));
        let stride = self.stride.unwrap_or_else(|| whole.stride());
        let steps = Steps::new(from, to, stride, last)?;
        if self.stride.is_none() && stride > 1 {
            say(&format!(
                "{} steps are too many for a film, so one in {stride} is shown",
                to - from
            ));
        }
        if self.stride.is_some_and(|stride| stride > 0 && stride.is_multiple_of(2)) {
            let odd = [stride - 1, stride + 1];
            say(&format!(
                "with a stride of {stride} a run that jumps to and fro seems to stand on one side; {} or {} shows both",
                odd[0], odd[1]
            ));
        }
        Ok(steps)
    }
}
