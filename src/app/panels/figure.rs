//! How a figure that is saved is drawn, at the left, and what it will look like, at the right.

use std::sync::Arc;

use egui::{
    Color32, ColorImage, Grid, Label, Rect, RichText, ScrollArea, Sense, TextureHandle,
    TextureOptions, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::app::chosen::{Chosen, SHARPEST, THEMES};
use crate::app::commands::{Command, Commands};
use crate::app::files::{Image, Kind};
use crate::app::form::Form;
use crate::app::preview::Previewed;
use crate::app::widgets::row::{self, Number};
use crate::app::widgets::spread::Spread;
use crate::app::{fonts, style};
use crate::export::film::{self, STRIDES};
use crate::export::laid::{DENSITIES, FONTS, Purpose, SIDES};
use crate::figure::panels::{Maps, Panel, Panels};
use crate::figure::shot;
use crate::scene::{Scene, Subject, names};

/// What is known of the figure that would be saved.
pub struct Looked<'a> {
    /// How large it is in words, or why it cannot be laid out so.
    pub size: &'a Result<String, String>,
    /// Its preview, as far as there is one.
    pub preview: Option<&'a Previewed>,
    /// Whether a newer preview is on its way.
    pub is_busy: bool,
    /// The preview as a texture.
    pub hung: &'a mut Option<Hung>,
    /// Pixels that the preview has room for.
    pub room: &'a mut Option<[u32; 2]>,
}

/// A preview that hangs on the screen.
pub struct Hung {
    picture: Arc<ColorImage>,
    texture: TextureHandle,
}

/// The width of what is chosen, of the whole, and what the window's edges take.
const CHOICES: f32 = 316.0;
const WIDTH: f32 = 1040.0;
const AROUND: f32 = 64.0;
/// Boxes to tick that stand beside each other.
const COLUMNS: usize = 3;
/// The least and the greatest height, and the height of what stands above and below.
const HEIGHTS: [f32; 2] = [220.0, 620.0];
const ABOVE_AND_BELOW: f32 = 236.0;

/// How wide the window is.
#[must_use]
pub fn width(ctx: &egui::Context) -> f32 {
    WIDTH.min(ctx.content_rect().width() - AROUND)
}

/// Shows both.
pub fn ui(
    ui: &mut Ui,
    form: &mut Form,
    scene: &Scene,
    looked: Looked<'_>,
    commands: &mut Commands,
) {
    let [least, most] = HEIGHTS;
    let height = (ui.ctx().content_rect().height() - ABOVE_AND_BELOW).clamp(least, most);
    let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let (left, right) =
        whole.split_left_right_at_x(whole.left() + CHOICES.min(0.5 * whole.width()));
    let mut choices = ui.new_child(UiBuilder::new().id_salt("choices").max_rect(left));
    choices.set_clip_rect(left.intersect(ui.clip_rect()));
    ScrollArea::vertical().auto_shrink(false).show(&mut choices, |ui| {
        ui.set_max_width(left.width() - style::GRID);
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        self::choices(ui, form, scene);
    });
    let right = right.with_min_x(right.left() + 2.0 * style::GRID);
    let mut preview = ui.new_child(UiBuilder::new().id_salt("preview").max_rect(right));
    self::preview(&mut preview, right, &form.figure, looked, commands);
}

fn choices(ui: &mut Ui, form: &mut Form, scene: &Scene) {
    section(ui, "Format");
    formats(ui, form);
    let chosen = &mut form.figure;
    section(ui, "Size");
    if chosen.image.is_film() {
        scales(ui, chosen, film::USUAL);
        strides(ui, chosen);
    } else {
        sizes(ui, chosen);
    }
    section(ui, "Parts");
    parts(ui, chosen, scene);
    if scene.shown_runs().count() > 1 {
        section(ui, "Runs");
        runs(ui, &mut form.without, scene);
        one_map(ui, &mut form.maps);
    }
    section(ui, "Colours");
    colours(ui, &mut form.figure);
}

fn section(ui: &mut Ui, title: &str) {
    style::section(ui, title);
}

fn formats(ui: &mut Ui, form: &mut Form) {
    let Kind::Figure(now) = form.kind else { return };
    ui.horizontal_wrapped(|ui| {
        for (image, text, hint) in [
            (Image::Png, "PNG", "Pixels"),
            (Image::Svg, "SVG", "Lines and letters, to be edited"),
            (Image::Pdf, "PDF", "A page for print, with its fonts"),
            (Image::Gif, "GIF", "A film of 255 colours"),
            (Image::Apng, "APNG", "A film of all colours"),
            (Image::Y4m, "Y4M", "Raw frames, for an encoder of films"),
            (Image::Frames, "PNG a step", "Numbered pictures, one a step"),
        ] {
            if ui.selectable_label(now == image, text).on_hover_text(hint).clicked() {
                form.switch(image);
            }
        }
    });
}

fn sizes(ui: &mut Ui, chosen: &mut Chosen) {
    let now = chosen.purpose();
    ui.horizontal_wrapped(|ui| {
        let screen = ui.selectable_label(chosen.paper.is_none(), "Screen");
        let [width, height] = shot::USUAL;
        if screen.on_hover_text(format!("{width} × {height} points")).clicked() {
            *chosen = Chosen { paper: None, panels: Panels::ALL, ..*chosen };
        }
        for purpose in Purpose::ALL {
            let (width, height, font) = purpose.measures();
            let high = height.map(|height| format!(" × {height:.1}")).unwrap_or_default();
            let hint = format!("{width:.0}{high} mm at {font} pt, with the parts that suit it");
            let item = ui.selectable_label(now == Some(purpose), purpose.name());
            if item.on_hover_text(hint).clicked() {
                *chosen = chosen.for_purpose(purpose);
            }
        }
        if chosen.paper.is_some() && now.is_none() {
            let _ = ui.selectable_label(true, "Own size");
        }
    });
    let Some(paper) = &mut chosen.paper else {
        if chosen.image.is_pixels() {
            scales(ui, chosen, shot::USUAL);
        }
        return;
    };
    ui.horizontal(|ui| {
        measure(ui, "width", "mm", SIDES, &mut paper.width);
        measure(ui, "letters", "pt", FONTS, &mut paper.font);
    });
    ui.horizontal(|ui| {
        let mut is_free = paper.height.is_none();
        let mut height = paper.height.unwrap_or(0.7 * paper.width);
        let free = ui.checkbox(&mut is_free, "height as needed");
        free.on_hover_text("As high as the parts need: nothing is left blank");
        if !is_free {
            measure(ui, "height", "mm", SIDES, &mut height);
        }
        paper.height = (!is_free).then_some(height);
    });
    if chosen.image.is_pixels() {
        ui.horizontal(|ui| measure(ui, "pixels an inch", "", DENSITIES, &mut chosen.dpi));
    }
}

/// A number with its unit.
fn measure(ui: &mut Ui, name: &str, unit: &str, allowed: [f64; 2], value: &mut f64) {
    let allowed = (allowed[0], allowed[1]);
    let number = Number {
        label: name,
        about: "",
        rail: allowed,
        allowed,
        spread: Spread::Linear,
        marks: &[],
    };
    let label = ui.label(name);
    let (field, typed) = row::field(ui, &number, *value);
    field.labelled_by(label.id);
    ui.label(unit);
    *value = typed.unwrap_or(*value);
}

fn scales(ui: &mut Ui, chosen: &mut Chosen, usual: [f64; 2]) {
    ui.horizontal(|ui| {
        ui.label("Pixels");
        for scale in 1..=SHARPEST {
            let [width, height] = usual.map(|side| side * f64::from(scale));
            let item = ui.selectable_label(chosen.scale == scale, format!("{scale}×"));
            if item.on_hover_text(format!("{width} × {height} pixels")).clicked() {
                chosen.scale = scale;
            }
        }
    });
}

/// Which steps a film shows: odd strides first, since an even one shows a run that jumps to and fro on one side only.
fn strides(ui: &mut Ui, chosen: &mut Chosen) {
    ui.horizontal_wrapped(|ui| {
        ui.label("Steps");
        for stride in STRIDES {
            let text = if stride == 1 { "all".to_owned() } else { format!("every {stride}.") };
            let hint = if stride % 2 == 0 {
                "A run that jumps to and fro seems to stand on one side"
            } else {
                "Odd: both sides of a run that jumps to and fro are seen"
            };
            if ui.selectable_label(chosen.stride == stride, text).on_hover_text(hint).clicked() {
                chosen.stride = stride;
            }
        }
    });
}

fn parts(ui: &mut Ui, chosen: &mut Chosen, scene: &Scene) {
    let drawn = [Panel::Maps, Panel::Charts, Panel::Data, Panel::Readings];
    let has_data = !matches!(scene.subject, Subject::Formula(_));
    let all = Panel::ALL.into_iter().filter(|panel| has_data || *panel != Panel::Data);
    Grid::new("parts").num_columns(COLUMNS).spacing([12.0, 4.0]).show(ui, |ui| {
        for (k, panel) in all.enumerate() {
            let mut has = chosen.panels.has(panel);
            let turned = chosen.panels.turned(panel);
            // A figure shows something.
            let is_last =
                drawn.contains(&panel) && has && !drawn.iter().any(|other| turned.has(*other));
            ui.add_enabled_ui(!is_last, |ui| {
                if ui.checkbox(&mut has, panel.name()).changed() {
                    chosen.panels = turned;
                }
            });
            if (k + 1).is_multiple_of(COLUMNS) {
                ui.end_row();
            }
        }
    });
}

fn runs(ui: &mut Ui, without: &mut Vec<usize>, scene: &Scene) {
    let shown: Vec<usize> = scene.shown_runs().collect();
    without.retain(|place| shown.contains(place));
    let labels = names::labels(scene);
    Grid::new("runs").num_columns(COLUMNS).spacing([12.0, 4.0]).show(ui, |ui| {
        for (k, &place) in shown.iter().enumerate() {
            let Some(label) = labels.get(place) else { continue };
            let mut has = !without.contains(&place);
            let is_last = has && without.len() + 1 == shown.len();
            ui.add_enabled_ui(!is_last, |ui| {
                if ui.checkbox(&mut has, label).changed() {
                    without.retain(|other| *other != place);
                    if !has {
                        without.push(place);
                    }
                }
            });
            if (k + 1).is_multiple_of(COLUMNS) {
                ui.end_row();
            }
        }
    });
}

fn one_map(ui: &mut Ui, maps: &mut Maps) {
    let mut is_one = *maps == Maps::Overlaid;
    let item = ui.checkbox(&mut is_one, "all on one map");
    item.on_hover_text("Each in its colour, in place of a map each");
    *maps = if is_one { Maps::Overlaid } else { Maps::SideBySide };
}

fn colours(ui: &mut Ui, chosen: &mut Chosen) {
    ui.horizontal_wrapped(|ui| {
        let shown = ui.selectable_label(chosen.theme.is_none(), "as shown");
        if shown.on_hover_text("Those of the window").clicked() {
            chosen.theme = None;
        }
        for (name, theme) in THEMES {
            if ui.selectable_label(chosen.theme == Some(theme), name).clicked() {
                chosen.theme = Some(theme);
            }
        }
    });
    if !chosen.image.is_film() {
        ui.checkbox(&mut chosen.is_clear, "transparent")
            .on_hover_text("No paper behind the figure");
    }
}

/// The figure as it will be, with how large it is below.
fn preview(ui: &mut Ui, place: Rect, chosen: &Chosen, looked: Looked<'_>, commands: &mut Commands) {
    /// The height of the words below.
    const BELOW: f32 = 30.0;
    let Looked { size, preview, is_busy, hung, room } = looked;
    let (frame, below) = place.split_top_bottom_at_y(place.bottom() - BELOW);
    let scale = ui.ctx().pixels_per_point();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "pixels of a screen"
    )]
    let pixels = [frame.width(), frame.height()].map(|side| (side * scale).floor().max(1.0) as u32);
    *room = Some(pixels);
    ui.painter().rect_filled(frame, 4.0, ui.visuals().code_bg_color);
    let picture = preview.and_then(|it| it.picture.as_ref().ok());
    if let Some(picture) = picture {
        let is_new = hung.as_ref().is_none_or(|hung| !Arc::ptr_eq(&hung.picture, picture));
        if is_new {
            let options = TextureOptions::LINEAR;
            let texture = ui.ctx().load_texture("preview", Arc::clone(picture), options);
            *hung = Some(Hung { picture: Arc::clone(picture), texture });
        }
    }
    if let (Some(hung), Ok(_)) = (&*hung, size) {
        let side = |k: usize| hung.picture.size[k] as f32 / scale;
        let shape = vec2(side(0), side(1));
        // One of another room is shown as large as it has room for, until the next is there.
        let fit = (frame.width() / shape.x).min(frame.height() / shape.y).min(1.0);
        let sheet = Rect::from_center_size(frame.center(), fit * shape);
        if preview.is_some_and(|it| it.of.is_clear) {
            chequered(ui, sheet);
        }
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        let tint = if is_busy { Color32::from_white_alpha(150) } else { Color32::WHITE };
        ui.painter().image(hung.texture.id(), sheet, whole, tint);
    }
    let said = match size {
        Ok(said) => RichText::new(said),
        Err(why) => RichText::new(why).color(ui.visuals().error_fg_color),
    };
    let trouble = preview.and_then(|it| it.picture.as_ref().err());
    let image = ui.allocate_rect(frame, Sense::hover());
    let name = match size {
        Ok(said) if picture.is_some() => format!("Preview of the figure, {said}"),
        Ok(_) | Err(_) => "No preview yet".to_owned(),
    };
    image.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &name));
    let mut words = ui.new_child(UiBuilder::new().id_salt("size").max_rect(below));
    words.horizontal(|ui| {
        if !chosen.image.is_film() {
            let copy = ui.button("Copy picture");
            if copy.on_hover_text("These pixels, to be pasted elsewhere").clicked() {
                commands.push(Command::CopyPicture);
            }
        }
        let said =
            trouble.map_or(said, |why| RichText::new(why).color(ui.visuals().error_fg_color));
        ui.add(Label::new(said.size(fonts::SMALL)).truncate());
        if is_busy {
            ui.label(RichText::new("drawing…").size(fonts::SMALL).weak());
        }
    });
}

/// The ground that stands for nothing.
fn chequered(ui: &Ui, sheet: Rect) {
    /// The side of a square, in points.
    const SIDE: f32 = 8.0;
    let painter = ui.painter().with_clip_rect(sheet.intersect(ui.clip_rect()));
    let visuals = ui.visuals();
    painter.rect_filled(sheet, 0.0, visuals.extreme_bg_color);
    let colour = visuals.widgets.inactive.bg_fill;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "squares on a screen"
    )]
    let [columns, rows] = [sheet.width(), sheet.height()].map(|side| (side / SIDE).ceil() as u16);
    for row in 0..rows {
        for column in (row % 2..columns).step_by(2) {
            let corner = sheet.min + SIDE * vec2(column.into(), row.into());
            painter.rect_filled(Rect::from_min_size(corner, vec2(SIDE, SIDE)), 0.0, colour);
        }
    }
}
