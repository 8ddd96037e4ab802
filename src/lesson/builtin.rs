//! The lessons that come with the program, as files of `assets/lessons`.

use std::sync::LazyLock;

use super::Lesson;
use crate::catalog::UnknownId;

/// Every lesson: its name and its file, in the order in which they build on each other.
const LESSONS: &[(&str, &str)] = &[
    ("step", include_str!("../../assets/lessons/step.md")),
    ("ball", include_str!("../../assets/lessons/ball.md")),
    ("leave", include_str!("../../assets/lessons/leave.md")),
    ("large", include_str!("../../assets/lessons/large.md")),
    ("small", include_str!("../../assets/lessons/small.md")),
    ("edge", include_str!("../../assets/lessons/edge.md")),
    ("bounce", include_str!("../../assets/lessons/bounce.md")),
    ("floor", include_str!("../../assets/lessons/floor.md")),
    ("noise", include_str!("../../assets/lessons/noise.md")),
    ("momentum", include_str!("../../assets/lessons/momentum.md")),
    ("scale", include_str!("../../assets/lessons/scale.md")),
    ("network", include_str!("../../assets/lessons/network.md")),
    ("saddle", include_str!("../../assets/lessons/saddle.md")),
    ("valley", include_str!("../../assets/lessons/valley.md")),
    ("moons", include_str!("../../assets/lessons/moons.md")),
];

/// Every lesson, read once.
static READ: LazyLock<Vec<(&'static str, Lesson)>> = LazyLock::new(|| {
    // The tests read every one: none is left out.
    LESSONS.iter().filter_map(|(name, text)| Some((*name, super::read(text).ok()?))).collect()
});

/// All lessons with their names, the first one to open first.
pub fn all() -> impl Iterator<Item = (&'static str, &'static Lesson)> {
    READ.iter().map(|(name, lesson)| (*name, lesson))
}

/// The lesson that comes after this one, if both come with the program.
#[must_use]
pub fn after(lesson: &Lesson) -> Option<(&'static str, &'static Lesson)> {
    all().skip_while(|(_, known)| *known != lesson).nth(1)
}

/// The names of all lessons.
pub fn names() -> impl Iterator<Item = &'static str> {
    LESSONS.iter().map(|(name, _)| *name)
}

/// The lesson called `name`.
///
/// # Errors
/// Names the nearest lesson, or all, when there is none of that name.
pub fn find(name: &str) -> Result<&'static Lesson, UnknownId> {
    let found = all().find(|(known, _)| *known == name);
    found.map(|(_, lesson)| lesson).ok_or_else(|| UnknownId::new("lesson", name, names()))
}

/// The text of the lesson called `name`, if there is one.
#[must_use]
pub fn source(name: &str) -> Option<&'static str> {
    LESSONS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_lesson_comes_after_the_other() {
        let mut names = vec![super::LESSONS[0].0];
        let mut lesson = super::find(names[0]).unwrap();
        while let Some((name, next)) = super::after(lesson) {
            names.push(name);
            lesson = next;
        }
        assert_eq!(names, super::names().collect::<Vec<_>>());
    }

    #[test]
    fn every_built_in_lesson_can_be_read() {
        for (name, text) in super::LESSONS {
            let lesson =
                crate::lesson::read(text).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(!lesson.about.is_empty(), "{name} says what it is about");
        }
    }
}
