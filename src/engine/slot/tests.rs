use super::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;

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

/// A job whose work ends in a panic.
#[derive(Clone, PartialEq)]
struct Broken;

impl Job for Broken {
    type Product = usize;

    fn begin(&self) -> Box<dyn Task<usize>> {
        Box::new(Self)
    }
}

impl Task<usize> for Broken {
    fn advance(&mut self, _: Instant) -> Progress<usize> {
        panic!("a mistake of the program")
    }
}

#[test]
fn work_that_panics_is_reported_and_does_not_keep_the_slot_busy() {
    let (sender, wakes) = channel();
    let mut slot = Slot::new(Crew::thread("test", move || {
        let _ = sender.send(());
    }));
    for _ in 0..2 {
        slot.want(Broken);
        wakes.recv().expect("the worker wakes its owner when it fails");
        slot.poll();
        assert!(!slot.is_busy());
        assert_eq!(slot.take_failure().as_deref(), Some("a mistake of the program"));
        slot.leave();
    }
}

#[test]
fn between_frames_work_is_done_a_budget_at_a_time() {
    let turns = Arc::new(Turns::default());
    let mut slot = Slot::new(Crew::BetweenFrames(None));
    slot.want(Count { to: 5, turns });
    assert!(slot.is_busy() && slot.product().is_none());
    let mut frames = 0;
    while slot.is_busy() {
        slot.work_until(Instant::now());
        frames += 1;
    }
    assert_eq!((slot.product(), frames), (Some(&5), 5));
}
