//! Numbers side by side: what is done to one is done to all, so that the processor does several at once.

/// A number, or several side by side that every operation takes alike.
pub(super) trait Ring: Copy {
    fn constant(value: f64) -> Self;
    fn map(self, f: impl Fn(f64) -> f64) -> Self;
    fn zip(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self;
    fn zip3(self, b: Self, c: Self, f: impl Fn(f64, f64, f64) -> f64) -> Self;
}

impl Ring for f64 {
    #[inline(always)]
    fn constant(value: Self) -> Self {
        value
    }

    #[inline(always)]
    fn map(self, f: impl Fn(Self) -> Self) -> Self {
        f(self)
    }

    #[inline(always)]
    fn zip(self, other: Self, f: impl Fn(Self, Self) -> Self) -> Self {
        f(self, other)
    }

    #[inline(always)]
    fn zip3(self, b: Self, c: Self, f: impl Fn(Self, Self, Self) -> Self) -> Self {
        f(self, b, c)
    }
}

/// So many points are evaluated side by side.
pub(super) const LANES: usize = 16;

impl Ring for [f64; LANES] {
    #[inline(always)]
    fn constant(value: f64) -> Self {
        [value; LANES]
    }

    #[inline(always)]
    fn map(mut self, f: impl Fn(f64) -> f64) -> Self {
        for a in &mut self {
            *a = f(*a);
        }
        self
    }

    #[inline(always)]
    fn zip(mut self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        for (a, b) in std::iter::zip(&mut self, other) {
            *a = f(*a, b);
        }
        self
    }

    #[inline(always)]
    fn zip3(mut self, b: Self, c: Self, f: impl Fn(f64, f64, f64) -> f64) -> Self {
        for k in 0..LANES {
            self[k] = f(self[k], b[k], c[k]);
        }
        self
    }
}

#[inline(always)]
pub(super) fn add<R: Ring>(a: R, b: R) -> R {
    a.zip(b, |a, b| a + b)
}

#[inline(always)]
pub(super) fn subtract<R: Ring>(a: R, b: R) -> R {
    a.zip(b, |a, b| a - b)
}

#[inline(always)]
pub(super) fn multiply<R: Ring>(a: R, b: R) -> R {
    a.zip(b, |a, b| a * b)
}

#[inline(always)]
pub(super) fn divide<R: Ring>(a: R, b: R) -> R {
    a.zip(b, |a, b| a / b)
}

/// `a` where the mask is 1, else `b`.
#[inline(always)]
pub(super) fn either<R: Ring>(mask: R, a: R, b: R) -> R {
    mask.zip3(a, b, |mask, a, b| if mask > 0.5 { a } else { b })
}
