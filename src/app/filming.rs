//! A film that is being made beside the window: how far it is, and the way to break it off.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use egui::{Align2, Area, Frame, Id, Margin, Order, ProgressBar, vec2};

use super::commands::{Command, Commands};
use super::files::News;
use crate::export::file;
use crate::export::film::{Film, Format};
use crate::typed::echo_path;

/// What the window and whoever makes the film tell each other.
#[derive(Debug, Clone, Default)]
pub struct Filming {
    path: PathBuf,
    /// Thousandths that are done.
    done: Arc<AtomicU32>,
    is_over: Arc<AtomicBool>,
}

/// Thousandths of a film.
const WHOLE: f64 = 1000.0;

impl Filming {
    /// A film that is to be written here.
    #[must_use]
    pub fn to(path: &Path) -> Self {
        Self { path: path.to_owned(), ..Self::default() }
    }

    /// Breaks it off.
    pub fn stop(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }

    /// Makes the film; `woken` is called whenever there is more of it.
    #[must_use]
    pub fn make(&self, film: &Film, format: Format, woken: impl Fn()) -> News {
        let mut watch = |part: f64| {
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
        };
        let mut trouble = None;
        let written = file::write(&self.path, |out| {
            film.write(format, out, &mut watch).map_err(|error| {
                let said = std::io::Error::other(error.to_string());
                trouble = Some(error.to_string());
                said
            })
        });
        let said = match written {
            Ok(()) => Ok(self.path.clone()),
            Err(error) => Err(trouble.unwrap_or_else(|| error.to_string())),
        };
        News::Filmed(said)
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
                    ui.label(format!("Film {}", echo_path(&self.path)));
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
