//! Numbers that were typed and cannot be: what the limits are is said, not only kept.

use egui::{Context, Id};

use super::spread::shown;

/// Where what is to be said waits for whoever says it.
fn place() -> Id {
    Id::unique("numbers that were refused")
}

/// Notes that the number `typed` was asked of what is called `label`, which goes from `least` to `most`.
pub(super) fn refuse(ctx: &Context, label: &str, typed: f64, (least, most): (f64, f64)) {
    say(ctx, sentence(label, typed, (least, most)));
}

/// Notes that `typed` is no value of what is called `label`, and what a value of it is.
pub fn refuse_text(ctx: &Context, label: &str, typed: &str, value: &str) {
    say(ctx, format!("{label} cannot be \"{}\"; it is {value}", crate::typed::echo(typed)));
}

/// Notes what is to be said.
fn say(ctx: &Context, text: String) {
    ctx.data_mut(|data| data.insert_temp(place(), text));
}

fn sentence(label: &str, typed: f64, (least, most): (f64, f64)) -> String {
    let nearest = if typed < least { least } else { most };
    // What has no upper end is said to have none.
    let range = if most.is_infinite() || most >= f64::MAX {
        format!("{} is the least", shown(least))
    } else {
        format!("it goes from {} to {}", shown(least), shown(most))
    };
    format!("{label} cannot be {}: {range}. It is {} now", shown(typed), shown(nearest))
}

/// What was refused lately, once.
#[must_use]
pub fn take(ctx: &Context) -> Option<String> {
    ctx.data_mut(|data| data.remove_temp::<String>(place()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_beyond_its_limits_is_answered_with_them() {
        let said = sentence("test part", 2.0, (0.0, 0.9));
        assert_eq!(said, "test part cannot be 2: it goes from 0 to 0.9. It is 0.9 now");
        let said = sentence("p", 0.5, (1.0, f64::INFINITY));
        assert_eq!(said, "p cannot be 0.5: 1 is the least. It is 1 now");
    }
}
