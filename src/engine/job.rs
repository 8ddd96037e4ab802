//! A job: what a product depends on, and the work on it, which can be dropped at any moment.

use web_time::{Duration, Instant};

/// What a product depends on, exactly; compared with `==`.
pub trait Job: Clone + PartialEq + Send + 'static {
    /// What is made.
    type Product: Send + 'static;

    /// Work on it that has not begun.
    fn begin(&self) -> Box<dyn Task<Self::Product>>;

    /// Whether it takes so little that whoever wants it makes it at once, even within a frame.
    fn is_quick(&self) -> bool {
        false
    }

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

/// How long a worker goes on before it looks for a newer job: the longest that one waits for an older one.
pub(super) const TURN: Duration = Duration::from_millis(2);

/// Does the whole of a job at once.
pub fn to_end<J: Job>(job: &J) -> J::Product {
    let mut task = job.begin();
    loop {
        if let Progress::Done(product) = task.advance(Instant::now() + TURN) {
            return product;
        }
    }
}
