//! A thread that makes the products of one slot.
//!
//! It keeps a mailbox with room for one job: a newer job overwrites an older one, and a task under way is dropped at its
//! next turn when the mailbox is not empty. That is all the cancellation and debouncing there is. Work that panics is
//! reported, and the thread goes on with the next job.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use web_time::Instant;

use super::job::{Job, Progress, TURN};

/// A thread with a mailbox for one job.
pub struct Worker<J: Job> {
    mailbox: Arc<Mailbox<J>>,
    finished: Receiver<Finished<J>>,
}

/// What came of a job.
pub(super) enum Finished<J: Job> {
    /// A product, and whether it is the job's last.
    Product { job: J, product: J::Product, last: bool },
    /// A panic, with its message: a mistake of the program.
    Panic { job: J, message: String },
}

struct Mailbox<J> {
    letter: Mutex<Letter<J>>,
    arrived: Condvar,
}

enum Letter<J> {
    Nothing,
    Job(J),
    /// No job, and the one under way is not wanted any more.
    Rest,
    /// The thread ends.
    Stop,
}

impl<J: Job> Worker<J> {
    /// A thread called `name` that calls `wake` whenever it has finished something; none where none can be had.
    pub(super) fn start(name: &str, wake: impl Fn() + Send + 'static) -> Option<Self> {
        let mailbox =
            Arc::new(Mailbox { letter: Mutex::new(Letter::Nothing), arrived: Condvar::new() });
        let (sender, finished) = channel();
        let theirs = Arc::clone(&mailbox);
        let thread = thread::Builder::new().name(name.to_owned());
        thread.spawn(move || theirs.work(&sender, &wake)).ok()?;
        Some(Self { mailbox, finished })
    }

    /// Drops what is under way and starts on `job`.
    pub(super) fn start_on(&self, job: J) {
        self.mailbox.put(Letter::Job(job));
    }

    /// Drops what is under way.
    pub(super) fn rest(&self) {
        self.mailbox.put(Letter::Rest);
    }

    /// What was finished next, if anything was.
    pub(super) fn finished(&self) -> Option<Finished<J>> {
        self.finished.try_recv().ok()
    }
}

impl<J: Job> Drop for Worker<J> {
    fn drop(&mut self) {
        self.mailbox.put(Letter::Stop);
    }
}

impl<J> Mailbox<J> {
    fn put(&self, letter: Letter<J>) {
        *self.letter.lock().unwrap_or_else(PoisonError::into_inner) = letter;
        self.arrived.notify_one();
    }

    fn is_empty(&self) -> bool {
        let letter = self.letter.lock().unwrap_or_else(PoisonError::into_inner);
        matches!(*letter, Letter::Nothing)
    }

    fn wait(&self) -> Option<J> {
        let mut letter = self.letter.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match std::mem::replace(&mut *letter, Letter::Nothing) {
                Letter::Nothing | Letter::Rest => {
                    letter = self.arrived.wait(letter).unwrap_or_else(PoisonError::into_inner);
                }
                Letter::Job(job) => return Some(job),
                Letter::Stop => return None,
            }
        }
    }
}

impl<J: Job> Mailbox<J> {
    fn work(&self, sender: &Sender<Finished<J>>, wake: &impl Fn()) {
        while let Some(job) = self.wait() {
            // A task that panicked is thrown away, so nothing that it left half done is looked at again.
            let outcome = catch_unwind(AssertUnwindSafe(|| self.make(&job, sender, wake)));
            let Err(panic) = outcome else { continue };
            let message = words(&*panic);
            if sender.send(Finished::Panic { job, message }).is_err() {
                return;
            }
            wake();
        }
    }

    /// Works on `job` until it is done or something newer is in the mailbox.
    fn make(&self, job: &J, sender: &Sender<Finished<J>>, wake: &impl Fn()) {
        let mut task = job.begin();
        while self.is_empty() {
            let (product, last) = match task.advance(Instant::now() + TURN) {
                Progress::Working => continue,
                Progress::Preview(product) => (product, false),
                Progress::Done(product) => (product, true),
            };
            let sent = sender.send(Finished::Product { job: job.clone(), product, last });
            wake();
            if last || sent.is_err() {
                return;
            }
        }
    }
}

/// The message of a panic.
fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "without a word".to_owned())
}
