//! What both kinds of lanes have in common but for the names.

/// What the two kinds of lanes have in common but for the names.
macro_rules! arithmetic {
    (
        $number:ident, $pack:ident, $count:ident, $splat:ident, $packs:ident, $packs_mut:ident,
        $add:ident, $sub:ident, $mul:ident, $div:ident,
        $min:ident, $max:ident, $abs:ident, $sqrt:ident
    ) => {
        type Number = $number;
        type Pack = S::$pack;
        const COUNT: usize = S::$count;

        #[inline(always)]
        fn splat(self, x: $number) -> S::$pack {
            self.0.$splat(x)
        }

        #[inline(always)]
        fn packs(x: &[$number]) -> &[S::$pack] {
            S::$packs(x).0
        }

        #[inline(always)]
        fn packs_mut(x: &mut [$number]) -> &mut [S::$pack] {
            S::$packs_mut(x).0
        }

        #[inline(always)]
        fn add(self, a: S::$pack, b: S::$pack) -> S::$pack {
            self.0.$add(a, b)
        }

        #[inline(always)]
        fn sub(self, a: S::$pack, b: S::$pack) -> S::$pack {
            self.0.$sub(a, b)
        }

        #[inline(always)]
        fn mul(self, a: S::$pack, b: S::$pack) -> S::$pack {
            self.0.$mul(a, b)
        }

        #[inline(always)]
        fn div(self, a: S::$pack, b: S::$pack) -> S::$pack {
            self.0.$div(a, b)
        }

        #[inline(always)]
        fn min(self, a: S::$pack, b: S::$pack) -> S::$pack {
            self.0.$min(a, b)
        }

        #[inline(always)]
        fn max(self, a: S::$pack, b: S::$pack) -> S::$pack {
            self.0.$max(a, b)
        }

        #[inline(always)]
        fn abs(self, a: S::$pack) -> S::$pack {
            self.0.$abs(a)
        }

        #[inline(always)]
        fn sqrt(self, a: S::$pack) -> S::$pack {
            self.0.$sqrt(a)
        }
    };
}

pub(super) use arithmetic;
