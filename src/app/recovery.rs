//! The scene as it was, where the program was killed: kept beside the settings while the window is open.
//!
//! ```text
//! recovery-<process>.toml   the scene and its step, written anew some seconds after every edit
//! recovery-<process>.lock   locked while the window is open: without a lock it was left by one that is gone
//! ```
//!
//! A window that is closed removes its own. The next one that opens takes what is left.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::App;
use super::toasts::Tone;
use crate::export::file;
use crate::origin::Origin;
use crate::scene::Scene;

/// Between an edit and its being kept, in seconds.
const SOON: f64 = 2.0;
/// What the files are called.
const NAME: &str = "recovery-";

/// The place of this window's scene.
pub(super) struct Recovery {
    scene: PathBuf,
    lock: PathBuf,
    /// Held while the window is open.
    _held: File,
    kept: Scene,
    next: f64,
}

impl Recovery {
    /// A place in this folder for what becomes of `scene`; none where there can be none.
    fn new(folder: &Path, scene: &Scene) -> Option<Self> {
        let path = |ending: &str| folder.join(format!("{NAME}{}.{ending}", std::process::id()));
        let lock = path("lock");
        fs::create_dir_all(folder).ok()?;
        let held = File::create(&lock).ok()?;
        held.try_lock().ok()?;
        Some(Self { scene: path("toml"), lock, _held: held, kept: scene.clone(), next: 0.0 })
    }

    /// Takes what windows that are gone have left in this folder: the latest of it.
    fn left(folder: &Path) -> Option<Origin> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).ok()?.flatten() {
            let lock = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if !name.starts_with(NAME) || lock.extension().is_none_or(|ending| ending != "lock") {
                continue;
            }
            if File::open(&lock).is_ok_and(|file| file.try_lock().is_ok()) {
                let scene = lock.with_extension("toml");
                let written = fs::metadata(&scene).and_then(|found| found.modified()).ok();
                let origin = fs::read_to_string(&scene).ok().and_then(|it| Origin::read(&it).ok());
                found.extend(written.zip(origin));
                let _ = fs::remove_file(&scene);
                let _ = fs::remove_file(&lock);
            }
        }
        found.into_iter().max_by_key(|(written, _)| *written).map(|(_, origin)| origin)
    }
}

impl App {
    /// The same with its scene kept in this folder while it is open; where a window was killed, what it was about is
    /// opened, and can be taken back.
    pub(super) fn recovering(&mut self, folder: &Path) {
        let left = Recovery::left(folder);
        self.keeping_in(folder);
        if let Some(origin) = left {
            self.toasts.say(
                Tone::Good,
                "The last window was not closed; this is its scene as it was. Undo (Ctrl Z) goes back",
            );
            self.go_back_into(origin);
        }
    }

    /// Keeps the scene in this folder while it is open.
    pub(super) fn keeping_in(&mut self, folder: &Path) {
        self.recovery = Recovery::new(folder, &self.scene);
    }

    /// Keeps the scene where it is another one than what is kept.
    pub(super) fn keep_for_recovery(&mut self, now: f64) {
        let Some(recovery) = &mut self.recovery else { return };
        if now < recovery.next {
            return;
        }
        recovery.next = now + SOON;
        if recovery.kept == self.scene {
            return;
        }
        recovery.kept = self.scene.clone();
        let at = self.view.moment(self.view.playback.step(self.scene.steps.get()));
        let (path, text) = (recovery.scene.clone(), Origin::of(&self.scene, at).text());
        self.files.start_quietly(move || {
            // A folder that cannot be written is no trouble to anybody.
            let _ = file::save(&path, text.as_bytes());
        });
    }

    /// Forgets what was kept: the window is closed.
    pub(super) fn forget_recovery(&mut self) {
        if let Some(recovery) = self.recovery.take() {
            let _ = fs::remove_file(&recovery.scene);
            let _ = fs::remove_file(&recovery.lock);
        }
    }
}
