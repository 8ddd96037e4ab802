//! How large everything is: type and strokes grow with the window, with what somebody wishes, and for a room.
//!
//! ```text
//! zoom = growth · wish · (1.72 before a room),    growth = the window against 1280 × 800 points, 1 to 3
//! ```
//!
//! Whatever is wished, the smallest letters are 11 pixels high, and 18 before a room: below that nobody reads them.
//!
//! The window keeps its layout while it grows, so that the last row reads on a projector what the first reads on a desk.

use egui::Vec2;

use crate::figure::palette::Audience;

/// The window that type is made for, in points of the system.
const USUAL: Vec2 = Vec2::new(1280.0, 800.0);
/// Type grows no further than this with the window: beyond, it is a wall.
const GROWTH: [f32; 2] = [1.0, 3.0];
/// Growth goes in steps, so that a window that is dragged larger does not swim.
const STEP: f32 = 0.05;
/// A size that went through points of another scale and back is the same step.
const ROUNDING: f32 = 1e-2;
/// Before a room: the smallest letters, of 11 points, are 18 pixels high.
const ROOM: f32 = 1.72;
/// The smallest letters of the window, in its points.
const SMALLEST: f32 = 11.0;
/// How high these are at the least in pixels, before a desk and before a room.
const LEGIBLE: [f32; 2] = [11.0, 18.0];
/// What can be wished for.
pub const WISHES: [f32; 2] = [0.8, 2.5];
/// What is laid out has at least so many points, whatever is wished.
pub const LEAST: Vec2 = Vec2::new(560.0, 400.0);

/// How many points of the system a point of the window is, in a window of so many points of the system, each of so many
/// pixels.
#[must_use]
pub fn of(native: Vec2, pixels: f32, wish: f32, audience: Audience) -> f32 {
    let growth = (native.x / USUAL.x).min(native.y / USUAL.y);
    let growth = ((growth / STEP + ROUNDING).floor() * STEP).clamp(GROWTH[0], GROWTH[1]);
    let wished = growth * wish.clamp(WISHES[0], WISHES[1]);
    let [desk, room] = LEGIBLE.map(|letters| letters / (SMALLEST * pixels.max(0.1)));
    match audience {
        Audience::Desk => wished.max(desk),
        Audience::Room => (wished * ROOM).max(room),
    }
    .min(most(native))
}

/// Pixels a point of the system.
#[must_use]
pub fn density(ctx: &egui::Context) -> f32 {
    ctx.pixels_per_point() / ctx.zoom_factor()
}

/// Makes everything so large from the next frame on.
pub fn apply(ctx: &egui::Context, wish: f32, audience: Audience) {
    let now = ctx.zoom_factor();
    let zoom = of(ctx.content_rect().size() * now, density(ctx), wish, audience);
    if (zoom - now).abs() > 1e-3 {
        ctx.set_zoom_factor(zoom);
    }
}

/// The most that leaves room for everything.
#[must_use]
pub fn most(native: Vec2) -> f32 {
    (native.x / LEAST.x).min(native.y / LEAST.y).max(WISHES[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;

    #[test]
    fn type_grows_with_the_window_and_never_shrinks_below_what_it_is_made_for() {
        assert!((of(vec2(1280.0, 800.0), 1.0, 1.0, Audience::Desk) - 1.0).abs() < 1e-6);
        assert!((of(vec2(700.0, 500.0), 1.0, 1.0, Audience::Desk) - 1.0).abs() < 1e-6);
        assert!((of(vec2(1920.0, 1080.0), 1.0, 1.0, Audience::Desk) - 1.35).abs() < 1e-5);
        assert!((of(vec2(3840.0, 2160.0), 1.0, 1.0, Audience::Desk) - 2.7).abs() < 1e-5);
    }

    #[test]
    fn a_size_that_was_rounded_has_the_same_type() {
        for size in [vec2(2560.0, 1440.0), vec2(1920.0, 1080.0), vec2(1366.0, 768.0)] {
            let zoom = of(size, 1.0, 1.0, Audience::Desk);
            for noise in [-1e-3, 1e-3] {
                assert!(
                    (of(size + vec2(noise, noise), 1.0, 1.0, Audience::Desk) - zoom).abs() < 1e-6
                );
            }
        }
    }

    #[test]
    fn the_smallest_letters_are_eighteen_pixels_high_before_a_room() {
        for size in [vec2(1024.0, 768.0), vec2(1280.0, 800.0), vec2(1920.0, 1080.0)] {
            assert!(11.0 * of(size, 1.0, 1.0, Audience::Room) >= 18.0, "{size}");
        }
    }

    #[test]
    fn letters_are_never_so_small_that_nobody_reads_them() {
        for (size, pixels) in [(vec2(1280.0, 800.0), 1.0), (vec2(1280.0, 800.0), 2.0)] {
            let smallest = |audience| SMALLEST * pixels * of(size, pixels, 0.1, audience);
            assert!(smallest(Audience::Desk) >= 10.99 && smallest(Audience::Room) >= 17.99);
        }
        // Where a point has two pixels, there is room for less than usual.
        assert!((of(vec2(1280.0, 800.0), 2.0, 0.8, Audience::Desk) - 0.8).abs() < 1e-6);
    }

    #[test]
    fn nothing_is_made_so_large_that_the_layout_has_no_room() {
        for native in [vec2(700.0, 500.0), vec2(1024.0, 768.0), vec2(3840.0, 2160.0)] {
            for wish in [0.1, 0.8, 1.0, 2.5, 9.0] {
                for audience in [Audience::Desk, Audience::Room] {
                    let points = native / of(native, 1.0, wish, audience);
                    assert!(points.x >= LEAST.x - 0.01 && points.y >= LEAST.y - 0.01, "{native}");
                }
            }
        }
    }
}
