//! Papers in the window: picked from the gallery, with what they claim and whether it is so.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use super::{app, click, slide, window};
use samscope::paper::builtin;

#[test]
fn a_paper_is_picked_and_its_claims_stand_beside_the_picture() {
    let mut window = window();
    window.get_by_role_and_label(Role::Button, "Scenes").click_accesskit();
    window.run_steps(3);
    click(&mut window, "Papers that run");
    click(&mut window, "bouncing");
    let paper = builtin::find("bouncing").expect("a paper");
    assert_eq!(app(&window).scene(), &paper.scene);
    window.run_steps(3);
    for claim in &paper.claims {
        let label = format!("holds: {}", claim.says);
        assert!(window.query_by_label(&label).is_some(), "{label}");
    }
    // The scene of a claim is shown by a click on it, and the paper stays open.
    click(&mut window, "holds: half the ball, half the jump");
    assert!((app(&window).scene().shared.ball.rho.get() - 0.05).abs() < 1e-12);
    assert!(window.query_by_label("holds: half the ball, half the jump").is_some());
    // What the verdicts are about is said where it is not what is on the screen.
    let changed = "Settings were changed here.";
    let says_so = |window: &super::Window| {
        let all = window.query_all_by_role(Role::Label);
        all.filter_map(|label| label.value()).any(|said| said.starts_with(changed))
    };
    assert!(!says_so(&window));
    slide(&mut window, "ρ", 0.031);
    window.run_steps(3);
    assert!(says_so(&window));
}
