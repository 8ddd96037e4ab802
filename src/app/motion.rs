//! Whether pictures move: as somebody chose, else as the system is set.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use mundy::{Interest, Preferences, Subscription};

/// Whether pictures move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// They do.
    Full,
    /// Every movement is shown at its end.
    Reduced,
}

/// How long a fold opens and a button lights up, in seconds.
const SHORT: f32 = 0.15;

impl Motion {
    /// That of a window: what was handed to [`apply`] last.
    #[must_use]
    pub fn of(ctx: &egui::Context) -> Self {
        if ctx.global_style().animation_time > 0.0 { Self::Full } else { Self::Reduced }
    }
}

/// Moves everything in a window so, in either theme.
pub fn apply(ctx: &egui::Context, motion: Motion) {
    let time = match motion {
        Motion::Full => SHORT,
        Motion::Reduced => 0.0,
    };
    ctx.all_styles_mut(|style| style.animation_time = time);
}

/// What the system is set to, followed while the window is open.
pub struct System {
    reduces: Arc<AtomicBool>,
    _until: Subscription,
}

impl System {
    /// Asks on a thread, and repaints when it is told something; without an answer pictures move.
    #[must_use]
    pub fn followed(ctx: &egui::Context) -> Self {
        let reduces = Arc::new(AtomicBool::new(false));
        let (theirs, ctx) = (Arc::clone(&reduces), ctx.clone());
        let told = move |preferences: Preferences| {
            theirs.store(preferences.reduced_motion.is_reduce(), Ordering::Relaxed);
            ctx.request_repaint();
        };
        Self { reduces, _until: Preferences::subscribe(Interest::ReducedMotion, told) }
    }

    /// What it is set to now.
    #[must_use]
    pub fn motion(&self) -> Motion {
        if self.reduces.load(Ordering::Relaxed) { Motion::Reduced } else { Motion::Full }
    }
}
