//! What came of work on files.

use super::App;
use super::files::News;
use super::toasts::Tone;
use super::turn::Turn;

impl App {
    /// Takes in what came of work on files.
    pub(super) fn heard(&mut self, ctx: &egui::Context, news: News) {
        match news {
            News::Kept(path, scene) => {
                self.view.form = None;
                self.toasts.say(Tone::Good, format!("Saved {}", path.display()));
                self.last_file = Some(path.clone());
                self.remember(&path);
                self.saved(ctx, &path, &scene);
            }
            News::Painted(picture) => {
                let [wide, high] = picture.size;
                ctx.copy_image(picture);
                let words = format!("Copied the picture, {wide} × {high} pixels");
                self.toasts.say(Tone::Good, words);
            }
            News::Table(path) => self.look_at_table(path),
            News::Tabled(path, found) => self.hear_of_table(&path, *found),
            News::Gone(path, why) => {
                self.recent.retain(|other| *other != path);
                self.toasts.say(Tone::Bad, format!("{why}; it is taken off the list"));
            }
            News::Saved(path) => {
                self.view.form = None;
                self.toasts.say(Tone::Good, format!("Saved {}", path.display()));
                self.last_file = Some(path);
            }
            News::Failed(message) => match &mut self.view.form {
                // What was typed stays, to be mended.
                Some(form) => form.trouble = message,
                None => self.toasts.say(Tone::Bad, message),
            },
            News::Filmed(made) => {
                self.filming = None;
                match made {
                    Ok(path) => {
                        self.toasts.say(Tone::Good, format!("Saved {}", path.display()));
                        self.last_file = Some(path);
                    }
                    Err(why) => self.toasts.say(Tone::Bad, why),
                }
            }
            News::Opened(path, origin) => {
                self.view.form = None;
                self.last_file = Some(path.clone());
                self.remember(&path);
                self.go_back_into(*origin);
                self.safe.note(Some(&path), &self.scene);
                self.opened = Some(path);
            }
            News::Taught(path, lesson) => {
                self.view.form = None;
                self.last_file = Some(path.clone());
                self.remember(&path);
                self.grant_turn(Turn::Read(path, lesson));
            }
            News::Chosen(path) => {
                if let Some(form) = &mut self.view.form {
                    form.path = path.display().to_string();
                }
            }
            News::Dismissed => {
                if let Some(form) = &mut self.view.form {
                    form.trouble = "no file was chosen; the path can be typed as well".to_owned();
                }
            }
        }
    }
}
