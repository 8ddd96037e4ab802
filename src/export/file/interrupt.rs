//! Hidden files are removed when the program is interrupted (Ctrl-C, TERM, a closed terminal).
//!
//! From the first file on, a thread waits for these signals, removes what is under way and then ends the process the
//! way that the signal would have. `KILL` cannot be waited for; what it leaves is removed by the next writer.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The hidden files of this process.
static UNDER_WAY: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn under_way() -> MutexGuard<'static, Vec<PathBuf>> {
    UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes a file so that an interruption finds either no file, or a file that it knows to remove.
pub(super) fn guarded<T>(
    path: &Path,
    make: impl FnOnce() -> std::io::Result<T>,
) -> std::io::Result<T> {
    watch();
    let mut under_way = under_way();
    let made = make()?;
    under_way.push(path.to_owned());
    Ok(made)
}

/// Says that `path` is renamed or removed.
pub(super) fn forget(path: &Path) {
    under_way().retain(|other| other != path);
}

#[cfg(not(unix))]
fn watch() {}

/// Starts the thread that waits for signals, once.
#[cfg(unix)]
fn watch() {
    use std::sync::Once;
    use std::sync::mpsc::channel;

    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        let (ready, is_ready) = channel();
        // The thread comes first: once a signal is registered, without a thread nobody would ever answer it.
        let thread = std::thread::Builder::new().name("samscope interrupt".to_owned());
        let started = thread.spawn(move || {
            let signals = signal_hook::iterator::Signals::new(answered());
            let _ = ready.send(());
            let Ok(mut signals) = signals else { return };
            for signal in signals.forever() {
                let under_way = under_way();
                for path in under_way.iter() {
                    let _ = std::fs::remove_file(path);
                }
                // The lock is kept, so that nobody makes another file in the last moment.
                let _ = signal_hook::low_level::emulate_default_handler(signal);
            }
        });
        if started.is_ok() {
            let _ = is_ready.recv();
        }
    });
}

/// The signals that are answered: those that whoever started us has not told us to ignore, as `nohup` does.
#[cfg(unix)]
fn answered() -> Vec<i32> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    [SIGHUP, SIGINT, SIGTERM]
        .into_iter()
        .filter(|signal| ignored >> (signal - 1) & 1 == 0)
        .collect()
}
