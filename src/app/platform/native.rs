//! A window on a desktop, and what to do where there cannot be one.

use std::panic::{self, AssertUnwindSafe};

use eframe::NativeOptions;
use egui::ViewportBuilder;

use crate::app::App;
use crate::engine::Engine;
use crate::scene::Scene;

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum NoWindow {
    /// Nobody sits in front of this machine.
    #[error("there is no display to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set")]
    NoDisplay,
    /// The display does not answer.
    #[error("the display {0} does not answer")]
    Unreachable(String),
    /// A library of the system is missing.
    #[error("{what} is missing; install it, for instance with \"{install}\"")]
    Missing {
        /// The library.
        what: &'static str,
        /// What would install it on Debian.
        install: &'static str,
    },
    /// Something else.
    #[error("the window cannot be opened: {0}")]
    Other(String),
}

/// The first size of the window, and the least.
const SIZE: [f32; 2] = [1280.0, 800.0];
const LEAST: [f32; 2] = [720.0, 520.0];

/// Opens the window on `scene` and stays until it is closed.
///
/// # Errors
/// When there is no display, or something that a window needs is not installed.
pub fn open(scene: Scene) -> Result<(), NoWindow> {
    if !has_display() {
        return Err(NoWindow::NoDisplay);
    }
    let mut viewport = ViewportBuilder::default()
        .with_title("samscope")
        .with_app_id("samscope")
        .with_inner_size(SIZE)
        .with_min_inner_size(LEAST);
    let icon = eframe::icon_data::from_png_bytes(include_bytes!("../../../assets/icon-256.png"));
    if let Ok(icon) = icon {
        viewport = viewport.with_icon(icon);
    }
    let options = NativeOptions { viewport, centered: true, ..Default::default() };
    let run = move || {
        eframe::run_native(
            "samscope",
            options,
            Box::new(|cc| {
                let ctx = cc.egui_ctx.clone();
                let engine = Engine::on_threads(move || ctx.request_repaint());
                Ok(Box::new(App::new(&cc.egui_ctx, scene, engine).on_threads(&cc.egui_ctx)))
            }),
        )
    };
    match quietly(run) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(explain(&error)),
        Err(message) => Err(explain_panic(message)),
    }
}

/// Whether the environment names a display. Elsewhere than on Linux and its like there always is one.
fn has_display() -> bool {
    let unix_desktop = cfg!(all(unix, not(target_os = "macos")));
    let names = ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"];
    !unix_desktop
        || names.iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// What the environment calls the display, to be said in a message.
fn display() -> String {
    let named = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    named("WAYLAND_DISPLAY").or_else(|| named("DISPLAY")).unwrap_or_default()
}

/// Runs `work`; a panic becomes its message.
///
/// Without libxkbcommon-x11 winit panics while it connects, so there is no error to handle. Panics of our own are
/// reported as ever: only those that come before the first frame are held back.
fn quietly<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let from_winit = info.location().is_some_and(|place| {
            ["winit", "xkbcommon"].iter().any(|name| place.file().contains(name))
        });
        if !from_winit {
            before(info);
        }
    }));
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    let _ = panic::take_hook();
    outcome.map_err(|payload| {
        let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default()
    })
}

fn explain(error: &eframe::Error) -> NoWindow {
    match error {
        eframe::Error::NoGlutinConfigs(..)
        | eframe::Error::Glutin(_)
        | eframe::Error::OpenGL(_) => {
            NoWindow::Missing { what: "OpenGL", install: "apt-get install libgl1 libgl1-mesa-dri" }
        }
        eframe::Error::WinitEventLoop(error) => {
            explain_text(error.to_string(), |_| NoWindow::Unreachable(display()))
        }
        eframe::Error::Winit(error) => explain_text(error.to_string(), NoWindow::Other),
        eframe::Error::AppCreation(error) => NoWindow::Other(error.to_string()),
    }
}

fn explain_panic(message: String) -> NoWindow {
    explain_text(message, NoWindow::Other)
}

/// Names the package, where a message names the library.
fn explain_text(message: String, otherwise: impl FnOnce(String) -> NoWindow) -> NoWindow {
    const LIBRARIES: [(&str, &str, &str); 5] = [
        ("xkbcommon-x11", "libxkbcommon-x11", "apt-get install libxkbcommon-x11-0"),
        ("xkbcommon", "libxkbcommon", "apt-get install libxkbcommon0"),
        ("Xcursor", "libXcursor", "apt-get install libxcursor1"),
        ("libXi", "libXi", "apt-get install libxi6"),
        ("libX11", "libX11", "apt-get install libx11-6 libx11-xcb1"),
    ];
    LIBRARIES
        .iter()
        .find(|(sign, ..)| message.contains(sign))
        .map(|&(_, what, install)| NoWindow::Missing { what, install })
        .unwrap_or_else(|| otherwise(message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_about_a_library_names_its_package() {
        let message = "Library libxkbcommon-x11.so could not be loaded.".to_owned();
        let text = explain_panic(message).to_string();
        assert!(text.contains("apt-get install libxkbcommon-x11-0"), "{text}");
    }

    #[test]
    fn a_panic_becomes_its_message() {
        assert_eq!(quietly(|| panic!("winit says no")).map_err(|_: String| ()), Err::<(), ()>(()));
    }
}
