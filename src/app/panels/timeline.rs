//! The playhead: play, step, scrub.

use egui::{ComboBox, RichText, Ui};

use crate::app::commands::{Command, Commands};
use crate::app::playback::SPEEDS;
use crate::app::view::View;
use crate::app::widgets::choice;
use crate::app::widgets::icon::{self, Icon, Weight};
use crate::app::widgets::rail::{self, Rail};
use crate::app::widgets::spread::Spread;
use crate::app::widgets::trailing;
use crate::figure::picture::{Against, Future};

/// Shows the timeline of runs with so many steps.
pub fn ui(ui: &mut Ui, view: &View, last: usize, commands: &mut Commands) {
    let View { playback, against, .. } = view;
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let (play, name, hint) = if playback.is_playing() {
            (Icon::Pause, "Pause", "Pause (Space)")
        } else {
            (Icon::Play, "Play", "Play (Space)")
        };
        // Both ends are reached by keys and on the rail; in the narrowest window their buttons leave that its room.
        let narrowest = ui.max_rect().width() < NARROWEST;
        for (icon, weight, name, hint, command) in [
            (Icon::First, Weight::Plain, "First step", "To the start (Home)", Command::GoTo(0)),
            (Icon::Back, Weight::Plain, "Step back", "One step back (←)", Command::StepBy(-1)),
            (play, Weight::Main, name, hint, Command::TogglePlay),
            (Icon::On, Weight::Plain, "Step on", "One step on (→)", Command::StepBy(1)),
            (Icon::Last, Weight::Plain, "Last step", "To the last step (End)", Command::GoTo(last)),
        ] {
            if narrowest && matches!(icon, Icon::First | Icon::Last) {
                continue;
            }
            if icon::button(ui, icon, weight, name, hint).clicked() {
                commands.push(command);
            }
        }
        ui.add_space(6.0);
        let wide = ui.max_rect().width() >= NARROW;
        let mut wish = None;
        let rail =
            |ui: &mut Ui, width: f32| wish = rail(ui, playback.step(last), last, width - 6.0);
        trailing::ui(ui, "timeline", rail, |ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            count(ui, playback.step(last), last, *against);
            if wide {
                ways(ui, view, commands);
            } else {
                let more = ui.menu_button("…", |ui| ways(ui, view, commands));
                more.response.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::Button, true, "How it plays")
                });
                more.response.on_hover_text("Speed, what comes next, steps or gradients");
            }
        });
        commands.extend(wish);
    });
}

/// In a timeline of fewer points, how it plays is behind a button.
const NARROW: f32 = 640.0;
/// In one of still fewer, the buttons of both ends are left out.
const NARROWEST: f32 = 372.0;

/// The playhead; where it is wanted to be.
fn rail(ui: &mut Ui, step: usize, last: usize, width: f32) -> Option<Command> {
    let rail = Rail { name: "step", range: (0.0, last as f64), spread: Spread::Whole, marks: &[] };
    let (_, wish) = rail::ui(ui, &rail, step as f64, width.max(40.0));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to last")]
    wish.map(|wish| Command::GoTo(wish as usize))
}

/// Which step of how many.
fn count(ui: &mut Ui, step: usize, last: usize, against: Against) {
    let digits = last.to_string().len();
    let what = match against {
        Against::Steps => "step",
        Against::Gradients => "gradient",
    };
    ui.label(RichText::new(format!("{what} {step:>digits$} / {last}")));
}

/// How fast it plays, whether what comes is shown, and what is counted.
fn ways(ui: &mut Ui, view: &View, commands: &mut Commands) {
    let hint = "Tell the step as a story of five phases (S); Space, ← and → walk it";
    if ui.selectable_label(view.telling.is_some(), "story").on_hover_text(hint).clicked() {
        commands.push(Command::ToggleStory);
    }
    speed(ui, view.playback.speed, commands);
    let hides = view.future == Future::Hidden;
    let hint = "Hide what comes after the step shown, to ask what will happen (H)";
    if ui.selectable_label(hides, "hide next").on_hover_text(hint).clicked() {
        commands.push(Command::ToggleFuture);
    }
    let text = match view.against {
        Against::Steps => "by steps",
        Against::Gradients => "by gradients",
    };
    let hint = "Count steps or gradients: a SAM step costs two, and each run stands where it is with as many (G)";
    if ui.button(text).on_hover_text(hint).clicked() {
        commands.push(Command::ToggleAgainst);
    }
}

fn speed(ui: &mut Ui, speed: f64, commands: &mut Commands) {
    let words = |speed: f64| format!("{speed} / s");
    let combo =
        ComboBox::from_id_salt("speed").width(72.0).selected_text(words(speed)).show_ui(ui, |ui| {
            for choice in SPEEDS {
                let chosen = (choice - speed).abs() < 1e-9;
                if ui.selectable_label(chosen, words(choice)).clicked() {
                    commands.push(Command::Speed(choice));
                }
            }
        });
    choice::name(&combo.response, "speed", &words(speed));
    combo.response.on_hover_text("Steps shown in a second");
}
