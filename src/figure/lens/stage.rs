//! How much of a step is drawn while its story is told: what belongs to a phase grows into place in it.
//!
//! ```text
//! 1  −η g grows            2  the ball opens, then ε grows        3  a mark climbs along ε
//! 4  −η g_SAM grows        5  it is carried back, turned where the ascent does that, then the step grows
//! ```

use super::limbs::{Limb, Part, between};
use crate::figure::phase::{Phase, Told};

/// Where a story is; everything is drawn where none is told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stage(Option<Told>);

impl Stage {
    pub(super) fn of(told: Option<Told>) -> Self {
        Self(told)
    }

    /// How much of a phase's movement is over: 0 before it, 1 after it.
    fn over(self, phase: Phase) -> f64 {
        match self.0 {
            None => 1.0,
            Some(told) if told.phase > phase => 1.0,
            Some(told) if told.phase == phase => eased(told.part),
            Some(_) => 0.0,
        }
    }

    /// The size of the ball against its own.
    pub(super) fn ball(self) -> f64 {
        (2.0 * self.over(Phase::Ball)).min(1.0)
    }

    /// Whether a phase has begun.
    pub(super) fn has_begun(self, phase: Phase) -> bool {
        self.0.is_none_or(|told| told.phase >= phase)
    }

    /// Whether it is over.
    pub(super) fn is_over(self, phase: Phase) -> bool {
        self.over(phase) >= 1.0
    }

    /// Where the mark is that climbs from `w` to `tip`; none where nothing climbs.
    pub(super) fn climber(self, w: [f64; 2], tip: Option<[f64; 2]>) -> Option<[f64; 2]> {
        let climbs = self.0.is_some_and(|told| told.phase == Phase::Climb);
        tip.filter(|_| climbs).map(|tip| between(w, tip, self.over(Phase::Climb)))
    }

    /// An arrow as far as it is drawn; none before its time.
    pub(super) fn limb(self, limb: &Limb) -> Option<Limb> {
        let step = self.over(Phase::Step);
        let grown = match limb.part {
            Part::Here => self.over(Phase::Gradient),
            Part::Epsilon => (2.0 * self.over(Phase::Ball) - 1.0).max(0.0),
            Part::There => self.over(Phase::There),
            Part::Carried => f64::from(u8::from(step >= 0.5)),
            Part::Turn => (4.0 * step - 2.0).clamp(0.0, 1.0),
            Part::Update => (2.0 * step - 1.0).max(0.0),
            Part::Ghost => f64::from(u8::from(step >= 1.0)),
        };
        (grown > 0.0).then(|| Limb { to: between(limb.from, limb.to, grown), ..*limb })
    }

    /// The arrow that is carried back to the weights, on its way; none before and after.
    pub(super) fn carried(self, limbs: &[Limb], w: [f64; 2]) -> Option<Limb> {
        let part = 2.0 * self.over(Phase::Step);
        let moves = self.0.is_some_and(|told| told.phase == Phase::Step) && part < 1.0;
        let there = limbs.iter().find(|limb| limb.part == Part::There).filter(|_| moves)?;
        let by = [0, 1].map(|k| part * (w[k] - there.from[k]));
        let moved = |at: [f64; 2]| [at[0] + by[0], at[1] + by[1]];
        Some(Limb { from: moved(there.from), to: moved(there.to), ..*there })
    }
}

/// Slow at both ends.
fn eased(part: f64) -> f64 {
    let t = part.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Ink, Pen};

    fn limb(part: Part) -> Limb {
        Limb { part, from: [10.0, 10.0], to: [30.0, 10.0], pen: Pen::new(Ink::Text, 1.0) }
    }

    #[test]
    fn without_a_story_everything_is_there() {
        let stage = Stage::of(None);
        for part in [Part::Here, Part::Epsilon, Part::There, Part::Carried, Part::Update] {
            assert_eq!(stage.limb(&limb(part)), Some(limb(part)));
        }
        assert_eq!(stage.ball(), 1.0);
        assert_eq!(stage.climber([0.0, 0.0], Some([1.0, 0.0])), None);
    }

    #[test]
    fn an_arrow_is_whole_when_its_phase_is_over_and_not_there_before() {
        let phases = [
            (Part::Here, Phase::Gradient),
            (Part::Epsilon, Phase::Ball),
            (Part::There, Phase::There),
            (Part::Update, Phase::Step),
        ];
        for (part, own) in phases {
            for phase in Phase::ALL {
                let shown = Stage::of(Some(Told::at_the_end_of(phase))).limb(&limb(part));
                assert_eq!(shown, (phase >= own).then(|| limb(part)), "{part:?} {phase:?}");
            }
            let half = Stage::of(Some(Told { phase: own, part: 0.7 })).limb(&limb(part)).unwrap();
            assert!(half.to[0] > 10.0 && half.to[0] < 30.0);
        }
    }

    #[test]
    fn what_is_carried_back_begins_at_the_tip_and_comes_to_the_weights() {
        let at = |part| {
            Stage::of(Some(Told { phase: Phase::Step, part }))
                .carried(&[limb(Part::There)], [0.0, 5.0])
        };
        assert_eq!(at(0.0).unwrap().from, [10.0, 10.0]);
        let near = at(0.499).unwrap().from;
        assert!(near[0] < 0.1 && (near[1] - 5.0).abs() < 0.1);
        assert_eq!(at(0.6), None);
    }
}
