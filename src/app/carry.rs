//! Carries out the commands of a frame, once, after it: the one place where panels meet.

use std::path::PathBuf;

use super::commands::{Command, Next};
use super::files::{self, Comments, Kind};
use super::looking_up::LookingUp;
use super::plane::Plane;
use super::playback::Playback;
use super::table::is_table;
use super::toasts::Tone;
use super::turn::Turn;
use super::view::Details;
use super::widgets::explain;
use super::{App, layout, panels, scale, style};
use crate::analysis::charted::Charted;
use crate::analysis::gauge::Gauge;
use crate::export::numbers;
use crate::figure::palette::Audience;
use crate::figure::panels::Maps;
use crate::figure::picture::{Against, Closer, Look, Picture};
use crate::optim::moment;
use crate::optim::trajectory::Trajectory;
use crate::origin::{Origin, short};
use crate::problem::grid::Window;
use crate::scene::layer::Layer;
use crate::scene::{Scene, builtin};

impl App {
    /// Carries out one wish at what is looked at; asks first where a scene would be lost.
    pub(super) fn carry_out(&mut self, ctx: &egui::Context, command: Command, look: Look) {
        if self.would_lose(&command) {
            self.ask_before(Next::Do(Box::new(command)));
            ctx.request_repaint();
        } else {
            self.carry_on(ctx, command, look);
        }
    }

    /// Carries out one wish.
    pub(super) fn carry_on(&mut self, ctx: &egui::Context, command: Command, look: Look) {
        let window = look.window;
        let (last, start_is_free) = (self.last(), self.start_is_free());
        let hides_an_end = self.hides_an_end();
        let view = &mut self.view;
        match command {
            Command::Undo => self.go_back_to(Direction::Undo),
            Command::Redo => self.go_back_to(Direction::Redo),
            Command::Show(scene) => self.show_as_it_comes(*scene),
            Command::Follow(scene) => {
                self.scene = *scene;
                let end = self.scene.steps.get();
                view.playback.go_to(end);
            }
            Command::New => self.show_as_it_comes(builtin::opening()),
            Command::SaveScene => self.save_scene(),
            Command::Recent(path) => self.files.start(move || files::open_again(&path)),
            Command::Answer(answer) => self.answer(ctx, answer),
            Command::ShowOverlaid(scene) => {
                view.why = None;
                view.maps = Maps::Overlaid;
                self.show(*scene);
            }
            Command::AskWhy(_) if hides_an_end => {
                let words = "why it ended so is told once its end is shown; it is hidden now (H)";
                self.toasts.say(Tone::Bad, words);
            }
            Command::AskWhy(run) => view.why = run.or_else(|| self.scene.shown_runs().last()),
            Command::Fork(run) => self.fork(run),
            Command::MoveStart(_) if !start_is_free => {}
            Command::MoveStart(at) => {
                // On a slice the weights are those of the plane's point.
                let plane = self.engine.shown().map(|seen| &seen.section.plane);
                let wanted = self.scene.subject.dimension();
                let plane = plane.filter(|plane| plane.origin.len() == wanted && wanted > 2);
                match plane {
                    Some(plane) => self.scene.shared.start = Some(plane.at(at[0], at[1]).to_vec()),
                    None if wanted == 2 => self.scene.shared.start = Some(at.to_vec()),
                    None => {}
                }
            }
            // While a step's story is told, what plays, steps and turns pages walks it.
            Command::TogglePlay | Command::StepBy(1) | Command::Lesson(Turn::By(1))
                if view.tell_on(last) => {}
            Command::StepBy(-1) | Command::Lesson(Turn::By(-1)) if view.tell_back(last) => {}
            Command::TogglePlay => view.playback.toggle(last),
            Command::StepBy(steps) => view.playback.step_by(steps, last),
            Command::TogglePulls => view.pulls = !view.pulls,
            Command::ToggleStory => view.toggle_story(last),
            Command::GoTo(step) => view.playback.go_to(step.min(last)),
            Command::Speed(speed) => view.playback.set_speed(speed),
            Command::Zoom(window) => view.zoom_to(&self.scene, window),
            Command::ZoomBy(power) => {
                let nearer = panels::maps::zoomed(window, window.centre(), power);
                view.zoom_to(&self.scene, nearer);
            }
            Command::ResetZoom => {
                view.zoom = None;
                view.charts = Closer::default();
            }
            Command::ToggleOverlaid => {
                view.maps = match view.maps {
                    Maps::SideBySide => Maps::Overlaid,
                    Maps::Overlaid => Maps::SideBySide,
                };
            }
            // What tells it already can always be closed.
            Command::ToggleAtlas | Command::NextLayer
                if hides_an_end && view.atlas.is_none() && self.scene.layer == Layer::Loss =>
            {
                let words = "how runs end is told once their end is shown; it is hidden now (H)";
                self.toasts.say(Tone::Bad, words);
            }
            Command::ToggleAtlas => {
                view.atlas = match view.atlas {
                    Some(_) => None,
                    None => Some(Plane::of(&self.scene)),
                };
            }
            Command::NextLayer => self.next_layer(),
            Command::Ground(ground) => panels::ground::stand_on(&mut self.scene, ground),
            Command::NextGround => {
                let next = self.scene.ground.next();
                panels::ground::stand_on(&mut self.scene, next);
            }
            Command::Arrows(arrows) => self.scene.arrows = arrows,
            Command::See(prospect) => self.scene.view = prospect,
            Command::ToggleRelief => self.scene.view = self.scene.view.turned(),
            Command::Turn(bearing) => self.scene.turn = bearing,
            Command::TurnBy([azimuth, elevation]) => {
                self.scene.turn = self.scene.turn.turned(azimuth, elevation);
            }
            Command::NextArrows => self.scene.arrows = self.scene.arrows.next(),
            Command::ToggleLens => view.toggle_lens(),
            Command::ToggleFuture => view.future = view.future.turned(),
            Command::Chart(gauge) => self.chart(gauge),
            Command::ChartNext => self.chart(self.scene.shown_measure().next()),
            Command::Closer(closer) => view.charts = closer,
            Command::Enlarge(chart) => view.enlarged = chart,
            Command::EnlargeNext => {
                view.enlarged = match view.enlarged {
                    None => Some(0),
                    Some(0) => Some(1),
                    Some(_) => None,
                };
            }
            Command::TurnSpread(charted) => self.turn(charted),
            Command::TurnSpreadOfMeasure => {
                let gauge = self.scene.shown_measure();
                if gauge.is_over_time() {
                    self.turn(Charted::Measure(gauge));
                }
            }
            Command::ToggleAgainst => {
                view.charts.time = None;
                self.count_otherwise();
            }
            Command::ToggleTheme => {
                view.theme = view.theme.turned();
                self.theme_is_chosen = true;
                style::apply(ctx, view.theme);
            }
            Command::TogglePresenting => {
                view.audience = match view.audience {
                    Audience::Desk => Audience::Room,
                    Audience::Room => Audience::Desk,
                };
                view.theme = view.theme.before(view.audience);
                style::apply(ctx, view.theme);
            }
            Command::SizeBy(factor) => {
                let native = ctx.content_rect().size() * ctx.zoom_factor();
                let density = scale::density(ctx);
                let [least, most] = scale::WISHES;
                let wish = (view.size * factor).clamp(least, most);
                let [now, then] =
                    [view.size, wish].map(|wish| scale::of(native, density, wish, view.audience));
                if (now - then).abs() < 1e-4 {
                    let (larger, end) = if factor > 1.0 {
                        ("larger", "there is no room for more in this window")
                    } else {
                        ("smaller", "smaller letters could not be read")
                    };
                    self.toasts.say(Tone::Good, format!("Type gets no {larger}: {end}"));
                } else {
                    view.size = wish;
                }
            }
            Command::ResetSize => view.size = 1.0,
            Command::ToggleDetails => {
                let room = layout::has_room(ctx.content_rect().width());
                let shown = match view.details {
                    Details::WhenRoom => room,
                    Details::Shown => true,
                    Details::Hidden => false,
                };
                view.details = if shown { Details::Hidden } else { Details::Shown };
            }
            Command::StopFilm => {
                if let Some(filming) = &self.filming {
                    filming.stop();
                }
            }
            Command::SaveFigure => self.save_at_once(window),
            Command::CopyPicture => self.copy_picture(window),
            Command::CopyNumbers => {
                let picture = Picture::of(&self.scene, &self.engine, look);
                ctx.copy_text(numbers::tabbed(&picture));
                self.toasts
                    .say(Tone::Good, "Copied the numbers; paste them into a sheet or a note");
            }
            Command::Say(text) => self.toasts.say(Tone::Good, text),
            Command::CopyWord => {
                let at = view.moment(view.playback.step(last));
                ctx.copy_text(short::write(&Origin::of(&self.scene, at)));
                self.toasts
                    .say(Tone::Good, "Copied as samscope:…; it opens this step where it is pasted");
            }
            Command::Paste(word) => match short::read(&word) {
                Some(Ok(origin)) => {
                    self.go_back_into(origin);
                    self.safe.note(None, &self.scene);
                }
                Some(Err(why)) => self.toasts.say(Tone::Bad, why.to_string()),
                None => {}
            },
            Command::Move(motion) => view.motion = Some(motion),
            Command::ToggleHelp => view.help = !view.help,
            Command::ToggleGlossary => {
                view.glossary = match view.glossary {
                    Some(_) => None,
                    None => Some(LookingUp::of(explain::under(ctx))),
                };
            }
            Command::Explain(term) => match &mut view.glossary {
                Some(open) => open.read(term),
                None => view.glossary = Some(LookingUp::of(Some(term))),
            },
            Command::Close => {
                // What waited for a form that is left waits no longer.
                self.after_saving = None;
                let is_closed = view.question.take().is_some()
                    || view.table.take().is_some()
                    || view.glossary.take().is_some()
                    || view.form.take().is_some()
                    || std::mem::take(&mut view.help)
                    || view.why.take().is_some()
                    || std::mem::take(&mut view.lessons)
                    || view.atlas.take().is_some()
                    || view.enlarged.take().is_some()
                    || view.telling.take().is_some()
                    || view.editing.take().is_some();
                if !is_closed && view.audience == Audience::Room {
                    view.audience = Audience::Desk;
                    view.theme = view.theme.before(Audience::Desk);
                    style::apply(ctx, view.theme);
                }
            }
            Command::Lesson(turn) => self.grant_turn(turn),
            Command::AskFigure => self.view.form = Some(self.form(Kind::Figure(self.still()))),
            Command::AskFile(kind) => {
                self.view.form = Some(self.form(kind));
            }
            Command::Browse => {
                if let Some(form) = &view.form {
                    let (kind, path) = (form.kind, PathBuf::from(form.path.trim()));
                    self.files.start(move || files::choose(kind, &path));
                }
            }
            Command::ReadTable => self.read_table(),
            Command::TakeTable => self.take_table(),
            Command::TogglePoints => self.toggle_points(),
            Command::Point(edit) => self.edit_points(edit),
            Command::Carry { kind, path } => self.carry_file(kind, path, window),
        }
        ctx.request_repaint();
    }

    /// Saves or opens a file as the form says; it is closed when that is done.
    fn carry_file(&mut self, kind: Kind, path: PathBuf, window: Window) {
        let scene = self.scene.clone();
        match kind {
            Kind::Figure(image) => {
                let form = self.view.form.clone().unwrap_or_else(|| self.form(kind));
                self.save_form(window, &form, image, path);
            }
            Kind::Table => self.write_table(scene, &path),
            Kind::Charts => {
                let shot = self.shot(window);
                self.files.start(move || files::save_charts(&shot, &path));
            }
            // The form must be gone from the window before the picture is taken.
            Kind::Window => {
                self.view.form = None;
                self.shutter = Some((path, 2));
            }
            Kind::Scene => {
                let is_open = self.opened.as_ref() == Some(&path);
                let comments = if is_open { Comments::Kept } else { Comments::Dropped };
                self.files.start(move || files::save_scene(&scene, &path, comments));
            }
            Kind::OpenScene if is_table(&path) => self.look_at_table(path),
            Kind::OpenScene => self.files.start(move || files::open_scene(&path)),
            Kind::OpenLesson => self.files.start(move || files::open_lesson(&path)),
        }
    }

    /// Charts another measure: what was looked at of the heights of the last one is not its.
    fn chart(&mut self, gauge: Gauge) {
        self.scene.measure = Some(gauge);
        self.view.charts = Closer { across: None, measure: None, ..self.view.charts };
    }

    /// Colours the ground by the next layer; only two weights have starts on a map.
    fn next_layer(&mut self) {
        if self.scene.subject.dimension() != 2 {
            let words =
                "where each start ends is told of two weights; this map is a plane through more";
            self.toasts.say(Tone::Bad, words);
            return;
        }
        let next = self.scene.layer.next();
        // One run does not differ from itself.
        let is_one = self.scene.shown_runs().count() < 2;
        self.scene.layer = if is_one && next == Layer::Differ { next.next() } else { next };
    }

    /// Spreads a chart in the other way, whole.
    fn turn(&mut self, charted: Charted) {
        self.scene.spreads.turn(charted);
        match charted {
            Charted::Loss => self.view.charts.loss = None,
            Charted::Measure(_) => self.view.charts.measure = None,
        }
    }

    /// Counts gradients instead of steps, or steps instead of gradients: the run that pays most stays where it is.
    fn count_otherwise(&mut self) {
        let step = self.view.playback.step(self.last());
        let runs = self.engine.comparison().map_or(&[][..], |comparison| &comparison.runs);
        let now = self.view.moment(step);
        let paid = |run: &&Trajectory| moment::paid_by(std::slice::from_ref(*run));
        let dearest = runs.iter().max_by_key(paid);
        let reached = dearest.map_or(0, |run| now.step_of(run));
        let row = dearest.and_then(|run| run.row(reached));
        let (against, place) = match self.view.against {
            Against::Steps => (Against::Gradients, row.map_or(0, |row| row.numbers.gradients)),
            Against::Gradients => (Against::Steps, reached),
        };
        self.view.against = against;
        self.view.playback.count_from(place);
    }

    /// Shows another scene that can be had again.
    fn show_as_it_comes(&mut self, scene: Scene) {
        self.safe.note(None, &scene);
        self.show(scene);
    }

    /// Shows another scene from its start; the one before can be gone back to.
    pub(super) fn show(&mut self, scene: Scene) {
        self.history.settle(&self.scene);
        self.scene = scene;
        self.opened = None;
        self.is_on_page = false;
        let speed = self.view.playback.speed;
        self.view.playback = Playback::from_the_start();
        self.view.playback.speed = speed;
        self.view.zoom = None;
        self.view.charts = Closer::default();
    }

    /// Shows what a picture was drawn from: its scene, at its moment.
    pub(super) fn go_back_into(&mut self, origin: Origin) {
        self.show(origin.scene);
        if let Some(at) = origin.at {
            self.stand_at(at);
        }
    }

    fn go_back_to(&mut self, direction: Direction) {
        let other = match direction {
            Direction::Undo => self.history.undo(&self.scene),
            Direction::Redo => self.history.redo(&self.scene),
        };
        if let Some(scene) = other {
            self.scene = scene;
            self.follow_history();
            // What was said of the change that is taken back is no longer so.
            self.toasts.clear();
        }
    }
}

/// A way through the history.
#[derive(Debug, Clone, Copy)]
enum Direction {
    Undo,
    Redo,
}
