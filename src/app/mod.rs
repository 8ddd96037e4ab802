//! The window: the only place that knows egui.
//!
//! ```text
//! logic   the engine's news, the playback clock
//! ui      keys, panels (which edit the scene or ask by command), what is wanted of the engine, maps and charts
//! then    the commands, carried out once
//! ```

pub mod fonts;
pub mod style;
pub mod plane;
pub mod view;
pub mod playback;
pub mod turn;
pub mod commands;
pub mod history;
pub mod motion;
pub mod telling;
pub mod files;
pub mod form;
pub mod looking_up;
pub mod toasts;
pub mod layout;
pub mod scale;
pub mod shortcuts;
pub mod watch;
pub mod teaching;
pub mod filming;
pub mod chosen;
pub mod preview;
mod shooting;
pub mod unsaved;
pub mod table;
pub mod editing;
mod opening;
mod handling;
mod recent;
mod seen;
mod recovery;
mod placing;
mod part;
mod forking;
pub mod trying;
mod carry;
mod in_front;
mod stage;
mod hearing;
mod image;
pub mod canvas;
pub mod widgets;
pub mod settings;
mod keeping;
pub mod panels;
pub mod platform;

use std::path::{Path, PathBuf};

use egui::{Margin, Rect, Ui};

use crate::engine::products::comparison::Comparison;
use crate::engine::slot::{Crew, Slot};
use crate::engine::{Asked, Engine, Pace};
use crate::figure::lens;
use crate::figure::palette::{Audience, Theme};
use crate::figure::picture::{Against, Look, Picture};
use crate::optim::moment;
use crate::origin::Origin;
use crate::scene::Scene;
use crate::scene::number::Steps;

use canvas::ground::Ground;
use chosen::Chosen;
use commands::{Command, Commands, Next};
use files::Files;
use filming::Filming;
use history::History;
use layout::Layout;
use motion::Motion;
use panels::figure::Hung;
use preview::Preview;
use recovery::Recovery;
use teaching::{Opened, Teaching};
use telling::Telling;
use toasts::{Toasts, Tone};
use trying::Trial;
use unsaved::Safe;
use view::View;
use widgets::busy::Busy;
use widgets::{explain, limits, pointer, told};

/// Opens the window on a scene, at the moment that is told with it, or on a lesson, and stays until it is closed.
///
/// # Errors
/// When there can be no window; the message says what to do.
pub fn run(origin: Origin, lesson: Option<Opened>) -> Result<(), platform::NoWindow> {
    platform::open(origin, lesson)
}

/// How long a frame works for products where there are no threads.
const BETWEEN_FRAMES: std::time::Duration = std::time::Duration::from_millis(4);

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
    /// The lesson that is open.
    teaching: Option<Teaching>,
    /// The claims of the paper that is open.
    trial: Slot<Trial>,
    /// A picture of the window that is to be taken, after so many frames.
    shutter: Option<(PathBuf, u8)>,
    /// Where settings are kept, if anywhere.
    settings_file: Option<PathBuf>,
    /// The scene file that was opened last: saved again, it keeps its comments.
    opened: Option<PathBuf>,
    /// The film that is being made.
    filming: Option<Filming>,
    /// What was chosen for the last figure.
    chosen: Chosen,
    /// The preview of the figure that is to be saved, and how large the figure is in words.
    preview: Slot<Preview>,
    figure_said: Result<String, String>,
    hung: Option<Hung>,
    /// The scenes that can be had again.
    safe: Safe,
    /// Whether the scene is that of a page of a lesson.
    is_on_page: bool,
    /// What waits for the scene to be saved, and what is done in the next frame.
    after_saving: Option<Next>,
    waiting: Vec<Command>,
    /// Whether the window may be closed, whatever is lost.
    may_close: bool,
    /// What stands in the window's title.
    title: String,
    /// The files that were opened and saved, the latest first.
    recent: Vec<PathBuf>,
    /// What is kept for the case that the program is killed.
    recovery: Option<Recovery>,
    /// What the system is set to about motion, where that is known.
    system_motion: Option<motion::System>,
    /// Whether somebody chose light or dark, here or when it was open before.
    theme_is_chosen: bool,
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
            teaching: None,
            trial: Slot::new(Crew::InPlace),
            shutter: None,
            settings_file: None,
            opened: None,
            filming: None,
            chosen: Chosen::default(),
            preview: Slot::new(Crew::InPlace),
            figure_said: Ok(String::new()),
            hung: None,
            safe: Safe::new(&scene),
            is_on_page: false,
            after_saving: None,
            waiting: Vec::new(),
            may_close: false,
            title: String::new(),
            recent: Vec::new(),
            recovery: None,
            system_motion: None,
            theme_is_chosen: false,
            scene,
        }
    }

    /// The same with files handled on threads, and the system asked whether pictures may move.
    #[must_use]
    pub fn on_threads(self, ctx: &egui::Context) -> Self {
        let system_motion = Some(motion::System::followed(ctx));
        let wake = ctx.clone();
        let trial = Slot::new(Crew::thread("papers", move || wake.request_repaint()));
        let wake = ctx.clone();
        let preview = Slot::new(Crew::thread("preview", move || wake.request_repaint()));
        Self { files: Files::on_threads(ctx), trial, preview, system_motion, ..self }
    }

    /// Takes in what threads have finished, and moves the playhead.
    pub fn logic(&mut self, ctx: &egui::Context) {
        self.engine.poll();
        self.engine.advance(BETWEEN_FRAMES);
        self.try_claims();
        for failure in self.engine.failures() {
            self.toasts.say(
                Tone::Bad,
                format!(
                    "a mistake of the program: {failure}; change something and it is tried again"
                ),
            );
        }
        for news in self.files.poll() {
            self.heard(ctx, news);
        }
        let now = ctx.input(|input| input.time);
        self.keep_for_recovery(now);
        if self.engine.is_busy() {
            self.busy.working(now);
        } else {
            self.busy.resting();
        }
        if self.engine.comparison().is_some()
            && let Some(wait) = self.view.playback.advance(now, self.last())
        {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(wait.max(0.0)));
        }
        if let Some((path, frames)) = self.shutter.take() {
            if frames == 0 {
                let at = self.view.moment(self.view.playback.step(self.last()));
                let origin = Origin::of(&self.scene, at);
                ctx.request_screenshot(self.files.window_saver(path, origin));
            } else {
                self.shutter = Some((path, frames - 1));
            }
            ctx.request_repaint();
        }
    }

    /// Shows everything, then carries out what was asked for.
    pub fn ui(&mut self, ui: &mut Ui) {
        let mut commands = Commands::default();
        scale::apply(ui.ctx(), self.view.size, self.view.audience);
        let system = self.system_motion.as_ref().map(motion::System::motion);
        let motion = self.view.motion.or(system).unwrap_or(Motion::Full);
        if motion != Motion::of(ui.ctx()) {
            motion::apply(ui.ctx(), motion);
        }
        told::window(ui.ctx(), &format!("samscope, {}", self.scene.heading()));
        self.hear_of_closing(ui.ctx());
        self.entitle(ui.ctx());
        explain::begin(ui.ctx());
        shortcuts::read(ui.ctx(), &mut commands);
        self.hear_of_lessons(ui.ctx(), &mut commands);
        let mut layout = self.laid_out(ui.max_rect());
        if self.shows_maps_beside() {
            layout = layout.beside_an_atlas(self.scene.shown_runs().count());
        }
        telling::move_on(&mut self.view.telling, ui);
        self.side_panels(ui, &layout, &mut commands);
        if let Some(refusal) = limits::take(ui.ctx()) {
            commands.push(Command::Say(refusal));
        }
        self.make_whole(&mut commands);
        self.follow_points(ui.ctx());
        let look = self.want(&mut layout);
        self.stage(ui, &layout, look, &mut commands);
        self.windows(ui.ctx(), &mut commands);
        self.preview(look.window);
        commands.extend(explain::take(ui.ctx()).map(Command::Explain));
        self.toasts.ui(ui.ctx(), self.view.theme);
        if self.view.audience == Audience::Room {
            pointer::ui(ui.ctx(), self.view.theme);
        }
        self.ground.tidy();
        for command in commands.take() {
            self.carry_out(ui.ctx(), command, look);
        }
        for command in std::mem::take(&mut self.waiting) {
            self.carry_on(ui.ctx(), command, look);
        }
        // What is typed into a line is one edit, as what is slid is.
        if !ui.input(|input| input.pointer.any_down()) && !ui.ctx().text_edit_focused() {
            self.history.settle(&self.scene);
        }
    }

    /// The last place of the playhead: steps, or the gradients that the run pays for which pays most.
    fn last(&self) -> usize {
        let steps = self.scene.steps.get();
        match self.view.against {
            Against::Steps => steps,
            Against::Gradients => {
                let paid = |runs: &Comparison| moment::paid_by(&runs.runs);
                self.engine.comparison().map_or(steps, |runs| paid(runs).max(1))
            }
        }
    }

    /// Makes the scene whole after an edit: parts that do not go together, and runs that would not fit into memory.
    fn make_whole(&mut self, commands: &mut Commands) {
        crate::scene::keys::settle(&mut self.scene);
        if let Err(too_large) = self.scene.check_size() {
            let steps = self.scene.most_steps();
            if let Ok(fitting) = Steps::new(steps) {
                self.scene.steps = fitting;
                commands.push(Command::Say(format!("{too_large}; it makes {steps} steps")));
            }
        }
    }

    /// The bar, the controls and the timeline.
    fn side_panels(&mut self, ui: &mut Ui, layout: &Layout, commands: &mut Commands) {
        let status = self.goal_said();
        let (file, is_unsaved) = (self.file().map(Path::to_path_buf), self.is_unsaved());
        let Self { scene, view, history, busy, engine, teaching, trial, recent, .. } = self;
        part::on_ground(ui, "bar", layout.bar, Margin::symmetric(16, 6), |ui| {
            let known = panels::scenes::Known { file: file.as_deref(), is_unsaved, recent };
            panels::toolbar::ui(ui, scene, &known, view, history, *busy, commands);
        });
        if let Some(rect) = layout.controls {
            part::on_ground(ui, "controls", rect, Margin::ZERO, |ui| {
                let lesson = teaching.as_ref().map(|teaching| (teaching, status));
                let known = panels::controls::Known { engine, tried: trial.product() };
                panels::controls::ui(ui, scene, view, known, lesson, commands);
            });
        }
    }

    /// Whether maps stand beside the atlas that is open: where its boundaries are traced, so that both sides are seen.
    fn shows_maps_beside(&self) -> bool {
        self.view.atlas.is_some() && crate::engine::products::atlas::is_traced(&self.scene)
    }

    /// Asks the engine for what the scene implies; says where one looks, and lays out the maps around it.
    fn want(&mut self, layout: &mut Layout) -> Look {
        let plot = layout.maps.first().map_or(Rect::NOTHING, layout::Spot::plot);
        let aspect = f64::from(plot.width().max(1.0)) / f64::from(plot.height().max(1.0));
        let last = self.last();
        let Self { scene, view, engine, .. } = self;
        let at = view.moment(view.playback.step(last));
        let pace = if view.playback.is_playing() { Pace::InTurn } else { Pace::AtOnce };
        let mut look = Look {
            at,
            window: scene.shown_window(),
            against: view.against,
            gauge: scene.shown_measure(),
            points_per_unit: 1.0,
            charts: view.charts,
            lens: view.sight(),
            lit: view.lit,
            future: view.future,
            story: view.telling.map(Telling::told),
            pulls: view.pulls,
        };
        let atlas = view.atlas.as_ref().and_then(|plane| plane.settings(scene));
        engine.follow(|engine| {
            let zoom = view.zoom_on(scene);
            let window = |seen| {
                let own = engine.window_of(scene, seen);
                // A plane through the runs has no box of its own that would be more than a guess.
                let is_whole = scene.subject.dimension() == 2;
                let aspect = if is_whole { own.frame(aspect) } else { aspect };
                zoom.unwrap_or(own).widened_to(aspect)
            };
            look.window = window(engine.shown());
            look.points_per_unit = f64::from(plot.width()) / look.window.span()[0];
            let ground = view.ground_for(window(engine.coming()));
            let lenses = lens::windows(&Picture::of(scene, engine, look));
            let (pointer, why, atlas) = (view.pointer, view.why, atlas.as_ref());
            let atlas_value = view.atlas.as_ref().map(|plane| plane.value).unwrap_or_default();
            let asked = look.asks(scene, ground);
            Asked { pace, lenses, pointer, why, atlas, atlas_value, ..asked }
        });
        let [width, height] = look.window.span();
        for spot in &mut layout.maps {
            *spot = spot.framing(width / height);
        }
        let plot = layout.maps.first().map_or(plot, layout::Spot::plot);
        look.points_per_unit = f64::from(plot.width()) / width;
        look
    }
}

/// Gives egui our fonts and colours.
pub fn dress(ctx: &egui::Context, theme: Theme) {
    // Our own keys change the size, within what leaves room.
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
    fonts::install(ctx);
    style::apply(ctx, theme);
    motion::apply(ctx, Motion::Full);
}
