//! The window as it was left: settings are taken when it opens, and kept when it closes.

use std::path::{Path, PathBuf};

use egui::Ui;

use super::settings::Settings;
use super::{App, style};
use crate::figure::palette::Audience;

impl App {
    /// The same as `settings` have it.
    #[must_use]
    pub fn set(mut self, ctx: &egui::Context, settings: &Settings) -> Self {
        self.view.folds = settings.folds.clone();
        self.view.size = settings.size.unwrap_or(1.0);
        self.view.motion = settings.motion;
        self.chosen = settings.figure;
        self.recent.clone_from(&settings.recent);
        if let Some(theme) = settings.theme {
            self.view.theme = theme;
            style::apply(ctx, theme);
        }
        self.theme_is_chosen = settings.theme.is_some();
        self
    }

    /// The same as it was left, by what is kept in this file; on closing it is kept there.
    #[must_use]
    pub fn kept_in(self, ctx: &egui::Context, file: Option<PathBuf>) -> Self {
        let settings = file.as_deref().map(Settings::load).unwrap_or_default();
        let mut app = Self { settings_file: file, ..self.set(ctx, &settings) };
        if let Some(folder) = app.folder() {
            app.recovering(&folder);
        }
        app
    }

    /// The same, with what a killed window has left being left where it is.
    #[must_use]
    pub fn kept_but_not_recovered(self, ctx: &egui::Context, file: Option<PathBuf>) -> Self {
        let settings = file.as_deref().map(Settings::load).unwrap_or_default();
        let mut app = Self { settings_file: file, ..self.set(ctx, &settings) };
        if let Some(folder) = app.folder() {
            app.keeping_in(&folder);
        }
        app
    }

    fn folder(&self) -> Option<PathBuf> {
        self.settings_file.as_deref().and_then(Path::parent).map(Path::to_path_buf)
    }

    /// What is to be found again.
    #[must_use]
    pub fn settings(&self) -> Settings {
        let size = self.view.size;
        let theme = self.view.theme.before(Audience::Desk);
        Settings {
            folds: self.view.folds.clone(),
            size: ((size - 1.0).abs() > 1e-3).then_some(size),
            theme: self.theme_is_chosen.then_some(theme),
            motion: self.view.motion,
            figure: self.chosen,
            recent: self.recent.clone(),
        }
    }

    /// Keeps it, where there is a place for it.
    pub fn keep(&mut self) {
        self.forget_recovery();
        if let Some(file) = &self.settings_file {
            self.settings().keep(file);
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _: &mut eframe::Frame) {
        self.logic(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        self.ui(ui);
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.keep();
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
