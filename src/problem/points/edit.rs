//! Points that are added, moved, told to be of another class, or taken out, one at a time.
//!
//! What is left is always what a table may hold: some points, not too many, and of two classes one of each.

use super::{LEAST, MOST, Points};

/// What is done to a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Edit {
    /// One more, of this class where points have one; it is the last.
    Add([f64; 2], u8),
    /// This one is elsewhere.
    Move(usize, [f64; 2]),
    /// This one is of another class.
    Label(usize, u8),
    /// This one is gone.
    Remove(usize),
}

/// Why it cannot be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotEdit {
    /// There are enough.
    #[error("there are {MOST} points, and more cannot be had; take some out first")]
    Many,
    /// There are too few.
    #[error("{LEAST} points are the least; add others first")]
    Few,
    /// It is the last of its class.
    #[error("it is the last point of class {0}, and each class keeps one; add another first")]
    LastOfClass(u8),
    /// Points have no class.
    #[error("these points have no classes: y is learnt from x")]
    NoClasses,
    /// There is no such point, or no such place.
    #[error("there is no such point")]
    Nowhere,
}

impl Points {
    /// The same points after an edit.
    ///
    /// # Errors
    /// When it cannot be done; nothing is changed then.
    pub fn edited(&self, edit: Edit) -> Result<Self, CannotEdit> {
        let mut next = self.clone();
        match edit {
            Edit::Add(at, class) => {
                check(at)?;
                if next.places.len() >= MOST {
                    return Err(CannotEdit::Many);
                }
                next.places.push(at);
                if let Some(labels) = &mut next.labels {
                    labels.push(class.min(1));
                }
            }
            Edit::Move(k, at) => {
                check(at)?;
                *next.places.get_mut(k).ok_or(CannotEdit::Nowhere)? = at;
            }
            Edit::Label(k, class) => {
                let labels = next.labels.as_mut().ok_or(CannotEdit::NoClasses)?;
                *labels.get_mut(k).ok_or(CannotEdit::Nowhere)? = class.min(1);
            }
            Edit::Remove(k) => {
                if k >= next.places.len() {
                    return Err(CannotEdit::Nowhere);
                }
                if next.places.len() <= LEAST {
                    return Err(CannotEdit::Few);
                }
                next.places.remove(k);
                if let Some(labels) = &mut next.labels {
                    labels.remove(k);
                }
            }
        }
        match next.lacks() {
            Some(class) => Err(CannotEdit::LastOfClass(class)),
            None => Ok(next),
        }
    }

    /// A class that no point has, where points have one.
    fn lacks(&self) -> Option<u8> {
        let labels = self.labels.as_ref()?;
        [0, 1].into_iter().find(|class| !labels.contains(class))
    }
}

fn check(at: [f64; 2]) -> Result<(), CannotEdit> {
    if at.iter().all(|x| x.is_finite()) { Ok(()) } else { Err(CannotEdit::Nowhere) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edits() -> impl Strategy<Value = Edit> {
        let places = || [-1e3f64..1e3, -1e3f64..1e3];
        prop_oneof![
            (places(), 0u8..3).prop_map(|(at, class)| Edit::Add(at, class)),
            (0usize..8, places()).prop_map(|(k, at)| Edit::Move(k, at)),
            (0usize..8, 0u8..3).prop_map(|(k, class)| Edit::Label(k, class)),
            (0usize..8).prop_map(Edit::Remove),
        ]
    }

    proptest! {
        #[test]
        fn what_is_left_can_always_be_read_again(
            is_labelled in any::<bool>(),
            edits in proptest::collection::vec(edits(), 0..30),
        ) {
            let labels = is_labelled.then(|| vec![0, 1, 1]);
            let mut points =
                Points { places: vec![[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]], labels };
            for edit in edits {
                if let Ok(next) = points.edited(edit) {
                    points = next;
                }
                prop_assert_eq!(Points::of(&points.text()), Ok(points.clone()));
            }
        }
    }

    #[test]
    fn what_cannot_be_done_is_said_and_changes_nothing() {
        let two = Points { places: vec![[0.0, 0.0], [1.0, 1.0]], labels: Some(vec![0, 1]) };
        assert_eq!(two.edited(Edit::Remove(0)), Err(CannotEdit::Few));
        assert_eq!(two.edited(Edit::Label(0, 1)), Err(CannotEdit::LastOfClass(0)));
        assert_eq!(two.edited(Edit::Move(7, [0.0, 0.0])), Err(CannotEdit::Nowhere));
        assert_eq!(two.edited(Edit::Add([f64::NAN, 0.0], 0)), Err(CannotEdit::Nowhere));
        let three = two.edited(Edit::Add([2.0, 2.0], 1)).unwrap();
        assert_eq!(three.edited(Edit::Remove(0)), Err(CannotEdit::LastOfClass(0)));
        let bare = Points { labels: None, ..two };
        assert_eq!(bare.edited(Edit::Label(0, 1)), Err(CannotEdit::NoClasses));
    }
}
