//! `samscope render`: the figure of a scene as a file, with no display and no GPU.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use clap::{Args, ValueEnum};

use super::beside::{Beside, CannotSet};
use super::drawn::{self, Drawn};
use super::idle;
use super::laid::Laid;
use super::progress::Progress;
use super::{Refusal, Wish, say};
use crate::engine::Engine;
use crate::engine::products::grounds::Grounds;
use crate::export::file::{self, Target};
use crate::export::{charts, contours, pdf, png, svg};
use crate::figure::charts::sharpness;
use crate::figure::palette;
use crate::figure::panels::{Layout, Panel};
use crate::figure::phase::{Phase, Told};
use crate::figure::picture::{Picture, Sight};
use crate::figure::shot::Shot;
use crate::figure::{Figure, lower};
use crate::optim::moment::Moment;
use crate::origin::Origin;
use crate::scene::Scene;
use crate::scene::layer::Layer;

/// Draw the figure as PNG, SVG or PDF.
#[derive(Debug, Args)]
pub struct Render {
    /// What to draw.
    #[command(flatten)]
    pub wish: Wish,
    /// Which step to show; the last when not said.
    #[arg(long, value_name = "N")]
    pub step: Option<usize>,
    /// Show each run at the last step that it can pay for with N gradients; charts are drawn against gradients.
    #[arg(long, value_name = "N", conflicts_with = "step")]
    pub gradients: Option<usize>,
    /// How it is drawn.
    #[command(flatten)]
    pub drawn: Drawn,
    /// How large it is, and which parts it has.
    #[command(flatten)]
    pub laid: Laid,
    /// Where the step is shown large.
    #[arg(long, help = "Where the step is shown large; in a corner of each map when not said")]
    pub lens: Option<Lens>,
    /// Tell the story of the step up to this phase, 1 to 5, in place of the maps.
    #[arg(long, value_name = "PHASE", value_parser = phase)]
    pub story: Option<Phase>,
    /// How an SVG has its letters: as text that can be edited, or as outlines that look the same in every viewer.
    #[arg(long, default_value = "text")]
    pub text: Letters,
    /// Write numbers of the map or of the charts as CSV in place of a picture.
    #[arg(long, value_name = "PART", conflicts_with_all = ["story", "format", "text"])]
    pub numbers: Option<Numbers>,
    /// Write two files for LaTeX beside the figure, of its name: .tex sets it with a caption that says the scene in words,
    /// and .bib lists the works that the caption cites.
    #[arg(long, conflicts_with = "numbers")]
    pub latex: bool,
    /// The format; as the output's name ends when not said.
    #[arg(long)]
    pub format: Option<Format>,
    /// Where to write it; ends in .png, .svg or .pdf (.csv with --numbers), or - for the standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

fn phase(text: &str) -> Result<Phase, String> {
    let number = text.parse().ok().and_then(Phase::numbered);
    let names = Phase::ALL.map(|phase| format!("{} {}", phase.number(), phase.name())).join(", ");
    number.ok_or_else(|| format!("a step has five phases: {names}"))
}

/// Where the step is shown large, as it is said on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lens {
    /// In a corner of each map.
    Corner,
    /// In place of the maps, with its formulas and numbers below.
    Whole,
    /// Nowhere.
    None,
}

impl Lens {
    /// The one of a figure where none is said: none on a ground that is read all over.
    fn of(scene: &Scene) -> Self {
        if scene.layer == Layer::Loss { Self::Corner } else { Self::None }
    }
}

impl From<Lens> for Sight {
    fn from(lens: Lens) -> Self {
        match lens {
            Lens::Corner => Self::WhereItCoversLeast,
            Lens::Whole => Self::Whole,
            Lens::None => Self::Hidden,
        }
    }
}

/// How an SVG has its letters, as it is said on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Letters {
    /// As text.
    Text,
    /// As outlines.
    Outlines,
}

impl From<Letters> for svg::Letters {
    fn from(letters: Letters) -> Self {
        match letters {
            Letters::Text => Self::Text,
            Letters::Outlines => Self::Outlines,
        }
    }
}

/// What of a map is written as numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Numbers {
    /// The loss, or the ground of the last run, at every pixel: x,y,loss.
    Field,
    /// The corners of every contour line of it: line,loss,closed,x,y.
    Contours,
    /// The lines of both charts, point by point: chart,run,line,x,value.
    Charts,
}

/// The formats of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Pixels.
    Png,
    /// Lines and letters.
    Svg,
    /// Lines and letters on a page, with the fonts.
    Pdf,
}

impl Format {
    /// As it was said, or as the output's name ends.
    pub(super) fn of(said: Option<Self>, target: &Target) -> Result<Self, Refusal> {
        let ending = match target.ending(&["png", "svg", "pdf"])? {
            Some("png") => Some(Self::Png),
            Some("pdf") => Some(Self::Pdf),
            Some(_) => Some(Self::Svg),
            None => None,
        };
        match (said, ending) {
            (Some(said), Some(ending)) if said != ending => Err(Refusal::TwoFormats),
            (said, ending) => said.or(ending).ok_or(Refusal::NoFormat),
        }
    }
}

impl Render {
    pub(super) fn carry_out(&self) -> Result<(), Refusal> {
        let target = Target::of(self.output.as_os_str());
        if let Some(numbers) = self.numbers {
            return self.write_numbers(numbers, &target);
        }
        let format = Format::of(self.format, &target)?;
        if self.latex && format == Format::Svg {
            return Err(CannotSet::Svg.into());
        }
        let beside = self.latex.then(|| Beside::of(&target)).transpose()?;
        let Origin { mut scene, at: drawn_at, .. } = self.wish.origin()?;
        self.drawn.apply_to(&mut scene)?;
        self.wish.check(&target)?;
        for other in beside.iter().flat_map(Beside::targets) {
            self.wish.check(other)?;
        }
        let last = Moment::Step(scene.steps.get());
        let asked = self.step.map(Moment::Step).or(self.gradients.map(Moment::Gradients));
        // A picture is drawn again at the moment that it shows.
        let at = asked.or(drawn_at.map(|at| within(at, &scene))).unwrap_or(last);
        let (Layout { size, panels, .. }, page) =
            self.laid.wanted(self.drawn.maps()).sheet(&scene)?;
        let shot = Shot {
            size,
            panels,
            lens: if self.story.is_some() {
                Sight::Whole
            } else {
                self.lens.unwrap_or(Lens::of(&scene)).into()
            },
            story: self.story.map(Told::at_the_end_of),
            ..self.drawn.shot(&scene, at)
        };
        let progress = Rc::new(RefCell::new(Some(Progress::new())));
        let watched = Rc::clone(&progress);
        let mut engine = Engine::watched(move |part| {
            if let Some(progress) = &mut *watched.borrow_mut() {
                progress.at(part);
            }
        });
        if self.laid.dpi.is_some() && format != Format::Png {
            say("--dpi is for PNG: lines and letters are as fine as what shows them");
        }
        let drawing = shot.made_by(&mut engine);
        // Its line is gone before anything else is said.
        progress.take();
        self.note(&scene, &shot, &mut engine);
        let theme = self.drawn.theme.into();
        let origin = Some(&Origin::of(&scene, at));
        let bytes = match format {
            Format::Svg => {
                let letters = self.text.into();
                svg::write_on(page, &drawing, theme, letters, origin).into_bytes()
            }
            Format::Pdf => {
                warn_of_boxes(&drawing);
                pdf::write_on(page, &drawing, theme, origin)?
            }
            Format::Png => {
                warn_of_boxes(&drawing);
                let grain = self.laid.wanted(self.drawn.maps()).grain(page, self.drawn.scale);
                png::carrying(&drawing, theme, grain, origin)?
            }
        };
        let Some(beside) = beside else { return Ok(file::save(&target, &bytes)?) };
        let look = shot.seen_by(&mut engine);
        let picture = Picture::of(&scene, &engine, look);
        let wide = page.magnified * size[0];
        beside.save(&picture, &bytes, wide, (self.laid.layout, shot.layout()))
    }

    /// Writes numbers of the map in place of the figure.
    fn write_numbers(&self, numbers: Numbers, target: &Target) -> Result<(), Refusal> {
        target.ending(&["csv"])?;
        let mut scene = self.wish.scene()?;
        self.drawn.apply_to(&mut scene)?;
        // Where starts end is no number of a pixel.
        scene.layer = Layer::Loss;
        self.wish.check(target)?;
        if let Some(words) = idle::of(&self.idle_beside(numbers)) {
            say(&format!("{words} no difference to these numbers"));
        }
        let (Layout { size, panels, .. }, _) = self.laid.wanted(self.drawn.maps()).sheet(&scene)?;
        let last = Moment::Step(scene.steps.get());
        let at = self.step.map(Moment::Step).or(self.gradients.map(Moment::Gradients));
        let shot = Shot { size, panels, ..self.drawn.shot(&scene, at.unwrap_or(last)) };
        let mut engine = Engine::in_place();
        let look = shot.seen_by(&mut engine);
        if numbers == Numbers::Charts {
            let picture = Picture::of(&scene, &engine, look);
            let table = charts::table(&picture);
            if !charts::has_sharpness(&picture) {
                say(&format!("no line of sharpness: {}", sharpness(&picture).description));
            }
            return Ok(file::save(target, &table)?);
        }
        let run = scene.shown_runs().last().unwrap_or_default();
        let own = engine.product::<Grounds>().and_then(|grounds| grounds.of(run));
        let loss = engine.terrain().map(|terrain| (terrain, "loss"));
        let (terrain, name) =
            own.map(|(_, own)| (&**own, scene.ground.id)).or(loss).ok_or(Refusal::NoGround)?;
        let bytes = match numbers {
            Numbers::Field => contours::field(terrain, name),
            Numbers::Charts | Numbers::Contours => contours::lines(terrain, name),
        };
        Ok(file::save(target, &bytes)?)
    }

    /// Words that make no difference to numbers, and whether each is said.
    fn idle_beside(&self, numbers: Numbers) -> [(&'static str, bool); 14] {
        let Self { drawn, laid, .. } = self;
        let is_of_charts = numbers == Numbers::Charts;
        [
            ("--lens", self.lens.is_some()),
            ("--arrows", drawn.arrows.is_some()),
            ("--layer", drawn.layer.is_some()),
            ("--pulls", drawn.pulls),
            ("--dpi", laid.dpi.is_some()),
            ("--transparent", laid.transparent),
            ("--scale", drawn.scale.to_bits() != 1.0_f64.to_bits()),
            ("--theme", drawn.theme != drawn::Theme::Light),
            ("--ground", is_of_charts && drawn.ground.is_some()),
            ("--step", !is_of_charts && self.step.is_some()),
            ("--gradients", !is_of_charts && self.gradients.is_some()),
            ("--against", !is_of_charts && drawn.against.is_some()),
            ("--sharpness", !is_of_charts && drawn.sharpness.is_some()),
            ("--hide-future", !is_of_charts && drawn.hide_future),
        ]
    }

    /// Says on the terminal what of the wish the figure cannot show.
    fn note(&self, scene: &Scene, shot: &Shot, engine: &mut Engine) {
        let last = scene.steps.get();
        if let Some(step) = self.step.filter(|&step| step > last) {
            say(&format!(
                "the scene has {last} steps, so step {last} is drawn; --set steps={step} makes more"
            ));
        }
        if !shot.panels.has(Panel::Maps) {
            if let Some(words) = idle::of(&self.drawn.said_of_maps()) {
                say(&format!("{words} no difference: no map is drawn"));
            }
            return self.note_moment(shot, engine);
        }
        if scene.layer != Layer::Loss && scene.subject.dimension() != 2 {
            say("where each start ends is told of two weights only, so the maps show the loss");
        } else if scene.layer == Layer::Differ && scene.shown_runs().count() < 2 {
            say(
                "one run ends nowhere otherwise than another, so no start is marked; show a second run, or say --layer ends",
            );
        }
        for said in drawn::unseen(scene, &self.drawn) {
            say(&said);
        }
        self.note_moment(shot, engine);
    }

    /// Says on the terminal what of the moment and its lens the figure cannot show.
    fn note_moment(&self, shot: &Shot, engine: &mut Engine) {
        let spent = engine.comparison().and_then(|runs| {
            let ends = runs.runs.iter().filter_map(|run| run.row(run.last_step()));
            ends.map(|end| end.numbers.gradients).max()
        });
        if let (Some(paid), Some(spent)) = (self.gradients, spent)
            && paid > spent
        {
            say(&format!("no run needs more than {spent} gradients, so the ends are drawn"));
        }
        if shot.lens == Sight::Whole && !shot.shows_a_lens(engine) {
            say(
                "no map shows a lens: say a larger --size, or another --step where this one has nothing to magnify",
            );
        }
    }
}

/// The moment of a picture whose scene was changed: it may make fewer steps now, which is said.
fn within(at: Moment, scene: &Scene) -> Moment {
    let last = scene.steps.get();
    match at {
        Moment::Step(step) if step > last => {
            say(&format!(
                "the picture shows step {step}, and the scene has {last} steps now, so step {last} is drawn"
            ));
            Moment::Step(last)
        }
        Moment::Step(_) | Moment::Gradients(_) => at,
    }
}

/// Says on the terminal which characters no bundled font has.
fn warn_of_boxes(drawing: &Figure) {
    let lacking: String = lower::lacking(drawing).into_iter().collect();
    if !lacking.is_empty() {
        say(&format!(
            "the fonts have no \"{lacking}\"; a box stands for each, an SVG shows them where the viewer can"
        ));
    }
}

/// Draws the opening picture of `scene` into `path`: what the program does where no window can be opened.
///
/// # Errors
/// When the file cannot be written.
pub fn instead_of_a_window(scene: &Scene, path: &Path) -> Result<(), Refusal> {
    let drawing = Shot::of(scene).figure();
    let origin = Origin::of(scene, Moment::Step(scene.steps.get()));
    Ok(file::save(path, &png::carrying(&drawing, palette::Theme::Light, 1.5, Some(&origin))?)?)
}

/// Draws `scene` as it stands into `target`, in the format that its name ends in.
///
/// # Errors
/// When it cannot be drawn or written.
pub(super) fn plainly(scene: &Scene, target: &Target) -> Result<(), Refusal> {
    let format = Format::of(None, target)?;
    file::check(target)?;
    let drawing = Shot::of(scene).figure();
    let origin = Origin::of(scene, Moment::Step(scene.steps.get()));
    let theme = palette::Theme::Light;
    let bytes = match format {
        Format::Svg => {
            svg::write_with(&drawing, theme, svg::Letters::Text, Some(&origin)).into_bytes()
        }
        Format::Pdf => pdf::write(&drawing, theme, Some(&origin))?,
        Format::Png => png::carrying(&drawing, theme, 1.0, Some(&origin))?,
    };
    Ok(file::save(target, &bytes)?)
}
