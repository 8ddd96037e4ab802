//! The paper that a scene is from: where it was published, what it claims, and whether that is so here.

use egui::{Button, Label, RichText, Role, Ui, WidgetInfo};

use crate::app::commands::{Command, Commands};
use crate::app::trying::Tried;
use crate::app::{fonts, style};
use crate::figure::Ink;
use crate::figure::palette::Theme;
use crate::paper::Paper;
use crate::paper::claim::Claim;
use crate::paper::trial::Verdict;
use crate::scene::Scene;

/// Shows the paper, and what came of its claims so far.
pub fn ui(
    ui: &mut Ui,
    (scene, paper): (&Scene, &Paper),
    tried: Option<&Tried>,
    theme: Theme,
    commands: &mut Commands,
) {
    ui.add(Label::new(RichText::new(&paper.source).size(fonts::SMALL).weak()).wrap());
    if !is_as_published(scene, paper) {
        let told = RichText::new(CHANGED).size(fonts::SMALL);
        ui.add(Label::new(told).wrap());
    }
    ui.add_space(style::GRID / 2.0);
    for (k, claim) in paper.claims.iter().enumerate() {
        let verdict = tried.and_then(|tried| tried.verdicts.get(k));
        ui.push_id(("claim", k), |ui| one(ui, claim, verdict, theme, commands));
    }
}

/// What is said where the picture is of another scene than any that the verdicts are about.
const CHANGED: &str = "Settings were changed here. Each verdict is of its claim’s own scene: click a claim to see that.";

/// Whether `scene` runs what the paper or one of its claims does, however it is looked at.
fn is_as_published(scene: &Scene, paper: &Paper) -> bool {
    let runs_the_same = |other: &Scene| {
        scene.subject == other.subject
            && scene.specs() == other.specs()
            && (scene.steps, scene.seed, scene.seed_data)
                == (other.steps, other.seed, other.seed_data)
            && (scene.l2, scene.test) == (other.l2, other.test)
    };
    runs_the_same(&paper.scene) || paper.claims.iter().any(|claim| runs_the_same(&claim.scene))
}

/// A claim with its verdict; a click shows the scene that it is about.
fn one(
    ui: &mut Ui,
    claim: &Claim,
    verdict: Option<&Verdict>,
    theme: Theme,
    commands: &mut Commands,
) {
    let said = word(verdict);
    let colour = match verdict {
        Some(verdict) if !verdict.holds => style::word(theme, Ink::Mistake),
        Some(_) => ui.visuals().text_color(),
        None => ui.visuals().weak_text_color(),
    };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = style::GRID;
        let sign = RichText::new(said).font(fonts::strong(fonts::SMALL)).color(colour);
        ui.add_sized([WORD, ui.spacing().interact_size.y], Label::new(sign));
        let text = fonts::words(&claim.says, fonts::SMALL);
        let button = Button::new(text).frame_when_inactive(false).wrap();
        let told = ui.add(button);
        let label = format!("{said}: {}", claim.says);
        told.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
        if told.on_hover_text(fonts::words(&about(claim, verdict), fonts::BODY)).clicked() {
            commands.push(Command::Show(Box::new(claim.scene.clone())));
        }
    });
}

/// The width of a verdict.
const WORD: f32 = 40.0;

/// A verdict in a word.
fn word(verdict: Option<&Verdict>) -> &'static str {
    match verdict {
        Some(Verdict { holds: true, .. }) => "holds",
        Some(Verdict { holds: false, .. }) => "fails",
        None => "…",
    }
}

/// What was found beside what is claimed, and what a click does.
fn about(claim: &Claim, verdict: Option<&Verdict>) -> String {
    let numbers = match verdict {
        Some(Verdict { found, claimed, .. }) => format!("Found {found}.\nClaimed {claimed}.\n"),
        None => "It is being tried.\n".to_owned(),
    };
    let why = claim.fails_because.as_ref().map(|why| format!("It fails because {why}.\n"));
    format!("{numbers}{}A click shows the scene that it is about", why.unwrap_or_default())
}
