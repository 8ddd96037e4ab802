//! The numbers that lanes are of.

/// One lane's number.
pub trait Number: Copy + Send + Sync + 'static {
    /// The nearest number of this kind.
    fn rounded(x: f64) -> Self;
    /// The same number, which every kind has.
    fn of_single(x: f32) -> Self;
    /// The same number.
    fn widened(self) -> f64;
    /// Several of them, of whichever kind.
    fn several(x: &[Self]) -> Several<'_>;
}

/// Numbers of either kind, for callers that know lanes and callees that are chosen when the program runs.
#[derive(Debug, Clone, Copy)]
pub enum Several<'a> {
    /// `f32`.
    Single(&'a [f32]),
    /// `f64`.
    Double(&'a [f64]),
}

impl Several<'_> {
    /// The same numbers as `f64`.
    #[must_use]
    pub fn widened(self) -> Vec<f64> {
        match self {
            Self::Single(x) => x.iter().map(|x| x.widened()).collect(),
            Self::Double(x) => x.to_vec(),
        }
    }
}

impl Number for f32 {
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "rounding is what it is for")]
    fn rounded(x: f64) -> Self {
        x as Self
    }

    #[inline(always)]
    fn of_single(x: f32) -> Self {
        x
    }

    #[inline(always)]
    fn widened(self) -> f64 {
        f64::from(self)
    }

    #[inline(always)]
    fn several(x: &[Self]) -> Several<'_> {
        Several::Single(x)
    }
}

impl Number for f64 {
    #[inline(always)]
    fn rounded(x: f64) -> Self {
        x
    }

    #[inline(always)]
    fn of_single(x: f32) -> Self {
        Self::from(x)
    }

    #[inline(always)]
    fn widened(self) -> f64 {
        self
    }

    #[inline(always)]
    fn several(x: &[Self]) -> Several<'_> {
        Several::Double(x)
    }
}
