//! Short words that come and go: what was saved where, what went wrong.

use egui::{Align2, Area, Frame, Id, Margin, Order, RichText, Sense, Stroke, vec2};

use super::style;
use crate::figure::Ink;
use crate::figure::palette::Theme;

/// The words that are shown.
#[derive(Debug, Default)]
pub struct Toasts {
    shown: Vec<Toast>,
}

#[derive(Debug)]
struct Toast {
    text: String,
    tone: Tone,
    /// When it goes, in seconds; set when it is first shown.
    until: Option<f64>,
}

/// Whether there is something to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It went well.
    Good,
    /// It did not.
    Bad,
}

impl Tone {
    /// How long its words stay, in seconds: bad news is longer and read twice.
    fn lasts(self) -> f64 {
        match self {
            Self::Good => 5.0,
            Self::Bad => 15.0,
        }
    }
}

impl Toasts {
    /// Shows `text`.
    ///
    /// What is said already stays so much longer, and is not said twice.
    pub fn say(&mut self, tone: Tone, text: impl Into<String>) {
        let text = text.into();
        self.shown.retain(|toast| toast.text != text);
        self.shown.push(Toast { text, tone, until: None });
    }

    /// Takes all words away.
    pub fn clear(&mut self) {
        self.shown.clear();
    }

    /// Shows what there is to say above the lower right corner; a click sends it away.
    pub fn ui(&mut self, ctx: &egui::Context, theme: Theme) {
        let now = ctx.input(|input| input.time);
        self.shown.retain_mut(|toast| now < *toast.until.get_or_insert(now + toast.tone.lasts()));
        let Some(first) = self.shown.iter().filter_map(|toast| toast.until).reduce(f64::min) else {
            return;
        };
        ctx.request_repaint_after(std::time::Duration::from_secs_f64((first - now).max(0.0)));
        let mut dismissed = None;
        Area::new(Id::unique("toasts"))
            .order(Order::Foreground)
            .anchor(Align2::RIGHT_BOTTOM, vec2(-16.0, -64.0))
            .show(ctx, |ui| {
                for (k, toast) in self.shown.iter().enumerate() {
                    let edge = match toast.tone {
                        Tone::Good => style::tone(theme, 0.2),
                        Tone::Bad => style::ink(theme, Ink::Run(0)),
                    };
                    let frame = Frame::popup(ui.style())
                        .inner_margin(Margin::symmetric(14, 10))
                        .stroke(Stroke::new(1.0, edge));
                    let response = frame
                        .show(ui, |ui| {
                            ui.set_max_width(420.0);
                            ui.label(RichText::new(&toast.text));
                        })
                        .response;
                    if response.interact(Sense::click()).clicked() {
                        dismissed = Some(k);
                    }
                }
            });
        if let Some(k) = dismissed {
            self.shown.remove(k);
        }
    }

    /// What is shown now, for tests.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.shown.iter().map(|toast| toast.text.as_str())
    }
}
