//! The controls: at first sight what a scene is about, its runs, ρ, η and p; everything else is folded, with a line that
//! says what is inside.

use egui::{Frame, Label, Margin, Role, ScrollArea, Ui, WidgetInfo};

use super::{changes, dials, guard, lesson, optimizer, problem, runs, schedules, start};
use crate::app::commands::Commands;
use crate::app::teaching::Teaching;
use crate::app::trying::Tried;
use crate::app::view::View;
use crate::app::widgets::fold::{self, Section, Shown};
use crate::app::{fonts, style};
use crate::engine::Engine;
use crate::figure::palette::Audience;
use crate::figure::words;
use crate::lesson::controls::{Control, Controls};
use crate::lesson::goal::Status;
use crate::paper::builtin;
use crate::scene::Scene;

const ABOUT: Section = Section { title: "About this scene", comes: Shown::Unfolded };
const PROBLEM: Section = Section { title: "What is minimised", comes: Shown::Folded };
const OPTIMIZER: Section = Section { title: "Base and ascent", comes: Shown::Folded };
const START: Section = Section { title: "Start and steps", comes: Shown::Folded };
const SEEN: Section = Section { title: "Map plane and steps", comes: Shown::Folded };
const PAPER: Section = Section { title: "What the paper claims", comes: Shown::Unfolded };
const CHANGES: Section = Section { title: "Changes at a step", comes: Shown::Unfolded };
const SCHEDULES: Section = Section { title: "Schedules", comes: Shown::Folded };

/// What followed from the scene.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// What is shown of it.
    pub engine: &'a Engine,
    /// What came of the claims of the paper that it is from.
    pub tried: Option<&'a Tried>,
}

/// Shows the panel.
pub fn ui(
    ui: &mut Ui,
    scene: &mut Scene,
    view: &mut View,
    known: Known<'_>,
    lesson: Option<(&Teaching, Option<Status>)>,
    commands: &mut Commands,
) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(16, 4)).show(ui, |ui| {
            let controls = lesson.as_ref().map(|(teaching, _)| teaching.controls());
            if let Some((teaching, status)) = lesson {
                lesson::ui(ui, teaching, status.as_ref(), view, commands);
            }
            let controls = controls.unwrap_or_default();
            // Before a room, a page shows what it names.
            if view.audience == Audience::Desk || controls != Controls::default() {
                all(ui, scene, view, known, &controls, commands);
            }
            ui.add_space(style::GRID);
        });
    });
}

fn all(
    ui: &mut Ui,
    scene: &mut Scene,
    view: &mut View,
    Known { engine, tried }: Known<'_>,
    controls: &Controls,
    commands: &mut Commands,
) {
    let is_restricted = *controls != Controls::default();
    let shown = view.moment(view.playback.step(usize::MAX));
    let (theme, folds) = (view.theme, &mut view.folds);
    if !scene.about.is_empty() && !is_restricted {
        fold::ui(ui, folds, ABOUT, "What to look for, what to try", |ui| {
            let said = ui.add(Label::new(fonts::words(&scene.about, fonts::SMALL)).wrap());
            said.widget_info(|| WidgetInfo::labeled(Role::Label, true, &scene.about));
        });
    }
    if let Some((_, paper)) = builtin::of_scene(&scene.title).filter(|_| !is_restricted) {
        fold::ui(ui, folds, PAPER, &paper.source, |ui| {
            super::paper::ui(ui, (scene, paper), tried, theme, commands);
        });
    }
    let paths = engine.comparison().map_or(&[][..], |comparison| &comparison.runs);
    let steps: Vec<usize> = paths.iter().map(|path| shown.step_of(path)).collect();
    guard::ui(ui, controls.access(Control::Runs), |ui| {
        runs::ui(ui, scene, theme, &steps, commands);
    });
    dials::ui(ui, scene, theme, controls);
    if changes::are_there(scene) {
        guard::ui(ui, controls.access(Control::Runs), |ui| {
            fold::ui(ui, folds, CHANGES, &changes::line(scene), |ui| {
                changes::ui(ui, scene, theme, controls);
            });
        });
    }
    ui.add_space(style::GRID);
    guard::ui(ui, controls.access(Control::Optimizer), |ui| {
        fold::ui(ui, folds, OPTIMIZER, &optimizer::line(scene), |ui| {
            optimizer::ui(ui, scene, theme, commands);
        });
    });
    guard::ui(ui, controls.access(Control::Problem), |ui| {
        fold::ui(ui, folds, PROBLEM, &problem::line(scene), |ui| problem::ui(ui, scene, theme));
    });
    let objective = engine.comparison().map(|runs| &runs.problem.objective);
    // A network has thousands, and only a start of two is told by its names.
    let of_two = objective.filter(|objective| objective.dimension() == 2);
    let names = of_two.map(|objective| objective.weight_names()).unwrap_or_default();
    let section = engine.shown().map(|seen| &*seen.section);
    let plane = section.map(words::plane_of).unwrap_or_default();
    let title = if scene.subject.dimension() == 2 { START } else { SEEN };
    guard::ui(ui, controls.access(Control::Start), |ui| {
        fold::ui(ui, folds, title, &start::line(scene), |ui| start::ui(ui, scene, &names, &plane));
    });
    guard::ui(ui, controls.access(Control::Schedules), |ui| {
        fold::ui(ui, folds, SCHEDULES, &schedules::line(scene), |ui| {
            schedules::ui(ui, scene, theme);
        });
    });
}
