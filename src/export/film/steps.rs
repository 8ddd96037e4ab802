//! Which steps a film shows.
//!
//! On a steep wall a run jumps to and fro, one side at even steps and the other at odd ones. An even stride would show it
//! standing on one side, so that odd strides come first wherever one is chosen.

/// Steps `from`, `from + stride`, … up to `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    from: usize,
    to: usize,
    stride: usize,
}

/// Why steps are none of a film.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadSteps {
    /// They go backwards.
    #[error("--from {from} is after --to {to}; a film goes forwards")]
    Backwards {
        /// The first one.
        from: usize,
        /// The last one.
        to: usize,
    },
    /// The scene has no such step.
    #[error("the scene has {last} steps and no step {step}; --set steps={step} makes more")]
    Beyond {
        /// Which.
        step: usize,
        /// The last that there is.
        last: usize,
    },
    /// A stride of nothing.
    #[error("--stride is 0; use 1 for every step, 3 for every third")]
    NoStride,
    /// More frames than anyone watches.
    #[error("these are {count} frames, more than {most}; --stride {stride} makes a film of them")]
    TooMany {
        /// How many.
        count: usize,
        /// How many there may be.
        most: usize,
        /// An odd stride that is enough.
        stride: usize,
    },
}

/// More frames than this take minutes to make and to watch.
const MOST: usize = 5000;

/// Strides that are offered: odd ones first.
pub const STRIDES: [usize; 8] = [1, 3, 5, 9, 15, 2, 4, 10];

impl Steps {
    /// Every step of runs of `last` steps, or with the least odd stride that makes a film.
    #[must_use]
    pub fn all(last: usize) -> Self {
        Self { from: 0, to: last, stride: odd_stride(last) }
    }

    /// These steps, of runs of `last` steps.
    ///
    /// # Errors
    /// When there are no such steps, or too many.
    pub fn new(from: usize, to: usize, stride: usize, last: usize) -> Result<Self, BadSteps> {
        let steps = Self { from, to, stride };
        if stride == 0 {
            return Err(BadSteps::NoStride);
        }
        if let Some(step) = [from, to].into_iter().find(|&step| step > last) {
            return Err(BadSteps::Beyond { step, last });
        }
        if from > to {
            return Err(BadSteps::Backwards { from, to });
        }
        let count = steps.count();
        if count > MOST {
            let stride = odd_stride(to - from);
            return Err(BadSteps::TooMany { count, most: MOST, stride });
        }
        Ok(steps)
    }

    /// How many there are.
    #[must_use]
    pub fn count(self) -> usize {
        (self.to - self.from) / self.stride + 1
    }

    /// The steps in turn.
    pub fn iter(self) -> impl Iterator<Item = usize> + Clone {
        (self.from..=self.to).step_by(self.stride)
    }

    /// The last one.
    #[must_use]
    pub fn last(self) -> usize {
        self.from + (self.count() - 1) * self.stride
    }

    /// What between one frame and the next.
    #[must_use]
    pub fn stride(self) -> usize {
        self.stride
    }
}

/// The least odd stride with which so many steps are a film.
fn odd_stride(steps: usize) -> usize {
    let least = (steps + 1).div_ceil(MOST).max(1);
    least + usize::from(least.is_multiple_of(2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn steps_that_are_no_film_are_refused_in_words() {
        let said = |from, to, stride| Steps::new(from, to, stride, 200).unwrap_err().to_string();
        assert!(said(9, 3, 1).contains("goes forwards"));
        assert!(said(0, 201, 1).contains("steps=201"));
        assert!(said(0, 200, 0).contains("every step"));
        let many = Steps::new(0, 20_000, 1, 20_000).unwrap_err().to_string();
        assert!(many.contains("--stride 5"), "{many}");
    }

    proptest! {
        #[test]
        fn all_steps_are_a_film_with_an_odd_stride(last in 0usize..2_000_000) {
            let steps = Steps::all(last);
            prop_assert!(steps.stride() % 2 == 1 && steps.count() <= MOST && steps.last() <= last);
            prop_assert!(Steps::new(0, last, steps.stride(), last).is_ok());
        }

        #[test]
        fn they_are_counted_as_they_come(from in 0usize..50, more in 0usize..50, stride in 1usize..9) {
            let steps = Steps::new(from, from + more, stride, 100).unwrap();
            let all: Vec<usize> = steps.iter().collect();
            prop_assert_eq!(all.len(), steps.count());
            prop_assert_eq!(all[0], from);
            prop_assert_eq!(all.last().copied(), Some(steps.last()));
        }
    }
}
