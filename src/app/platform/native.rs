//! A window on a desktop, and what to do where there cannot be one.

use std::panic::{self, AssertUnwindSafe};

use eframe::NativeOptions;
use egui::ViewportBuilder;

use super::display::{self, Display, Nowhere};
use super::stopwatch::{Stopwatch, Timed};
use crate::app::teaching::Opened;
use crate::app::{App, settings};
use crate::engine::Engine;
use crate::origin::Origin;

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
    /// The display draws, but not with what the window needs.
    #[error(
        "the display cannot draw the window: {0}; a newer driver may, for instance with \"apt-get install libgl1-mesa-dri\""
    )]
    Graphics(String),
    /// Something else.
    #[error("the window cannot be opened: {0}")]
    Other(String),
}

/// The first size of the window, and the least.
const SIZE: [f32; 2] = [1280.0, 800.0];
const LEAST: [f32; 2] = [700.0, 500.0];

/// Opens the window on a scene and stays until it is closed.
///
/// # Errors
/// When there is no display, or something that a window needs is not installed.
pub fn open(origin: Origin, lesson: Option<Opened>) -> Result<(), NoWindow> {
    let display = display::display().map_err(|nowhere| match nowhere {
        Nowhere::Unnamed => NoWindow::NoDisplay,
        Nowhere::Silent(name) => NoWindow::Unreachable(name),
    })?;
    let mut viewport = ViewportBuilder::default()
        .with_title("samscope")
        .with_app_id("samscope")
        .with_inner_size(SIZE)
        .with_min_inner_size(LEAST);
    let icon = eframe::icon_data::from_png_bytes(include_bytes!("../../../assets/icon-256.png"));
    if let Ok(icon) = icon {
        viewport = viewport.with_icon(icon);
    }
    let mut options = NativeOptions { viewport, centered: true, ..Default::default() };
    if display == Display::X11 {
        options.event_loop_builder = on_x11();
    }
    let run = move || {
        eframe::run_native(
            "samscope",
            options,
            Box::new(|cc| {
                let ctx = &cc.egui_ctx;
                let wake = ctx.clone();
                let engine = Engine::on_threads(move || wake.request_repaint());
                let app = App::new(ctx, origin.scene, engine).on_threads(ctx);
                let place = settings::place();
                let mut app = match &lesson {
                    // What a killed window left waits for one that opens no lesson.
                    Some(_) => app.kept_but_not_recovered(ctx, place),
                    None => app.kept_in(ctx, place),
                };
                if let Some(at) = origin.at {
                    app.stand_at(at);
                }
                if let Some((lesson, path)) = lesson {
                    app.teach(lesson, path);
                }
                Ok(match Stopwatch::of_environment() {
                    Some(watch) => Box::new(Timed { app, watch }),
                    None => Box::new(app),
                })
            }),
        )
    };
    match quietly(run) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(explain(&error)),
        Err(message) => Err(explain_panic(&message)),
    }
}

/// Tells winit to leave Wayland alone.
#[cfg(target_os = "linux")]
fn on_x11() -> Option<eframe::EventLoopBuilderHook> {
    use winit::platform::x11::EventLoopBuilderExtX11 as _;
    Some(Box::new(|builder| {
        builder.with_x11();
    }))
}

#[cfg(not(target_os = "linux"))]
fn on_x11() -> Option<eframe::EventLoopBuilderHook> {
    None
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
    // Displayed, winit's and glutin's errors leave out which library is missing; their debug text has it.
    let details = format!("{error:?}");
    let graphics = |error: String| NoWindow::Graphics(brief(&error));
    match error {
        // Neither libGL nor libEGL was there to be loaded.
        eframe::Error::NoGlutinConfigs(..) | eframe::Error::Glutin(_)
            if details.contains("NotFound") =>
        {
            NoWindow::Missing {
                what: "OpenGL",
                install: "apt-get install libgl1 libegl1 libgl1-mesa-dri",
            }
        }
        eframe::Error::NoGlutinConfigs(_, error) => graphics(error.to_string()),
        eframe::Error::Glutin(error) => graphics(error.to_string()),
        eframe::Error::OpenGL(error) => graphics(error.to_string()),
        eframe::Error::WinitEventLoop(_) => {
            explain_text(&details, || NoWindow::Unreachable(display::name()))
        }
        eframe::Error::Winit(error) => {
            explain_text(&details, || NoWindow::Other(brief(&error.to_string())))
        }
        eframe::Error::AppCreation(error) => NoWindow::Other(brief(&error.to_string())),
    }
}

/// The first line of a message, for a sentence of ours.
fn brief(message: &str) -> String {
    message.lines().next().unwrap_or_default().trim_end_matches('.').to_owned()
}

fn explain_panic(message: &str) -> NoWindow {
    explain_text(message, || NoWindow::Other(brief(message)))
}

/// The libraries that a window loads while it opens: how a message names each, its name, and its Debian package.
///
/// Longer names come before those that they begin with.
const LIBRARIES: [(&str, &str, &str); 7] = [
    ("xkbcommon-x11", "libxkbcommon-x11", "apt-get install libxkbcommon-x11-0"),
    ("xkbcommon", "libxkbcommon", "apt-get install libxkbcommon0"),
    ("libXcursor", "libXcursor", "apt-get install libxcursor1"),
    ("libXi.", "libXi", "apt-get install libxi6"),
    ("libX11-xcb", "libX11-xcb", "apt-get install libx11-xcb1"),
    ("libX11", "libX11", "apt-get install libx11-6"),
    ("NoWaylandLib", "libwayland-client", "apt-get install libwayland-client0"),
];

/// Names the package, where a message names the library.
fn explain_text(message: &str, otherwise: impl FnOnce() -> NoWindow) -> NoWindow {
    LIBRARIES
        .iter()
        .find(|(sign, ..)| message.contains(sign))
        .map(|&(_, what, install)| NoWindow::Missing { what, install })
        .unwrap_or_else(otherwise)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_about_a_library_names_its_package() {
        let message = "Library libxkbcommon-x11.so could not be loaded.";
        let text = explain_panic(message).to_string();
        assert!(text.contains("apt-get install libxkbcommon-x11-0"), "{text}");
    }

    #[test]
    fn each_library_of_a_display_names_its_own_package() {
        // As winit says it: the library is in the debug text only.
        let said = |library: &str| {
            format!(
                "Os(OsError {{ line: 1, error: XNotSupported(LibraryOpenError(OpenError {{ kind: Library, detail: \"{library}: cannot open shared object file\" }})) }})"
            )
        };
        for (library, package) in [
            ("libX11.so.6", "libx11-6"),
            ("libX11-xcb.so.1", "libx11-xcb1"),
            ("libXi.so.6", "libxi6"),
            ("libXcursor.so.1", "libxcursor1"),
        ] {
            let text = explain_text(&said(library), || NoWindow::NoDisplay).to_string();
            assert!(text.contains(&format!("apt-get install {package}\"")), "{library}: {text}");
        }
    }

    #[test]
    fn a_panic_becomes_its_message() {
        assert_eq!(quietly(|| panic!("winit says no")), Err::<(), _>("winit says no".to_owned()));
    }
}
