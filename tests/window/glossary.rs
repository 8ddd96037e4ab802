//! The glossary in the window: opened by a key, by names and by words; searched, walked and read.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::{Window, app, press, press_with, standing, window_of};
use samscope::figure::palette::Theme;
use samscope::glossary;
use samscope::lesson::builtin as lessons;
use samscope::scene::builtin;

/// The id of the term that is read; none while the glossary is closed.
fn read(window: &Window) -> Option<&str> {
    app(window).view().glossary.as_ref().map(|open| open.term)
}

/// The terms in the list.
fn listed(window: &Window) -> Vec<String> {
    let rows = window.query_all_by_role(Role::ListBoxOption);
    rows.filter_map(|row| row.accesskit_node().label()).collect()
}

/// Types over the list.
fn type_in(window: &mut Window, text: &str) {
    window.event(egui::Event::Text(text.to_owned()));
    window.run_steps(3);
}

#[test]
fn it_is_opened_searched_walked_and_closed_by_keys_alone() {
    let mut window = standing();
    let step = super::step(&window);
    press(&mut window, Key::F1);
    assert_eq!(read(&window), Some("sam"));
    assert_eq!(listed(&window).len(), glossary::all().len());
    type_in(&mut window, "sadd");
    assert_eq!(read(&window), Some("saddle"));
    let term = glossary::term("saddle").expect("it");
    assert_eq!(listed(&window).first(), Some(&term.name));
    assert!(window.query_by_role_and_label(Role::Paragraph, &term.said).is_some());
    assert!(window.query_by_role_and_label(Role::Math, &term.formula).is_some());
    for _ in 0..4 {
        press(&mut window, Key::Backspace);
    }
    let before = read(&window).map(str::to_owned);
    press(&mut window, Key::ArrowDown);
    assert_ne!(read(&window).map(str::to_owned), before, "the arrow walks the list");
    press(&mut window, Key::ArrowUp);
    assert_eq!(read(&window).map(str::to_owned), before);
    press(&mut window, Key::F1);
    assert_eq!(read(&window), None, "F1 closes what it opened");
    press(&mut window, Key::F1);
    press(&mut window, Key::Escape);
    assert_eq!(read(&window), None);
    assert_eq!(super::step(&window), step, "nothing of it moved the runs");
}

#[test]
fn what_is_found_nowhere_is_said_and_the_entry_stays() {
    let mut window = standing();
    press(&mut window, Key::F1);
    type_in(&mut window, "xyzzy");
    assert!(listed(&window).is_empty());
    assert_eq!(read(&window), Some("sam"));
}

#[test]
fn a_click_on_the_name_of_a_number_opens_its_entry() {
    let mut window = standing();
    for (name, id) in [("SAM gap", "gap"), ("worst case", "worst_case"), ("κ", "condition")] {
        window.get_by_role_and_label(Role::Link, name).click_accesskit();
        window.run_steps(3);
        assert_eq!(read(&window), Some(id), "{name}");
        press(&mut window, Key::Escape);
    }
}

#[test]
fn names_of_dials_and_menus_lead_there_and_so_does_f1_over_them() {
    let mut window = standing();
    let rho = window.get_by_role_and_label(Role::Label, "ρ").rect().center();
    window.hover_at(rho);
    window.run_steps(2);
    press(&mut window, Key::F1);
    assert_eq!(read(&window), Some("radius"), "F1 over ρ");
    press(&mut window, Key::Escape);
    window.drag_at(rho);
    window.run_steps(1);
    window.drop_at(rho);
    window.run_steps(3);
    assert_eq!(read(&window), Some("radius"), "a click on ρ");
    press(&mut window, Key::Escape);
    let measure = window.get_by_role_and_label(Role::ComboBox, "measure of sharpness");
    let at = measure.rect().center();
    window.hover_at(at);
    window.run_steps(2);
    press(&mut window, Key::F1);
    let gauge = app(&window).scene().shown_measure();
    let term = glossary::named(gauge.name()).expect("every measure has an entry");
    assert_eq!(read(&window), Some(term.id.as_str()));
    press(&mut window, Key::Escape);
    assert_eq!(read(&window), None);
    window.get_by_role_and_label(Role::ComboBox, "measure of sharpness").click_secondary();
    window.run_steps(3);
    assert_eq!(read(&window), Some(term.id.as_str()), "a right click on its name");
}

#[test]
fn f1_explains_the_control_that_has_the_keyboard() {
    let mut window = standing();
    window.get_by_role_and_label(Role::Slider, "η").focus();
    window.run_steps(2);
    press(&mut window, Key::F1);
    assert_eq!(read(&window), Some("learning_rate"));
}

#[test]
fn links_lead_from_term_to_term() {
    let mut window = standing();
    press(&mut window, Key::F1);
    let next = glossary::term("perturbation").expect("it");
    let links = window.query_all_by_role_and_label(Role::Link, &next.name);
    links.last().expect("SAM leads to ε").click_accesskit();
    window.run_steps(3);
    assert_eq!(read(&window), Some("perturbation"));
}

#[test]
fn terms_of_a_lesson_are_links_to_their_entries() {
    let mut window = standing();
    for (name, _) in lessons::all() {
        press_with(&mut window, Modifiers::SHIFT, Key::L);
        let place = lessons::names().position(|known| known == name).expect("a lesson");
        for _ in 0..place {
            press(&mut window, Key::ArrowDown);
        }
        press(&mut window, Key::Enter);
        let page = app(&window).teaching().and_then(|open| open.page()).expect("a page").said();
        let expected = glossary::in_text(&page);
        let Some((_, term)) = expected.first() else { continue };
        let links = window.query_all_by_role_and_label(Role::Link, &term.name);
        let Some(link) = links.last() else { continue };
        link.click_accesskit();
        window.run_steps(3);
        assert_eq!(read(&window), Some(term.id.as_str()), "{name}");
        return;
    }
    panic!("no lesson has a term");
}

#[test]
fn it_lies_whole_in_every_window_light_and_dark() {
    for size in [[700.0, 500.0], [1024.0, 768.0], [1280.0, 800.0], [420.0, 600.0]] {
        for presents in [false, true] {
            let mut window = window_of(builtin::opening(), size);
            press(&mut window, Key::End);
            if presents {
                press(&mut window, Key::P);
                press(&mut window, Key::T);
                assert_ne!(app(&window).view().theme, Theme::Light);
            }
            press(&mut window, Key::F1);
            let whole = window.ctx.content_rect();
            let close = window.get_by_role_and_label(Role::Button, "Close").rect();
            assert!(whole.contains_rect(close), "{size:?}: {close} in {whole}");
            let term = glossary::term("sam").expect("it");
            let said = window.get_by_role_and_label(Role::Paragraph, &term.said).rect();
            assert!(whole.contains_rect(said), "{size:?}: {said} in {whole}");
            assert!(
                close.right() >= said.right() - 1.0 && said.width() > 150.0,
                "{size:?}: {said}"
            );
        }
    }
}
