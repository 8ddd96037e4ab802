//! The threads that share work inside one product (rayon's), even where the system grants none.
//!
//! Left alone, rayon makes its threads at their first use and panics when one cannot be had. Here they are made
//! first, and the pool has as many as there are; with none, work is done by whoever asks for it.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use rayon::{ThreadBuilder, ThreadPoolBuilder};

/// Makes the threads that share work. Call it once, first, on the main thread; a later call changes nothing.
pub fn prepare() {
    let (hands, works) = threads(wished());
    let builder = ThreadPoolBuilder::new();
    let made = if hands == 0 {
        builder.num_threads(1).use_current_thread().build_global()
    } else {
        // A thread takes the first work that comes and keeps it to the end of the program.
        builder
            .num_threads(hands)
            .spawn_handler(move |work| {
                works.send(work).map_err(|gone| std::io::Error::other(gone.to_string()))
            })
            .build_global()
    };
    // It fails only when there is a pool already, which is then used.
    let _ = made;
}

/// How many threads there should be: `RAYON_NUM_THREADS`, else one a core.
fn wished() -> usize {
    let said = std::env::var("RAYON_NUM_THREADS").ok().and_then(|text| text.parse().ok());
    match said {
        Some(count @ 1..) => count,
        _ => thread::available_parallelism().map_or(1, NonZero::get),
    }
}

/// Up to `count` threads that wait for work, how many they are, and where to send it.
fn threads(count: usize) -> (usize, Sender<ThreadBuilder>) {
    let (sender, works) = channel();
    let works: &'static Mutex<Receiver<ThreadBuilder>> = Box::leak(Box::new(Mutex::new(works)));
    let start = |k: usize| {
        thread::Builder::new().name(format!("samscope share {k}")).spawn(move || {
            let work = works.lock().ok().and_then(|works| works.recv().ok());
            if let Some(work) = work {
                work.run();
            }
        })
    };
    let hands = (0..count).map_while(|k| start(k).ok()).count();
    (hands, sender)
}
