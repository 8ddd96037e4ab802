//! The keys that are pressed, and what was pasted, as wishes.

use egui::Key;

use super::ALL;
use crate::app::commands::{Command, Commands};
use crate::origin::short;

/// Asks for what the keys pressed in this frame mean.
///
/// While a control has the keyboard, plain keys are its own.
pub fn read(ctx: &egui::Context, commands: &mut Commands) {
    let taken = ctx.memory(|memory| memory.focused().is_some());
    let writing = ctx.text_edit_focused();
    let menu_is_open = egui::Popup::is_any_open(ctx);
    if !writing {
        commands.extend(pasted(ctx));
    }
    for shortcut in ALL {
        for keys in shortcut.keys {
            let is_plain = !keys.modifiers.command;
            // An open menu closes itself.
            let is_the_menus = menu_is_open && keys.logical_key == Key::Escape;
            // No control has a use for these, and a remote sends them whatever was touched before.
            let turns_pages = matches!(keys.logical_key, Key::PageDown | Key::PageUp);
            // It asks about the control that has the keyboard, and closes what it opened.
            let explains = keys.logical_key == Key::F1;
            let is_the_controls = (is_plain && taken && !turns_pages) || writing;
            if (is_the_controls && !explains) || is_the_menus {
                continue;
            }
            if ctx.input_mut(|input| input.consume_shortcut(keys)) {
                commands.push((shortcut.command)());
            }
        }
    }
}

/// The scene in what was pasted; other words are not for the window.
fn pasted(ctx: &egui::Context) -> Option<Command> {
    ctx.input(|input| {
        input.events.iter().find_map(|event| match event {
            egui::Event::Paste(text) if text.trim().starts_with(short::BEGINS) => {
                Some(Command::Paste(text.clone()))
            }
            _ => None,
        })
    })
}
