//! Undo and redo of scenes: one gesture is one step, however many frames it took.

use crate::scene::Scene;

/// Scenes before and after the one that is shown.
#[derive(Debug, Clone)]
pub struct History {
    past: Vec<Scene>,
    forgotten: usize,
    settled: Scene,
    future: Vec<Scene>,
}

/// Older scenes are forgotten; a scene takes some hundred bytes.
const LONGEST: usize = 500;

impl History {
    /// The history of a scene that was just opened.
    #[must_use]
    pub fn new(scene: &Scene) -> Self {
        Self { past: Vec::new(), forgotten: 0, settled: scene.clone(), future: Vec::new() }
    }

    /// Takes note of `scene`, once no edit of it is under way.
    pub fn settle(&mut self, scene: &Scene) {
        if *scene == self.settled {
            return;
        }
        self.past.push(std::mem::replace(&mut self.settled, scene.clone()));
        self.future.clear();
        if LONGEST < self.past.len() {
            self.past.remove(0);
            self.forgotten += 1;
        }
    }

    /// The scene before the last edit, if there was one.
    pub fn undo(&mut self, scene: &Scene) -> Option<Scene> {
        self.settle(scene);
        let before = self.past.pop()?;
        self.future.push(std::mem::replace(&mut self.settled, before.clone()));
        Some(before)
    }

    /// The scene that was last taken back, if no other edit came after.
    pub fn redo(&mut self, scene: &Scene) -> Option<Scene> {
        self.settle(scene);
        let after = self.future.pop()?;
        self.past.push(std::mem::replace(&mut self.settled, after.clone()));
        Some(after)
    }

    /// How many edits lie before the scene that is shown.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.forgotten + self.past.len()
    }

    /// Whether there is something to take back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is something to make again.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::builtin;

    fn seeded(seed: u64) -> Scene {
        Scene { seed, ..builtin::opening() }
    }

    #[test]
    fn undo_and_redo_walk_the_same_way() {
        let mut history = History::new(&seeded(1));
        history.settle(&seeded(2));
        history.settle(&seeded(3));
        assert_eq!(history.undo(&seeded(3)), Some(seeded(2)));
        assert_eq!(history.undo(&seeded(2)), Some(seeded(1)));
        assert_eq!(history.undo(&seeded(1)), None);
        assert_eq!(history.redo(&seeded(1)), Some(seeded(2)));
        assert_eq!(history.redo(&seeded(2)), Some(seeded(3)));
        assert_eq!(history.redo(&seeded(3)), None);
    }

    #[test]
    fn an_edit_after_undo_ends_the_other_future() {
        let mut history = History::new(&seeded(1));
        history.settle(&seeded(2));
        history.undo(&seeded(2));
        history.settle(&seeded(4));
        assert!(!history.can_redo());
        assert_eq!(history.undo(&seeded(4)), Some(seeded(1)));
    }
}
