//! A lesson held to what it says: its claims, its goals, its numbers and its length.

use super::evidence::examine;
use super::goal::{Claim, Goal};
use super::predicate::Judgement;
use super::text::{Block, Tone};
use super::{Lesson, Page, controls};
use crate::engine::Engine;
use crate::figure::picture::Future;

/// Words of a page at most: more are not read beside a picture.
pub const WORDS: usize = 60;

/// What is not so in `lesson`, each in a sentence with the line of its page.
///
/// Every claim is tried, every goal must be missed on the untouched page and reached by its solution, every number in
/// the text must be one of the page's scene or claims, and no page may have too many words.
#[must_use]
pub fn faults(lesson: &Lesson) -> Vec<String> {
    let mut engine = Engine::in_place();
    let mut faults = Vec::new();
    for (k, page) in lesson.pages.iter().enumerate() {
        let mut fault =
            |line: usize, what: String| faults.push(format!("line {line}, page {}: {what}", k + 1));
        let words = words(page);
        if words > WORDS {
            fault(
                page.line,
                format!(
                    "it has {words} words, and beside a picture {WORDS} are read; cut it, or make two pages of it"
                ),
            );
        }
        for (line, number) in unclaimed(page) {
            fault(
                line,
                format!(
                    "nothing holds the number {number}; add a [[claim]] that does, or leave it out"
                ),
            );
        }
        for claim in &page.claims {
            if let Some(what) = untrue(claim, &mut engine) {
                fault(claim.line, format!("this claim does not hold: {what}"));
            }
        }
        if let Some(goal) = &page.goal {
            for what in unreached(page, goal, &mut engine) {
                fault(goal.line, what);
            }
        }
    }
    faults
}

/// Why a claim does not hold, if it does not.
fn untrue(claim: &Claim, engine: &mut Engine) -> Option<String> {
    let judged =
        examine(engine, &claim.scene, claim.step, |evidence| claim.predicate.judge(evidence));
    match judged {
        Some(Judgement::Holds) => None,
        Some(Judgement::Fails(why)) => Some(why),
        None => Some("nothing is known of how its runs end".to_owned()),
    }
}

/// What is wrong with the goal of a page.
fn unreached(page: &Page, goal: &Goal, engine: &mut Engine) -> Vec<String> {
    let mut wrong = Vec::new();
    // On the untouched page nobody has clicked yet.
    let status = examine(engine, &page.scene, page.still(), |it| goal.status(it, Future::Shown));
    if status.is_some_and(|status| status.is_reached()) {
        wrong.push("its goal is reached before anything is done; ask for more".to_owned());
    }
    let Some(solution) = &goal.solution else {
        wrong.push(
            "its goal has no solution; write solution = { … } to say how it is reached".to_owned(),
        );
        return wrong;
    };
    let status = examine(engine, &solution.scene, page.still(), |evidence| {
        let mut evidence = *evidence;
        evidence.predicted = solution.click;
        goal.status(&evidence, Future::Shown)
    });
    match status {
        Some(status) if status.is_reached() => {}
        Some(status) => {
            wrong.push(format!("its solution does not reach its goal: {}", status.said()));
        }
        None => wrong.push("nothing is known of how the runs of its solution end".to_owned()),
    }
    let closed = closed(page, &solution.scene);
    if let Some(control) = closed {
        wrong.push(format!("its solution moves {}, which the page hides or locks", control.id()));
    }
    wrong
}

/// A control that a solution moves and the page does not leave free.
fn closed(page: &Page, solved: &crate::scene::Scene) -> Option<controls::Control> {
    use crate::scene::run::Aspect;
    use controls::{Access, Control};
    let now = &page.scene;
    let differs = |aspect: Aspect| {
        now.shared.differs(&solved.shared, aspect)
            || now.specs().iter().zip(solved.specs()).any(|(a, b)| a.differs(&b, aspect))
    };
    let moved = |control: &Control| match control {
        Control::Runs => now.runs.len() != solved.runs.len() || differs(Aspect::Then),
        Control::Rho => differs(Aspect::Rho),
        Control::Eta => differs(Aspect::Eta),
        Control::P => differs(Aspect::Norm),
        Control::Optimizer => {
            [Aspect::Base, Aspect::Ascent, Aspect::Batch, Aspect::Clip].into_iter().any(differs)
        }
        Control::Problem => now.source() != solved.source(),
        Control::Start => differs(Aspect::Start) || now.steps != solved.steps,
        Control::Schedules => differs(Aspect::EtaSchedule) || differs(Aspect::RhoSchedule),
    };
    Control::ALL.into_iter().filter(moved).find(|it| page.controls.access(*it) != Access::Free)
}

/// How many words a page has; a formula is one.
#[must_use]
pub fn words(page: &Page) -> usize {
    let count = |text: &str| {
        text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
    };
    let spans = |spans: &[super::text::Span]| -> usize {
        let of = |span: &super::text::Span| {
            if span.tone == Tone::Formula { 1 } else { count(&span.text) }
        };
        spans.iter().map(of).sum()
    };
    let blocks = page.blocks.iter().map(|block| match block {
        Block::Formula(_) | Block::Code(_) => 1,
        block => spans(block.spans()),
    });
    let task = page.goal.as_ref().map_or(0, |goal| spans(&goal.task));
    blocks.sum::<usize>() + spans(&page.question) + task
}

/// The numbers in the text of a page, outside formulas, that neither its scene nor a claim of it says, each with the line
/// that it stands in.
fn unclaimed(page: &Page) -> Vec<(usize, String)> {
    let specs = page.scene.specs();
    let settings =
        specs.iter().flat_map(|spec| [spec.eta.get(), spec.ball.rho.get(), spec.ball.norm.p()]);
    let known: Vec<f64> = settings
        .chain([page.scene.steps.get() as f64, page.scene.subject.dimension() as f64])
        .chain(page.numbers.iter().copied())
        .collect();
    let goal = page.goal.as_ref().map(|goal| [&goal.task, &goal.reached]);
    let lines = goal.into_iter().flatten().chain([&page.question]);
    let spans = page.blocks.iter().flat_map(|block| block.spans()).chain(lines.flatten());
    let texts = spans.filter(|span| span.tone != Tone::Formula && span.tone != Tone::Code);
    let said: Vec<String> = texts.flat_map(|span| numbers(&span.text)).collect();
    let is_known = |said: &String| {
        let number: f64 = said.replace('−', "-").parse().unwrap_or(f64::NAN);
        known.iter().any(|known| (known - number).abs() <= 1e-9 * number.abs().max(1.0))
    };
    let line = |said: &String| {
        let has = |(_, text): &&(usize, String)| numbers(&text.replace('*', "")).contains(said);
        page.lines.iter().find(has).map_or(page.line, |(line, _)| *line)
    };
    said.into_iter().filter(|said| !is_known(said)).map(|said| (line(&said), said)).collect()
}

/// The numbers of a text, as they are written.
fn numbers(text: &str) -> Vec<String> {
    let is_of_one =
        |letter: char| letter.is_ascii_digit() || letter == '.' || letter == '−' || letter == '-';
    let words = text.split(|letter: char| letter.is_whitespace() || "(),;:?!".contains(letter));
    let number = |word: &str| {
        let word = word.trim_end_matches('.');
        let is_one = word.contains(|c: char| c.is_ascii_digit()) && word.chars().all(is_of_one);
        is_one.then(|| word.to_owned())
    };
    words.filter_map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_as_they_are_written() {
        assert_eq!(
            numbers("at 0.078, step 25: (−0.8, 0.9) and two."),
            ["0.078", "25", "−0.8", "0.9"]
        );
    }

    #[test]
    fn what_is_not_so_is_found() {
        let lesson = |page: &str| {
            let text = format!("+++\ntitle = \"T\"\n+++\n+++\n{page}");
            faults(&crate::lesson::read(&text).unwrap()).join("\n")
        };
        let small = "set = { landscape = \"quadratic\", steps = 600, rho = 0 }\n";
        assert_eq!(
            lesson(&format!(
                "{small}[[claim]]\nrun = \"base\"\nending = \"rest\"\n+++\nIt rests.\n"
            )),
            ""
        );
        let untrue = lesson(&format!("{small}[[claim]]\nending = \"diverged\"\n+++\nIt rests.\n"));
        assert!(untrue.contains("does not hold"), "{untrue}");
        let number = lesson(&format!("{small}+++\nIt takes 17 steps.\n"));
        assert!(number.contains("nothing holds the number 17"), "{number}");
        let done =
            lesson(&format!("{small}[goal]\ntask = \"Rest\"\nending = \"rest\"\n+++\nGo.\n"));
        assert!(done.contains("before anything is done") && done.contains("no solution"), "{done}");
        let long = lesson(&format!("{small}+++\n{}\n", "word ".repeat(61)));
        assert!(long.contains("61 words"), "{long}");
        let locked = lesson(&format!(
            "{small}lock = \"eta\"\n[goal]\ntask = \"Diverge\"\nending = \"diverged\"\nsolution = {{ eta = 3 }}\n+++\nGo.\n"
        ));
        assert!(locked.contains("moves eta, which the page hides or locks"), "{locked}");
    }
}
