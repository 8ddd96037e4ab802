//! A slot: the last finished product of one kind, the job that is wanted, and how its work is done.
//!
//! The product stays until the next is ready. The work is done by the slot's crew: the caller at once, a thread, or the
//! caller a budget at a time between frames.

use web_time::Instant;

use super::job::to_end_telling;
pub use super::job::{Job, Progress, Task, to_end};
use super::worker::{Finished, Worker};

/// The product of the latest job, and the work for it.
pub struct Slot<J: Job> {
    crew: Crew<J>,
    wanted: Option<J>,
    product: Option<J::Product>,
    busy: bool,
    failure: Option<String>,
}

/// Who is told how much of long work is done, from 0 to 1.
pub type Watcher = std::rc::Rc<dyn Fn(f64)>;

/// How the work of a slot is done: at once, between frames, or on a thread.
pub enum Crew<J: Job> {
    /// The caller, to the end, as soon as it is wanted.
    InPlace,
    /// The same, and whoever watches is told how much is done.
    Watched(Watcher),
    /// The caller, in [`Slot::work_until`]; the task under way.
    BetweenFrames(Option<Box<dyn Task<J::Product>>>),
    /// A thread with a mailbox.
    Thread(Worker<J>),
}

impl<J: Job> Crew<J> {
    /// A thread called `name` that calls `wake` whenever it has finished something.
    ///
    /// Where no thread can be had, the caller works between frames: slower, but nothing is lost and no frame waits.
    #[must_use]
    pub fn thread(name: &str, wake: impl Fn() + Send + 'static) -> Self {
        Worker::start(name, wake).map_or(Self::BetweenFrames(None), Self::Thread)
    }

    /// Drops what is under way.
    fn rest(&mut self) {
        match self {
            Self::InPlace | Self::Watched(_) => {}
            Self::BetweenFrames(task) => *task = None,
            Self::Thread(worker) => worker.rest(),
        }
    }
}

impl<J: Job> Slot<J> {
    /// An empty slot whose work is done by `crew`.
    #[must_use]
    pub fn new(crew: Crew<J>) -> Self {
        Self { crew, wanted: None, product: None, busy: false, failure: None }
    }

    /// Asks for the product of `job`, unless that was asked for last; true when it was made at once.
    pub fn want(&mut self, job: J) -> bool {
        if self.wanted.as_ref() == Some(&job) {
            return false;
        }
        let at_once = match &mut self.crew {
            Crew::InPlace => {
                self.product = Some(to_end(&job));
                true
            }
            Crew::Watched(told) => {
                self.product = Some(to_end_telling(&job, &**told));
                true
            }
            crew if job.is_quick() => {
                crew.rest();
                self.product = Some(to_end(&job));
                self.busy = false;
                true
            }
            Crew::BetweenFrames(task) => {
                *task = Some(job.begin());
                self.busy = true;
                false
            }
            Crew::Thread(worker) => {
                worker.start_on(job.clone());
                self.busy = true;
                false
            }
        };
        self.wanted = Some(job);
        at_once
    }

    /// The same, unless the same is under way for another step: that is finished first.
    ///
    /// While the step moves by itself nothing would ever be finished otherwise. Whoever moves it asks again when there
    /// is news.
    pub fn want_in_turn(&mut self, job: J) -> bool {
        let is_under_way =
            self.busy && self.wanted.as_ref().is_some_and(|wanted| wanted.is_followed_by(&job));
        if is_under_way { false } else { self.want(job) }
    }

    /// Asks for nothing: what is under way is dropped, and what was made is forgotten.
    pub fn leave(&mut self) {
        if self.wanted.take().is_none() {
            return;
        }
        self.product = None;
        self.busy = false;
        self.crew.rest();
    }

    /// Takes in what the worker has finished; true when there is something new.
    pub fn poll(&mut self) -> bool {
        let Crew::Thread(worker) = &self.crew else { return false };
        let mut news = false;
        while let Some(finished) = worker.finished() {
            // What comes after the job was done at once, or left, is of an older one.
            let Some(wanted) = self.wanted.as_ref().filter(|_| self.busy) else { continue };
            match finished {
                // While a slider moves, the product of a moment ago is still the best there is to show.
                Finished::Product { job, product, last } => {
                    self.busy = !(*wanted == job && last);
                    self.product = Some(product);
                }
                Finished::Panic { job, message } => {
                    self.busy &= *wanted != job;
                    self.failure = Some(message);
                }
            }
            news = true;
        }
        news
    }

    /// Works on the job until `until` where the work is the caller's; true when there is something new.
    pub fn work_until(&mut self, until: Instant) -> bool {
        let Crew::BetweenFrames(under_way) = &mut self.crew else { return false };
        let Some(task) = under_way else { return false };
        loop {
            match task.advance(until) {
                Progress::Working => {}
                Progress::Preview(product) => {
                    self.product = Some(product);
                    return true;
                }
                Progress::Done(product) => {
                    self.product = Some(product);
                    *under_way = None;
                    self.busy = false;
                    return true;
                }
            }
            if Instant::now() >= until {
                return false;
            }
        }
    }

    /// The last finished product.
    #[must_use]
    pub fn product(&self) -> Option<&J::Product> {
        self.product.as_ref()
    }

    /// Whether the product is older than the job, or a preview.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.busy
    }

    /// What went wrong since it was last asked.
    pub fn take_failure(&mut self) -> Option<String> {
        self.failure.take()
    }
}

#[cfg(test)]
mod tests;
