//! The glossary: a list of terms to search and to walk, and the entry of the one that is read.

use egui::accesskit::Live;
use egui::{
    Align, Button, Frame, Id, Key, Layout, Margin, Modal, Modifiers, RichText, Role, ScrollArea,
    Sense, TextEdit, TextWrapMode, Ui, WidgetInfo, vec2,
};

use super::terms;
use crate::app::commands::{Command, Commands};
use crate::app::looking_up::LookingUp;
use crate::app::{fonts, style};
use crate::figure::palette::Theme;
use crate::figure::{Ink, formula};
use crate::glossary::{self, Part, Term};
use crate::lesson::laid::{self, Laid};
use crate::lesson::text::{Span, Tone};

/// The size of what is inside, where the window has room for it.
const SIZE: [f32; 2] = [720.0, 420.0];
/// What is left of the window around it, and above the list.
const AROUND: [f32; 2] = [88.0, 140.0];
/// The width of the list; in a window narrower than this it stands above the entry, and has this part of the height.
const LIST: f32 = 218.0;
const NARROW: f32 = 480.0;
const PART: f32 = 0.3;
/// The heights of the name, of the sentence, of formulas and of the definition.
const NAME: f64 = 19.0;
const SAID: f64 = 15.0;
const FORMULA: [f64; 3] = [17.0, 15.0, 13.0];
const MORE: f64 = 14.0;

/// Shows it.
pub fn ui(ctx: &egui::Context, open: &mut LookingUp, theme: Theme, commands: &mut Commands) {
    let room = ctx.content_rect().size() - vec2(AROUND[0], AROUND[1]);
    let [width, height] = [SIZE[0].min(room.x), SIZE[1].min(room.y)];
    let modal = Modal::new(Id::unique("glossary")).frame(style::sheet(ctx)).show(ctx, |ui| {
        ui.set_width(width);
        let is_closed = head(ui, open);
        ui.add_space(style::GRID);
        let is_narrow = width < NARROW;
        let low = PART * height;
        let list_size = if is_narrow { vec2(width, low) } else { vec2(LIST, height) };
        let rest = if is_narrow {
            vec2(width, height - low - style::GRID)
        } else {
            vec2(width - LIST - 2.0 * style::GRID, height)
        };
        // List and entry are read from top to bottom, wherever they stand.
        let down = Layout::top_down(Align::Min);
        let contents = |ui: &mut Ui| {
            ui.allocate_ui_with_layout(list_size, down, |ui| {
                ui.set_min_size(list_size);
                list(ui, open);
            });
            if !is_narrow {
                ui.add_space(style::GRID);
            }
            ui.allocate_ui_with_layout(rest, down, |ui| {
                ui.set_min_size(rest);
                ScrollArea::vertical().id_salt(open.term).auto_shrink(false).show(ui, |ui| {
                    if let Some(term) = glossary::term(open.term) {
                        ui.set_width(rest.x - BAR);
                        entry(ui, term, theme, open);
                    }
                });
            });
        };
        if is_narrow {
            ui.vertical(contents)
        } else {
            ui.horizontal_top(contents)
        };
        is_closed
    });
    open.is_shown = true;
    if modal.inner || modal.should_close() {
        commands.push(Command::Close);
    }
}

/// The room of the bar that scrolls.
const BAR: f32 = 10.0;

/// The title, the field that searches the list, and the button that closes it; whether it is closed.
fn head(ui: &mut Ui, open: &mut LookingUp) -> bool {
    ui.horizontal(|ui| {
        let title = ui.heading("Glossary");
        ui.add_space(style::GRID);
        let field = Id::unique("glossary search");
        let focused = ui.memory(|memory| memory.focused());
        if focused.is_none_or(|focused| focused == field) {
            let pressed =
                |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
            let [down, up] = [Key::ArrowDown, Key::ArrowUp].map(pressed);
            if down != up {
                open.walk(isize::try_from(down).unwrap_or(0) - isize::try_from(up).unwrap_or(0));
            }
        }
        let width = ui.available_width() - CLOSE - ui.spacing().item_spacing.x;
        let edit = TextEdit::singleline(&mut open.typed)
            .id(field)
            .hint_text("Find a term, a symbol or a word; ↑ and ↓ walk the list")
            .desired_width(width);
        let edit = style::fields(ui, |ui| ui.add(edit)).labelled_by(title.id);
        if !open.is_shown {
            edit.request_focus();
        }
        if edit.changed() {
            open.follow_what_is_typed();
        }
        let close = Button::new("Close").min_size(vec2(CLOSE, 0.0));
        ui.add(close).on_hover_text("Esc, or F1 again").clicked()
    })
    .inner
}

/// The width of the button that closes it.
const CLOSE: f32 = 60.0;

/// The terms that may be meant.
fn list(ui: &mut Ui, open: &mut LookingUp) {
    let listed = open.listed();
    if listed.is_empty() {
        ui.weak("No term, no symbol and no sentence has this.");
        return;
    }
    ScrollArea::vertical().id_salt("terms").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        for term in listed {
            let is_read = term.id == open.term;
            let name = RichText::new(&term.name);
            let name = if is_read { name.font(fonts::strong(fonts::BODY)) } else { name };
            // The keyboard stays in the field, where the arrows walk the list.
            let row = Button::new(name)
                .selected(is_read)
                .frame_when_inactive(is_read)
                .wrap_mode(TextWrapMode::Truncate)
                .right_text(fonts::words(&term.symbol, fonts::SMALL))
                .sense(Sense::CLICK)
                .min_size(vec2(ui.available_width() - BAR, 0.0));
            let row = ui.add(row);
            row.widget_info(|| {
                WidgetInfo::selected(Role::ListBoxOption, true, is_read, &term.name)
            });
            if is_read && open.is_sought {
                row.scroll_to_me(Some(Align::Center));
                open.is_sought = false;
            }
            if row.clicked() {
                open.read(&term.id);
            }
        }
    });
}

/// What a term means, and where to read on.
fn entry(ui: &mut Ui, term: &'static Term, theme: Theme, open: &mut LookingUp) {
    let width = f64::from(ui.available_width());
    let strong = |text: &str| [Span { text: text.to_owned(), tone: Tone::Strong }];
    let symbol = formula::typeset(&term.symbol, NAME, Ink::Text, None);
    let beside = if symbol.width > 0.0 { symbol.width + 12.0 } else { 0.0 };
    let mut name = laid::line(&strong(&term.name), Ink::Text, width - beside, NAME);
    let first = name.letters.first().map_or(0.0, |letters| letters.at[1]);
    // The baseline of letters is about so far below their middle.
    name.letters.extend(symbol.letters([width - symbol.width, first + 0.36 * NAME]));
    terms::paint(ui, &name, theme, Role::Heading, &term.name);
    let said = laid::words(&term.said, Ink::Text, width, SAID);
    let heard = terms::paint(ui, &said, theme, Role::Paragraph, &term.said);
    ui.ctx().accesskit_node_builder(heard.id, |node| node.set_live(Live::Polite));
    ui.add_space(style::GRID);
    if !term.formula.is_empty() {
        let fill = style::tone(theme, 0.06);
        let inset = Margin::symmetric(12, 8);
        Frame::new().fill(fill).corner_radius(6).inner_margin(inset).show(ui, |ui| {
            ui.set_width(ui.available_width());
            let set = formula_of(&term.formula, f64::from(ui.available_width()));
            terms::paint(ui, &set, theme, Role::Math, &term.formula);
        });
        ui.add_space(style::GRID);
    }
    let spans: Vec<Span> = glossary::parts(&term.more).map(span).collect();
    let more = laid::line(&spans, Ink::Text, width, MORE);
    let words: String = spans.iter().map(|span| span.text.as_str()).collect();
    let text = terms::paint(ui, &more, theme, Role::Paragraph, &words);
    terms::link(ui, &text, &more, MORE, &[&term.id]);
    ui.add_space(style::GRID);
    if !term.source.is_empty() {
        ui.label(RichText::new(&term.source).size(fonts::SMALL).weak());
    }
    let see: Vec<&'static Term> = term.see.iter().filter_map(|id| glossary::term(id)).collect();
    if see.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("See also").size(fonts::SMALL).weak());
        for other in see {
            let link = ui.link(RichText::new(&other.name).size(fonts::SMALL));
            if link.on_hover_text(fonts::words(&other.said, fonts::BODY)).clicked() {
                open.read(&other.id);
            }
        }
    });
}

/// A formula as large as has room, in lines where none has.
fn formula_of(text: &str, width: f64) -> Laid {
    let fits = FORMULA
        .into_iter()
        .find(|&size| formula::typeset(text, size, Ink::Text, None).width <= width);
    match fits {
        Some(size) => laid::formula(text, width, size),
        None => laid::line(&[span(Part::Words(text))], Ink::Text, width, MORE),
    }
}

fn span(part: Part<'_>) -> Span {
    let (text, tone) = match part {
        Part::Words(text) => (text, Tone::Plain),
        Part::Formula(text) => (text, Tone::Formula),
    };
    Span { text: text.to_owned(), tone }
}
