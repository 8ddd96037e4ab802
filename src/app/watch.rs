//! Looks whether a lesson's file has changed, and reads it again: twice a second, beside the window.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::lesson::{self, Lesson};

/// How long a change waits to be seen.
const PAUSE: Duration = Duration::from_millis(500);

/// What was read of a file: a lesson, or why it is none.
pub type Read = Result<Lesson, String>;

/// Somebody who looks at a file.
pub struct Watch {
    hands: Hands,
}

enum Hands {
    /// Whoever asks for news, for tests and where no thread can be had.
    Own(Looker),
    /// A thread, until the sender is dropped.
    Thread { news: Receiver<Read>, _until: Sender<()> },
}

impl Watch {
    /// Looks at `path`: on a thread that repaints a window when there is news, or, where there is none, when asked.
    #[must_use]
    pub fn of(path: PathBuf, repaints: Option<egui::Context>) -> Self {
        let looker = Looker::of(path);
        let Some(ctx) = repaints else { return Self { hands: Hands::Own(looker) } };
        let (until, ended) = channel();
        let (sender, news) = channel();
        let mut own = looker.clone();
        let work = move || {
            while ended.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
                let Some(read) = own.look() else { continue };
                if sender.send(read).is_err() {
                    return;
                }
                ctx.request_repaint();
            }
        };
        match thread::Builder::new().name("samscope lesson".to_owned()).spawn(work) {
            Ok(_) => Self { hands: Hands::Thread { news, _until: until } },
            Err(_) => Self { hands: Hands::Own(looker) },
        }
    }

    /// What the file has become since the last time, if it was changed.
    pub fn news(&mut self) -> Option<Read> {
        match &mut self.hands {
            Hands::Own(looker) => looker.look(),
            Hands::Thread { news, .. } => news.try_iter().last(),
        }
    }
}

/// A file, and what it was like when it was read.
#[derive(Clone)]
struct Looker {
    path: PathBuf,
    seen: Option<Stamp>,
}

/// When a file was written and how long it is.
type Stamp = (SystemTime, u64);

impl Looker {
    fn of(path: PathBuf) -> Self {
        let mut looker = Self { path, seen: None };
        looker.seen = looker.stamp();
        looker
    }

    fn stamp(&self) -> Option<Stamp> {
        let found = self.path.metadata().ok()?;
        Some((found.modified().ok()?, found.len()))
    }

    /// The file read again where it is another than it was; a file that is gone for a moment is being written.
    fn look(&mut self) -> Option<Read> {
        let now = self.stamp()?;
        if self.seen == Some(now) {
            return None;
        }
        self.seen = Some(now);
        Some(lesson::open(&self.path).map_err(|error| error.to_string()))
    }
}
