//! The window: the only place that knows egui.
//!
//! ```text
//! logic   the engine's news, the playback clock
//! ui      keys, panels (which edit the scene or ask by command), what is wanted of the engine, maps and charts
//! then    the commands, carried out once
//! ```

pub mod fonts;
pub mod style;
pub mod view;
pub mod playback;
pub mod commands;
pub mod history;
pub mod files;
pub mod toasts;
pub mod layout;
pub mod shortcuts;
pub mod canvas;
pub mod widgets;
pub mod panels;
pub mod platform;

use std::path::PathBuf;

use egui::{Frame, Margin, Rect, ScrollArea, Ui, UiBuilder};

use crate::engine::Engine;
use crate::engine::plan::{plan, shown_window};
use crate::figure::palette::Theme;
use crate::figure::picture::{Against, Look, Picture};
use crate::problem::grid::Window;
use crate::scene::Scene;

use canvas::axes::Margins;
use canvas::ground::Ground;
use commands::{Command, Commands};
use files::{Files, Kind, News, Shot};
use history::History;
use layout::Layout;
use panels::export::{Form, Paper};
use toasts::{Toasts, Tone};
use view::{Details, Maps, View};
use widgets::busy::Busy;

/// Opens the window on `scene` and stays until it is closed.
///
/// # Errors
/// When there can be no window; the message says what to do.
pub fn run(scene: Scene) -> Result<(), platform::NoWindow> {
    platform::open(scene)
}

/// The program with a window.
pub struct App {
    scene: Scene,
    view: View,
    engine: Engine,
    history: History,
    files: Files,
    toasts: Toasts,
    ground: Ground,
    busy: Busy,
    /// The file that was saved or opened last.
    last_file: Option<PathBuf>,
    /// A picture of the window that is to be taken, after so many frames.
    shutter: Option<(PathBuf, u8)>,
}

impl App {
    /// The window of `scene`, with files handled where they are asked for.
    #[must_use]
    pub fn new(ctx: &egui::Context, scene: Scene, engine: Engine) -> Self {
        let theme = match ctx.system_theme() {
            Some(egui::Theme::Dark) => Theme::Dark,
            Some(egui::Theme::Light) | None => Theme::Light,
        };
        dress(ctx, theme);
        Self {
            view: View::opening(theme),
            engine,
            history: History::new(&scene),
            files: Files::in_place(),
            toasts: Toasts::default(),
            ground: Ground::default(),
            busy: Busy::default(),
            last_file: None,
            shutter: None,
            scene,
        }
    }

    /// The same with files handled on threads.
    #[must_use]
    pub fn on_threads(self, ctx: &egui::Context) -> Self {
        Self { files: Files::on_threads(ctx), ..self }
    }

    /// What is asked for now.
    #[must_use]
    pub fn scene(&self) -> &Scene {
        &self.scene
    }

    /// Where one looks now.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.view
    }

    /// What followed from it.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// What was said lately.
    pub fn said(&self) -> impl Iterator<Item = &str> {
        self.toasts.texts()
    }

    /// Takes in what threads have finished, and moves the playhead.
    pub fn logic(&mut self, ctx: &egui::Context) {
        self.engine.poll();
        for news in self.files.poll() {
            self.heard(news);
        }
        let now = ctx.input(|input| input.time);
        if self.engine.is_busy() {
            self.busy.working(now);
        } else {
            self.busy.resting();
        }
        if self.engine.duel().is_some()
            && let Some(wait) = self.view.playback.advance(now, self.scene.steps.get())
        {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(wait.max(0.0)));
        }
        if let Some((path, frames)) = self.shutter.take() {
            if frames == 0 {
                ctx.request_screenshot(self.files.window_saver(path));
            } else {
                self.shutter = Some((path, frames - 1));
            }
            ctx.request_repaint();
        }
    }

    /// Shows everything, then carries out what was asked for.
    pub fn ui(&mut self, ui: &mut Ui) {
        let mut commands = Commands::default();
        shortcuts::read(ui.ctx(), &mut commands);
        let layout = layout::of(ui.max_rect(), self.view.maps, self.view.details);
        self.side_panels(ui, &layout, &mut commands);
        let look = self.want(&layout);
        self.stage(ui, &layout, look, &mut commands);
        self.windows(ui.ctx(), &mut commands);
        self.toasts.ui(ui.ctx(), self.view.theme);
        self.ground.tidy();
        for command in commands.take() {
            self.carry_out(ui.ctx(), command, look.window);
        }
        let held = ui.input(|input| input.pointer.any_down());
        if !held {
            self.history.settle(&self.scene);
        }
    }

    /// The bar, the controls and the timeline.
    fn side_panels(&mut self, ui: &mut Ui, layout: &Layout, commands: &mut Commands) {
        let Self { scene, view, history, busy, engine, .. } = self;
        panel(ui, "bar", layout.bar, Margin::symmetric(16, 6), |ui| {
            panels::toolbar::ui(ui, scene, view, history, *busy, commands);
        });
        if let Some(rect) = layout.controls {
            panel(ui, "controls", rect, Margin::ZERO, |ui| {
                ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                    Frame::new().inner_margin(Margin::symmetric(16, 4)).show(ui, |ui| {
                        let names = engine.duel().map(|duel| duel.problem.objective.weight_names());
                        panels::sam::ui(ui, scene);
                        panels::optimizer::ui(ui, scene);
                        panels::problem::ui(ui, scene);
                        panels::start::ui(ui, scene, &names.unwrap_or_default());
                        panels::schedules::ui(ui, scene);
                        ui.add_space(style::GRID);
                    });
                });
            });
        }
    }

    /// Asks the engine for what the scene implies; says where one looks.
    fn want(&mut self, layout: &Layout) -> Look {
        let plot = layout.maps.first().map_or(Rect::NOTHING, |spot| Margins::MAP.plot(spot.cell));
        let aspect = f64::from(plot.width().max(1.0)) / f64::from(plot.height().max(1.0));
        let shown = || shown_window(&self.scene, self.engine.duel());
        let window = self.view.zoom.unwrap_or_else(shown).widened_to(aspect);
        let ground = self.view.ground_for(window);
        let step = self.view.playback.step(self.scene.steps.get());
        let wanted = plan(&self.scene, step, Some(ground), self.engine.duel());
        self.engine.want(wanted);
        Look {
            step,
            window,
            against: self.view.against,
            points_per_unit: f64::from(plot.width()) / window.span()[0],
        }
    }

    /// Maps, charts, data and readings.
    fn stage(&mut self, ui: &mut Ui, layout: &Layout, look: Look, commands: &mut Commands) {
        let Self { scene, view, engine, ground, .. } = self;
        let last = scene.steps.get();
        let picture = Picture { scene, duel: engine.duel(), terrain: engine.terrain(), look };
        let theme = view.theme;
        let whole = layout.maps[0].heading.union(layout.timeline).union(layout.charts[1].cell);
        let paper = Rect::from_min_max(
            egui::pos2(layout.timeline.left(), layout.bar.bottom()),
            egui::pos2(layout.timeline.right(), whole.bottom()),
        );
        ui.painter().rect_filled(paper, 0.0, style::tone(theme, 0.0));
        panels::maps::ui(ui, &picture, &layout.maps, view, ground, commands);
        panels::charts::ui(ui, &picture, &layout.charts, theme, ground, commands);
        panel_on(ui, "timeline", layout.timeline, Margin::symmetric(12, 4), |ui| {
            panels::timeline::ui(ui, &view.playback, last, view.against, commands);
        });
        if let Some(rect) = layout.details {
            panel(ui, "details", rect, Margin::symmetric(12, 4), |ui| {
                panels::data::ui(ui, &picture, theme, ground);
                ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                    panels::readings::ui(ui, &picture, theme);
                });
            });
        }
    }

    /// What is open in front.
    fn windows(&mut self, ctx: &egui::Context, commands: &mut Commands) {
        if self.view.help {
            panels::help::ui(ctx, commands);
        }
        if let Some(form) = &mut self.view.form {
            panels::export::ui(ctx, form, commands);
        }
    }

    fn carry_out(&mut self, ctx: &egui::Context, command: Command, window: Window) {
        let last = self.scene.steps.get();
        let view = &mut self.view;
        match command {
            Command::Undo => self.go_back_to(Direction::Undo),
            Command::Redo => self.go_back_to(Direction::Redo),
            Command::Show(scene) => self.show(*scene),
            Command::MoveStart(at) => {
                // On a slice the weights are those of the plane's point.
                let plane = self.engine.duel().map(|duel| &duel.section.plane);
                let wanted = self.scene.subject.dimension();
                let plane = plane.filter(|plane| plane.origin.len() == wanted && wanted > 2);
                match plane {
                    Some(plane) => self.scene.start = Some(plane.at(at[0], at[1]).to_vec()),
                    None if wanted == 2 => self.scene.start = Some(at.to_vec()),
                    None => {}
                }
            }
            Command::TogglePlay => view.playback.toggle(last),
            Command::StepBy(steps) => view.playback.step_by(steps, last),
            Command::GoTo(step) => view.playback.go_to(step.min(last)),
            Command::Speed(speed) => view.playback.set_speed(speed),
            Command::Zoom(window) => view.zoom = Some(window),
            Command::ZoomBy(power) => {
                view.zoom = Some(panels::maps::zoomed(window, window.centre(), power));
            }
            Command::ResetZoom => view.zoom = None,
            Command::ToggleOverlaid => {
                view.maps = match view.maps {
                    Maps::SideBySide => Maps::Overlaid,
                    Maps::Overlaid => Maps::SideBySide,
                };
            }
            Command::ToggleAgainst => {
                view.against = match view.against {
                    Against::Steps => Against::Gradients,
                    Against::Gradients => Against::Steps,
                };
            }
            Command::ToggleTheme => {
                view.theme = match view.theme {
                    Theme::Dark => Theme::Light,
                    Theme::Light | Theme::Print => Theme::Dark,
                };
                style::apply(ctx, view.theme);
            }
            Command::ToggleDetails => {
                let room = layout::has_room(ctx.content_rect().width());
                let shown = match view.details {
                    Details::WhenRoom => room,
                    Details::Shown => true,
                    Details::Hidden => false,
                };
                view.details = if shown { Details::Hidden } else { Details::Shown };
            }
            Command::ToggleHelp => view.help = !view.help,
            Command::Close => {
                if view.form.take().is_none() {
                    view.help = false;
                }
            }
            Command::AskFile(kind) => {
                view.form = Some(Form::new(kind, self.last_file.as_deref()));
            }
            Command::Browse => {
                if let Some(form) = &view.form {
                    let (kind, path) = (form.kind, PathBuf::from(form.path.trim()));
                    self.files.start(move || files::choose(kind, &path));
                }
            }
            Command::Carry { kind, path } => self.carry_file(kind, path, window),
        }
        ctx.request_repaint();
    }

    /// Saves or opens a file as the form says, and closes it.
    fn carry_file(&mut self, kind: Kind, path: PathBuf, window: Window) {
        let form = self.view.form.take();
        let scene = self.scene.clone();
        match kind {
            Kind::Figure(image) => {
                let (scale, paper) =
                    form.map_or((2, Paper::AsShown), |form| (form.scale, form.paper));
                let theme = match paper {
                    Paper::AsShown => self.view.theme,
                    Paper::White => Theme::Print,
                };
                let step = self.view.playback.step(scene.steps.get());
                // A map that nobody zoomed shows the scene's own window, whatever the shape of this one.
                let window = if self.view.zoom.is_some() {
                    window
                } else {
                    shown_window(&scene, self.engine.duel())
                };
                let against = self.view.against;
                let look = Look { step, window, against, points_per_unit: 1.0 };
                let shot = Shot { scene, look, theme };
                self.files.start(move || shot.save(image, f64::from(scale), &path));
            }
            Kind::Table => match self.engine.duel().cloned() {
                Some(duel) => self.files.start(move || files::save_table(&duel, &path)),
                None => self.toasts.say(Tone::Bad, "the runs are not there yet; try again"),
            },
            // The form must be gone from the window before the picture is taken.
            Kind::Window => self.shutter = Some((path, 2)),
            Kind::Scene => self.files.start(move || files::save_scene(&scene, &path)),
            Kind::OpenScene => self.files.start(move || files::open_scene(&path)),
        }
    }

    fn heard(&mut self, news: News) {
        match news {
            News::Saved(path) => {
                self.toasts.say(Tone::Good, format!("Saved {}", path.display()));
                self.last_file = Some(path);
            }
            News::Failed(message) => self.toasts.say(Tone::Bad, message),
            News::Opened(path, scene) => {
                self.last_file = Some(path);
                self.show(*scene);
            }
            News::Chosen(path) => {
                if let Some(form) = &mut self.view.form {
                    form.path = path.display().to_string();
                }
            }
            News::Dismissed => {}
        }
    }

    /// Shows another scene from its start; the one before can be gone back to.
    fn show(&mut self, scene: Scene) {
        self.history.settle(&self.scene);
        self.scene = scene;
        let speed = self.view.playback.speed;
        self.view.playback = playback::Playback::from_the_start();
        self.view.playback.speed = speed;
        self.view.zoom = None;
    }

    fn go_back_to(&mut self, direction: Direction) {
        let other = match direction {
            Direction::Undo => self.history.undo(&self.scene),
            Direction::Redo => self.history.redo(&self.scene),
        };
        if let Some(scene) = other {
            self.scene = scene;
        }
    }
}

/// A way through the history.
#[derive(Debug, Clone, Copy)]
enum Direction {
    Undo,
    Redo,
}

/// Gives egui our fonts and colours.
pub fn dress(ctx: &egui::Context, theme: Theme) {
    fonts::install(ctx);
    style::apply(ctx, theme);
}

/// Shows `contents` in a part of the window with a panel's ground.
fn panel(ui: &mut Ui, id: &str, rect: Rect, margin: Margin, contents: impl FnOnce(&mut Ui)) {
    ui.painter().rect_filled(rect, 0.0, ui.visuals().panel_fill);
    panel_on(ui, id, rect, margin, contents);
}

/// The same on the ground that is there.
fn panel_on(ui: &mut Ui, id: &str, rect: Rect, margin: Margin, contents: impl FnOnce(&mut Ui)) {
    let inside = rect - margin;
    let mut child = ui.new_child(UiBuilder::new().id_salt(id).max_rect(inside));
    child.set_clip_rect(rect.intersect(ui.clip_rect()));
    contents(&mut child);
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _: &mut eframe::Frame) {
        self.logic(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        self.ui(ui);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
