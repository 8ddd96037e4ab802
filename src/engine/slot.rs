//! A place for one product, and whoever makes it.
//!
//! A slot holds the last finished product until the next is ready. Its worker keeps a mailbox with room for one job:
//! a newer job overwrites an older one, and a task under way is dropped at its next step when the mailbox is not
//! empty. That is all the cancellation and debouncing there is.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use web_time::{Duration, Instant};

/// What a product depends on, exactly; compared with `==`.
pub trait Job: Clone + PartialEq + Send + 'static {
    /// What is made.
    type Product: Send + 'static;

    /// Work on it that has not begun.
    fn begin(&self) -> Box<dyn Task<Self::Product>>;

    /// Whether `next` is the same at another step.
    fn is_followed_by(&self, next: &Self) -> bool {
        let _ = next;
        false
    }
}

/// Work that can be dropped at any moment.
pub trait Task<P>: Send {
    /// Works until `until`, or a little longer.
    fn advance(&mut self, until: Instant) -> Progress<P>;
}

/// How far a task is.
#[derive(Debug)]
pub enum Progress<P> {
    /// There is more to do.
    Working,
    /// There is more to do, and a coarse product to show meanwhile.
    Preview(P),
    /// It is done.
    Done(P),
}

/// How long a worker goes on before it looks into its mailbox: the longest that a newer job waits for an older one.
const TURN: Duration = Duration::from_millis(2);

/// The product of the latest job, and the work for it.
pub struct Slot<J: Job> {
    crew: Crew<J>,
    wanted: Option<J>,
    product: Option<J::Product>,
    busy: bool,
}

/// Whoever does the work of a slot.
pub enum Crew<J: Job> {
    /// The caller, to the end, as soon as it is wanted.
    InPlace,
    /// A thread with a mailbox.
    Thread(Worker<J>),
}

/// A thread with a mailbox for one job.
pub struct Worker<J: Job> {
    mailbox: Arc<Mailbox<J>>,
    finished: Receiver<Finished<J>>,
}

/// A product with the job that it answers, and whether that answer is final.
struct Finished<J: Job> {
    job: J,
    product: J::Product,
    last: bool,
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
    GoHome,
}

impl<J: Job> Crew<J> {
    /// A thread called `name` that calls `wake` whenever it has finished something.
    ///
    /// Where no thread can be had, the caller does the work: slower, but nothing is lost.
    #[must_use]
    pub fn thread(name: &str, wake: impl Fn() + Send + 'static) -> Self {
        let mailbox =
            Arc::new(Mailbox { letter: Mutex::new(Letter::Nothing), arrived: Condvar::new() });
        let (sender, finished) = channel();
        let theirs = Arc::clone(&mailbox);
        let started =
            thread::Builder::new().name(name.to_owned()).spawn(move || theirs.work(&sender, &wake));
        match started {
            Ok(_) => Self::Thread(Worker { mailbox, finished }),
            Err(_) => Self::InPlace,
        }
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
                Letter::GoHome => return None,
            }
        }
    }
}

impl<J: Job> Mailbox<J> {
    fn work(&self, sender: &Sender<Finished<J>>, wake: &impl Fn()) {
        while let Some(job) = self.wait() {
            let mut task = job.begin();
            // A letter in the box means that this job is not wanted any more.
            while self.is_empty() {
                let (product, last) = match task.advance(Instant::now() + TURN) {
                    Progress::Working => continue,
                    Progress::Preview(product) => (product, false),
                    Progress::Done(product) => (product, true),
                };
                if sender.send(Finished { job: job.clone(), product, last }).is_err() {
                    return;
                }
                wake();
                if last {
                    break;
                }
            }
        }
    }
}

impl<J: Job> Drop for Worker<J> {
    fn drop(&mut self) {
        self.mailbox.put(Letter::GoHome);
    }
}

impl<J: Job> Slot<J> {
    /// An empty slot whose work is done by `crew`.
    #[must_use]
    pub fn new(crew: Crew<J>) -> Self {
        Self { crew, wanted: None, product: None, busy: false }
    }

    /// Asks for the product of `job`, unless that was asked for last; true when it was made at once.
    pub fn want(&mut self, job: J) -> bool {
        if self.wanted.as_ref() == Some(&job) {
            return false;
        }
        let at_once = match &self.crew {
            Crew::InPlace => {
                self.product = Some(to_end(&job));
                true
            }
            Crew::Thread(worker) => {
                worker.mailbox.put(Letter::Job(job.clone()));
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
        if let Crew::Thread(worker) = &self.crew {
            worker.mailbox.put(Letter::Rest);
        }
    }

    /// Takes in what the worker has finished; true when there is something new.
    pub fn poll(&mut self) -> bool {
        let Crew::Thread(worker) = &self.crew else { return false };
        let mut news = false;
        while let Ok(Finished { job, product, last }) = worker.finished.try_recv() {
            let Some(wanted) = &self.wanted else { continue };
            // While a slider moves, the product of a moment ago is still the best there is to show.
            let current = *wanted == job;
            self.product = Some(product);
            self.busy = !(current && last);
            news = true;
        }
        news
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
}

/// Does the whole of a job at once.
pub fn to_end<J: Job>(job: &J) -> J::Product {
    let mut task = job.begin();
    loop {
        if let Progress::Done(product) = task.advance(Instant::now() + TURN) {
            return product;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[derive(Clone, PartialEq)]
    struct Count {
        to: usize,
        turns: Arc<Turns>,
    }

    #[derive(Default)]
    struct Turns(AtomicUsize);

    impl PartialEq for Turns {
        fn eq(&self, _: &Self) -> bool {
            true
        }
    }

    struct Counting(usize, Count);

    impl Job for Count {
        type Product = usize;

        fn begin(&self) -> Box<dyn Task<usize>> {
            Box::new(Counting(0, self.clone()))
        }

        /// Numbers of two digits are steps of one thing.
        fn is_followed_by(&self, next: &Self) -> bool {
            [self, next].iter().all(|job| (10..100).contains(&job.to))
        }
    }

    impl Task<usize> for Counting {
        fn advance(&mut self, _: Instant) -> Progress<usize> {
            self.1.turns.0.fetch_add(1, Ordering::Relaxed);
            self.0 += 1;
            if self.0 == self.1.to { Progress::Done(self.0) } else { Progress::Working }
        }
    }

    #[test]
    fn a_job_that_is_wanted_again_is_not_done_again() {
        let turns = Arc::new(Turns::default());
        let mut slot = Slot::new(Crew::InPlace);
        for _ in 0..3 {
            slot.want(Count { to: 5, turns: Arc::clone(&turns) });
        }
        assert_eq!(slot.product(), Some(&5));
        assert_eq!(turns.0.load(Ordering::Relaxed), 5);
    }

    #[test]
    fn in_turn_a_job_is_finished_before_the_same_at_another_step() {
        let (sender, wakes) = channel();
        let turns = Arc::new(Turns::default());
        let mut slot = Slot::new(Crew::thread("test", move || {
            let _ = sender.send(());
        }));
        let job = |to: usize| Count { to, turns: Arc::clone(&turns) };
        slot.want_in_turn(job(30));
        for step in 31..90 {
            slot.want_in_turn(job(step));
        }
        while slot.is_busy() {
            wakes.recv().expect("the worker wakes its owner when it is done");
            slot.poll();
        }
        assert_eq!(slot.product(), Some(&30));
        // What never ends is left for what is asked for at once, and for what is no step of it.
        slot.want_in_turn(job(usize::MAX - 1));
        slot.want(job(90));
        slot.want_in_turn(job(usize::MAX));
        slot.want_in_turn(job(7));
        while slot.is_busy() {
            wakes.recv().expect("the worker wakes its owner when it is done");
            slot.poll();
        }
        assert_eq!(slot.product(), Some(&7));
    }

    #[test]
    fn a_thread_ends_with_the_product_of_the_last_job() {
        let (sender, wakes) = channel();
        let turns = Arc::new(Turns::default());
        let mut slot = Slot::new(Crew::thread("test", move || {
            let _ = sender.send(());
        }));
        // The first job would never end; it must be dropped for the second.
        slot.want(Count { to: usize::MAX, turns: Arc::clone(&turns) });
        slot.want(Count { to: 7, turns });
        assert!(slot.is_busy());
        while slot.is_busy() {
            wakes.recv().expect("the worker wakes its owner when it is done");
            slot.poll();
        }
        assert_eq!(slot.product(), Some(&7));
    }
}
