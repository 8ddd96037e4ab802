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

    /// How much of the work a product that came on the way stands for, from 0 to 1, where that is told.
    fn part(product: &Self::Product) -> Option<f64> {
        let _ = product;
        None
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
    to_end_telling(job, &|_| ())
}

/// The same, and tells how much is done whenever a job tells it.
pub(super) fn to_end_telling<J: Job>(job: &J, told: &dyn Fn(f64)) -> J::Product {
    let mut task = job.begin();
    loop {
        match task.advance(Instant::now() + TURN) {
            Progress::Working => {}
            Progress::Preview(product) => {
                if let Some(part) = J::part(&product) {
                    told(part);
                }
            }
            Progress::Done(product) => return product,
        }
    }
}
