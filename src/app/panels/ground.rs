//! The menu of what maps show the height of, and of arrows on them.

use egui::{Button, Response, RichText, Ui};

use crate::analysis::grounds::{self, Ground};
use crate::app::commands::{Command, Commands};
use crate::app::{fonts, style};
use crate::scene::Scene;
use crate::scene::arrows::Arrows;
use crate::scene::layer::Layer;
use crate::scene::prospect::Prospect;

/// Shows the button and, where it was pressed, the menu.
pub fn ui(ui: &mut Ui, scene: &Scene, commands: &mut Commands) {
    let menu = ui.menu_button("Ground ▾", |ui| {
        title(ui, "Each run's map shows the height of");
        for ground in grounds::ALL {
            let ids = [ground.id, scene.ground.id];
            let item = item(ui, ids, ground.name, ground.symbol)
                .on_hover_text(fonts::words(ground.about, fonts::BODY));
            if item.clicked() {
                commands.push(Command::Ground(ground));
                ui.close();
            }
        }
        ui.add_space(style::GRID);
        title(ui, "Seen");
        for prospect in Prospect::ALL {
            let ids = [prospect, scene.view].map(Prospect::id);
            let item = item(ui, ids, prospect.name(), "").on_hover_text(prospect.about());
            if item.clicked() {
                commands.push(Command::See(prospect));
                ui.close();
            }
        }
        ui.add_space(style::GRID);
        title(ui, "Arrows on it");
        for arrows in Arrows::ALL {
            let ids = [arrows, scene.arrows].map(Arrows::id);
            let item = item(ui, ids, arrows.name(), "")
                .on_hover_text(fonts::words(arrows.about(), fonts::BODY));
            if item.clicked() {
                commands.push(Command::Arrows(arrows));
                ui.close();
            }
        }
    });
    let name = || egui::WidgetInfo::labeled(egui::Role::Button, true, "Ground");
    menu.response.widget_info(name);
    menu.response.on_hover_text(
        "What the maps show the height of (U), in relief or not (R), and arrows on them (V)",
    );
}

/// Lets maps show the height of `ground`, which where each start ends would hide.
pub fn stand_on(scene: &mut Scene, ground: &'static Ground) {
    scene.ground = ground;
    if !ground.is_the_loss() {
        scene.layer = Layer::Loss;
    }
}

fn title(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(fonts::strong(fonts::SMALL)).weak());
}

/// An item of the menu, given its id and that of the chosen one.
fn item(ui: &mut Ui, [id, of]: [&str; 2], name: &str, formula: &str) -> Response {
    let chosen = id == of;
    let text = if formula.is_empty() { name.to_owned() } else { format!("{name}   {formula}") };
    let response = ui.add(Button::selectable(chosen, fonts::words(&text, fonts::BODY)));
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, chosen, name));
    response
}
