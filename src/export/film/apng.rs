//! A film as animated PNG: all colours, and of each frame the rectangle that changed, transparent where it did not.
//!
//! PNG, third edition (W3C 2025), §11.3.6. The scene stands in a chunk of text before the first frame, as in any PNG of
//! this program; a viewer that knows no films shows the first frame.

use std::io::Write;

use ::png::{BitDepth, BlendOp, ColorType, Compression, DisposeOp, Encoder, EncodingError};

use super::change::{Changed, side};
use super::palette::{Code, rgb};
use super::{Camera, CannotFilm, Film, Plays, Watch, codes, sides};
use crate::export::png::CannotDraw;
use crate::origin::picture;

pub(super) fn write(film: &Film, out: &mut dyn Write, watch: Watch<'_>) -> Result<(), CannotFilm> {
    let [width, height] = sides(film)?;
    let count = film.steps.count();
    let mut encoder = Encoder::new(out, width, height);
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    let plays = match film.pace.plays {
        Plays::Forever => 0,
        Plays::Times(times) => times.into(),
    };
    encoder.set_animated(side(count), plays).map_err(trouble)?;
    encoder.add_itxt_chunk(picture::NAME.to_owned(), film.origin().text()).map_err(trouble)?;
    let mut writer = encoder.write_header().map_err(trouble)?;

    let width = width as usize;
    let mut before: Vec<Code> = Vec::new();
    Camera::of(film).roll(watch, |k, picture| {
        let now = codes(picture);
        let changed = if k == 0 {
            Changed::all(width, height as usize)
        } else {
            Changed::between(&before, &now, width)
        };
        let pixel = |at: usize| {
            let is_as_before = before.get(at) == Some(&now[at]);
            let [red, green, blue] = rgb(now[at]);
            if is_as_before { [0; 4] } else { [red, green, blue, u8::MAX] }
        };
        let pixels: Vec<u8> = changed.places(width).flat_map(pixel).collect();
        let mut frame = || {
            let [columns, rows] = changed.size().map(side);
            writer.reset_frame_position()?;
            writer.set_frame_dimension(columns, rows)?;
            writer.set_frame_position(side(changed.columns.start), side(changed.rows.start))?;
            writer.set_frame_delay(film.pace.thousandths(k, count), 1000)?;
            writer.set_blend_op(if k == 0 { BlendOp::Source } else { BlendOp::Over })?;
            writer.set_dispose_op(DisposeOp::None)?;
            writer.write_image_data(&pixels)
        };
        frame().map_err(trouble)?;
        before = now;
        Ok(())
    })?;
    writer.finish().map_err(trouble)
}

fn trouble(error: EncodingError) -> CannotFilm {
    match error {
        EncodingError::IoError(error) => CannotFilm::Write(error),
        other => CannotDraw::because(&other.to_string()).into(),
    }
}
