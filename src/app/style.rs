//! How the window looks: the figure's own colours, an 8-point grid, one accent, no box inside a box.

use egui::style::{ScrollStyle, WidgetVisuals};
use egui::{Color32, CornerRadius, Margin, RichText, Shadow, Stroke, Vec2, Visuals, vec2};

use crate::figure::Ink;
use crate::figure::palette::Theme;

use super::fonts;

/// The colour of an ink on screen.
#[must_use]
pub fn ink(theme: Theme, ink: Ink) -> Color32 {
    let [red, green, blue] = theme.ink(ink);
    Color32::from_rgb(red, green, blue)
}

/// The colour of words in an ink on screen.
#[must_use]
pub fn word(theme: Theme, ink: Ink) -> Color32 {
    let [red, green, blue] = theme.word(ink);
    Color32::from_rgb(red, green, blue)
}

/// The colour so far on the way from paper to text: panels, controls and hairlines are all made from these two.
#[must_use]
pub fn tone(theme: Theme, part: f32) -> Color32 {
    ink(theme, Ink::Paper).lerp_to_gamma(ink(theme, Ink::Text), part)
}

/// The ground of side panels.
pub const PANEL: f32 = 0.035;
/// Controls at rest, under the pointer, and held.
const CONTROL: [f32; 3] = [0.09, 0.14, 0.20];

/// The edge of a field, on the way from paper to text: three to one against a panel.
const EDGE: f32 = 0.54;

/// One step of the grid.
pub const GRID: f32 = 8.0;

/// Hands the look to egui.
pub fn apply(ctx: &egui::Context, theme: Theme) {
    let egui_theme = if theme.is_dark() { egui::Theme::Dark } else { egui::Theme::Light };
    ctx.set_theme(egui_theme);
    ctx.style_mut_of(egui_theme, |style| {
        style.visuals = visuals(theme);
        let spacing = &mut style.spacing;
        spacing.item_spacing = vec2(GRID, GRID / 2.0);
        spacing.button_padding = vec2(GRID, 3.0);
        spacing.interact_size = vec2(32.0, 24.0);
        spacing.menu_margin = Margin::same(6);
        spacing.window_margin = Margin::same(16);
        spacing.combo_height = 420.0;
        // As high as a menu wants to be: one that shows all there is does not scroll where the window has room for it.
        spacing.default_area_size.y = 4000.0;
        spacing.menu_width = 420.0;
        spacing.tooltip_width = 360.0;
        // A bar that is seen when it is wanted, and does not stand beside the controls as a rule.
        spacing.scroll = ScrollStyle {
            foreground_color: false,
            floating_width: 3.0,
            dormant_handle_opacity: 0.35,
            ..ScrollStyle::floating()
        };
        spacing.icon_width = 16.0;
        spacing.icon_width_inner = 8.0;
        style.interaction.selectable_labels = false;
        style.interaction.tooltip_delay = 0.4;
    });
}

fn visuals(theme: Theme) -> Visuals {
    let mut visuals = if theme.is_dark() { Visuals::dark() } else { Visuals::light() };
    let accent = ink(theme, Ink::Run(1));
    let text = ink(theme, Ink::Text);
    let paper = ink(theme, Ink::Paper);
    let widget = |fill: f32| WidgetVisuals {
        bg_fill: tone(theme, fill),
        weak_bg_fill: tone(theme, fill),
        bg_stroke: Stroke::NONE,
        corner_radius: CornerRadius::same(4),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    let [rest, under, held] = CONTROL;
    visuals.widgets.noninteractive = WidgetVisuals {
        bg_stroke: Stroke::new(1.0, ink(theme, Ink::Hairline)),
        bg_fill: paper,
        weak_bg_fill: paper,
        ..widget(0.0)
    };
    visuals.widgets.inactive = widget(rest);
    visuals.widgets.hovered = widget(under);
    visuals.widgets.active = WidgetVisuals { bg_stroke: Stroke::new(1.5, accent), ..widget(held) };
    visuals.widgets.open = widget(under);
    visuals.selection.bg_fill = paper.lerp_to_gamma(accent, 0.28);
    visuals.selection.stroke = Stroke::new(1.0, text);
    visuals.hyperlink_color = accent;
    visuals.weak_text_color = Some(ink(theme, Ink::Quiet));
    visuals.override_text_color = None;
    visuals.extreme_bg_color = paper;
    visuals.text_edit_bg_color = Some(paper);
    visuals.faint_bg_color = tone(theme, PANEL);
    visuals.code_bg_color = tone(theme, rest);
    visuals.panel_fill = tone(theme, PANEL);
    visuals.window_fill = paper;
    visuals.window_stroke = Stroke::new(1.0, tone(theme, 0.18));
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(6);
    let shadow =
        Shadow { offset: [0, 4], blur: 16, spread: 0, color: Color32::from_black_alpha(48) };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals.slider_trailing_fill = true;
    visuals
}

/// Adds fields that are typed into: paper with an edge, so that they are seen to be fields.
pub fn fields<R>(ui: &mut egui::Ui, add: impl FnOnce(&mut egui::Ui) -> R) -> R {
    let before = ui.visuals().widgets.clone();
    let paper = ui.visuals().extreme_bg_color;
    let edge = paper.lerp_to_gamma(ui.visuals().text_color(), EDGE);
    let widgets = &mut ui.visuals_mut().widgets;
    for look in [&mut widgets.inactive, &mut widgets.hovered] {
        look.weak_bg_fill = paper;
        look.bg_stroke = Stroke::new(1.0, edge);
    }
    let added = add(ui);
    ui.visuals_mut().widgets = before;
    added
}

/// A section's title: small and quiet.
pub fn section(ui: &mut egui::Ui, title: &str) {
    ui.add_space(GRID);
    self::title(ui, title);
    ui.add_space(2.0);
}

/// The same words without the room around them.
pub fn title(ui: &mut egui::Ui, title: &str) {
    ui.label(RichText::new(title).font(fonts::strong(fonts::SMALL)).weak());
}

/// The frame of what is laid over the window.
pub fn sheet(ctx: &egui::Context) -> egui::Frame {
    egui::Frame::window(&ctx.global_style()).inner_margin(Margin::same(20))
}

/// The size of a square button that holds one sign.
#[must_use]
pub fn sign_size() -> Vec2 {
    vec2(28.0, 24.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The contrast of the Web Content Accessibility Guidelines 2.2, from 1 to 21.
    fn contrast(a: Color32, b: Color32) -> f32 {
        let light = |colour: Color32| {
            let [r, g, b, _] = egui::Rgba::from(colour).to_array();
            0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
        };
        light(a).max(light(b)) / light(a).min(light(b))
    }

    #[test]
    fn a_field_has_an_edge_that_is_seen_and_names_of_runs_can_be_read_on_panels() {
        for theme in Theme::ALL {
            let ctx = egui::Context::default();
            apply(&ctx, theme);
            let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
                let panel = ui.visuals().panel_fill;
                let before = ui.visuals().widgets.inactive;
                let [edge, paper] = fields(ui, |ui| {
                    let look = ui.visuals().widgets.inactive;
                    [look.bg_stroke.color, look.weak_bg_fill]
                });
                assert!(contrast(edge, panel) >= 3.0, "{theme:?}: {}", contrast(edge, panel));
                assert!(contrast(edge, paper) >= 3.0, "{theme:?}: {}", contrast(edge, paper));
                assert_eq!(ui.visuals().widgets.inactive, before);
                for run in 0..6 {
                    let name = contrast(word(theme, Ink::Run(run)), panel);
                    assert!(name >= 4.5, "{theme:?}: run {run}: {name}");
                }
            });
            output.textures_delta.clear();
        }
    }
}
