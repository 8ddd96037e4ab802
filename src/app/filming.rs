//! A film or a table that is being made beside the window: how far it is, and the way to break it off.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use egui::{Align2, Area, Frame, Id, Margin, Order, ProgressBar, vec2};

use super::commands::{Command, Commands};
use super::files::{News, Reel};
use crate::export::csv::Table;
use crate::export::file;
use crate::export::film::{CannotFilm, Film, Format, Sequence};
use crate::scene::Scene;
use crate::typed::echo_path;

/// What the window and whoever makes the film, or the table, tell each other.
#[derive(Debug, Clone, Default)]
pub struct Filming {
    what: What,
    path: PathBuf,
    /// Thousandths that are done.
    done: Arc<AtomicU32>,
    is_over: Arc<AtomicBool>,
}

/// What is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum What {
    #[default]
    Film,
    Table,
}

/// Thousandths of it.
const WHOLE: f64 = 1000.0;

impl Filming {
    /// A film that is to be written here.
    #[must_use]
    pub fn to(path: &Path) -> Self {
        Self { path: path.to_owned(), ..Self::default() }
    }

    /// A table that is to be written here.
    #[must_use]
    pub fn table_to(path: &Path) -> Self {
        Self { what: What::Table, ..Self::to(path) }
    }

    /// What is being made, as it is told to whoever wants another.
    #[must_use]
    pub fn is_busy(&self) -> &'static str {
        match self.what {
            What::Film => "a film is being made; wait for it, or cancel it",
            What::Table => "a table is being written; wait for it, or cancel it",
        }
    }

    /// Breaks it off.
    pub fn stop(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }

    /// Makes the film; `woken` is called whenever there is more of it.
    #[must_use]
    pub fn make(&self, film: &Film, reel: Reel, woken: impl Fn()) -> News {
        let made = match reel {
            Reel::One(format) => self.one(film, format, &woken),
            Reel::Pictures => self.pictures(film, &woken),
        };
        News::Filmed(made.map(|()| self.path.clone()))
    }

    /// Writes the table of all runs of `scene`: they are made again, so that it is the table of what is asked for.
    #[must_use]
    pub fn write_table(&self, scene: &Scene, woken: impl Fn()) -> News {
        let problem = scene.source().build();
        let table = Table::of(scene, &problem);
        let written =
            file::write(&self.path, |out| table.write(out, &mut self.watch(&woken)).map(|_| ()));
        News::Filmed(match written {
            Ok(()) => Ok(self.path.clone()),
            Err(_) if self.is_over.load(Ordering::Relaxed) => {
                Err("the table was cancelled; no file was written".to_owned())
            }
            Err(error) => Err(error.to_string()),
        })
    }

    /// Makes it as one file.
    fn one(&self, film: &Film, format: Format, woken: &impl Fn()) -> Result<(), String> {
        let mut trouble = None;
        let written = file::write(&self.path, |out| {
            film.write(format, out, &mut self.watch(woken)).map_err(|error| {
                let said = std::io::Error::other(error.to_string());
                trouble = Some(error.to_string());
                said
            })
        });
        written.map_err(|error| trouble.unwrap_or_else(|| error.to_string()))
    }

    /// Makes it as a picture a frame.
    fn pictures(&self, film: &Film, woken: &impl Fn()) -> Result<(), String> {
        let Some(pictures) = Sequence::of(&self.path) else {
            return Err(
                "the name has no place for a number; write one as frame-%04d.png".to_owned()
            );
        };
        pictures.check(film).map_err(|error| error.to_string())?;
        let made = pictures.write(film, &mut self.watch(woken));
        made.map_err(|error: CannotFilm| error.to_string())
    }

    /// Notes how far it is, and breaks it off where that is wished.
    fn watch(&self, woken: &impl Fn()) -> impl FnMut(f64) -> ControlFlow<()> {
        |part| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to 1000"
            )]
            self.done.store((WHOLE * part) as u32, Ordering::Relaxed);
            woken();
            if self.is_over.load(Ordering::Relaxed) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        }
    }

    /// Shows how far it is, with a button to break it off.
    pub fn ui(&self, ctx: &egui::Context, commands: &mut Commands) {
        let part = f64::from(self.done.load(Ordering::Relaxed)) / WHOLE;
        Area::new(Id::unique("filming"))
            .order(Order::Foreground)
            .anchor(Align2::RIGHT_BOTTOM, vec2(-16.0, -16.0))
            .show(ctx, |ui| {
                Frame::popup(ui.style()).inner_margin(Margin::symmetric(14, 10)).show(ui, |ui| {
                    ui.set_max_width(320.0);
                    let what = match self.what {
                        What::Film => "Film",
                        What::Table => "Table",
                    };
                    ui.label(format!("{what} {}", echo_path(&self.path)));
                    ui.horizontal(|ui| {
                        #[expect(clippy::cast_possible_truncation, reason = "0 to 1")]
                        ui.add(
                            ProgressBar::new(part as f32).desired_width(200.0).show_percentage(),
                        );
                        if ui.button("Cancel").clicked() {
                            commands.push(Command::StopFilm);
                        }
                    });
                });
            });
    }
}
