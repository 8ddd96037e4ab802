//! A film as GIF: one palette, and of each frame the rectangle that changed, transparent where it did not.
//!
//! Graphics Interchange Format 89a (`CompuServe` 1990). The scene is a comment before the first frame, as a word that
//! [`short`] reads.

use std::borrow::Cow;
use std::io::Write;

use gif::{AnyExtension, Encoder, EncodingError, Extension, Frame, Repeat};

use super::change::Changed;
use super::palette::{COLOURS, Code, Palette, Seen};
use super::{Camera, CannotFilm, Film, Plays, Watch, codes, sides};
use crate::export::png::CannotDraw;
use crate::figure::Ink;
use crate::figure::palette::Rgb;
use crate::origin::short;

/// Frames whose colours the palette is made of.
const SAMPLES: usize = 12;
/// The number of the colour that stands for "as before".
#[expect(clippy::cast_possible_truncation, reason = "255")]
const AS_BEFORE: u8 = COLOURS as u8;

pub(super) fn write(film: &Film, out: &mut dyn Write, watch: Watch<'_>) -> Result<(), CannotFilm> {
    film.pace.check_gif()?;
    let [width, height] = sides(film)?.map(u16::try_from);
    let (Ok(width), Ok(height)) = (width, height) else {
        return Err(CannotDraw::because("a GIF has at most 65535 pixels a side").into());
    };
    let mut camera = Camera::of(film);
    let mut palette = palette(&mut camera)?;
    let mut colours = palette.bytes();
    colours.resize(3 * (COLOURS + 1), 0);
    let mut encoder = Encoder::new(out, width, height, &colours).map_err(trouble)?;
    encoder.set_repeat(repeat(film.pace.plays)).map_err(trouble)?;
    let word = short::write(&film.origin());
    let comment = AnyExtension(Extension::Comment as u8);
    encoder.write_raw_extension(comment, &[word.as_bytes()]).map_err(trouble)?;

    let (mut shown, mut before) = (Vec::new(), Vec::new());
    camera.roll(watch, |k, picture| {
        let now = codes(picture);
        let numbers = numbers(&now, &before, &shown, &mut palette);
        let delay = film.pace.hundredths(k, film.steps.count());
        let changed = if k == 0 {
            Changed::all(width.into(), height.into())
        } else {
            Changed::between(&shown, &numbers, width.into())
        };
        let pixel = |at: usize| {
            let is_as_before = shown.get(at) == Some(&numbers[at]);
            if is_as_before { AS_BEFORE } else { numbers[at] }
        };
        let pixels: Vec<u8> = changed.places(width.into()).map(pixel).collect();
        encoder.write_frame(&frame(&changed, &pixels, delay)).map_err(trouble)?;
        (shown, before) = (numbers, now);
        Ok(())
    })?;
    // Ends the file.
    encoder.into_inner().map_err(trouble)?;
    Ok(())
}

fn frame<'p>(changed: &Changed, pixels: &'p [u8], delay: u16) -> Frame<'p> {
    let side = |pixels: usize| u16::try_from(pixels).unwrap_or(u16::MAX);
    let [width, height] = changed.size().map(side);
    Frame {
        delay,
        transparent: Some(AS_BEFORE),
        left: side(changed.columns.start),
        top: side(changed.rows.start),
        width,
        height,
        buffer: Cow::Borrowed(pixels),
        ..Frame::default()
    }
}

/// The numbers of the colours of a frame; those that are as in the frame before need no search.
fn numbers(now: &[Code], before: &[Code], shown: &[u8], palette: &mut Palette) -> Vec<u8> {
    let number = |(k, &code): (usize, &Code)| match before.get(k) {
        Some(&same) if same == code => shown[k],
        Some(_) | None => palette.nearest(code),
    };
    now.iter().enumerate().map(number).collect()
}

/// The palette of a film, of a few of its frames; the colours of paper, words and runs are in it as they are.
fn palette(camera: &mut Camera<'_>) -> Result<Palette, CannotFilm> {
    let film = camera.film;
    let steps: Vec<usize> = film.steps.iter().collect();
    let mut seen = Seen::default();
    let mut before: Option<Vec<Code>> = None;
    let last = steps.len() - 1;
    for k in 0..SAMPLES.min(steps.len()) {
        let now = codes(&camera.ahead(steps[k * last / (SAMPLES - 1).min(last).max(1)])?);
        seen.frame(&now, before.as_deref());
        before = Some(now);
    }
    let colours = |ink| film.theme.ink(ink);
    let runs: Vec<Rgb> = (0..film.shot.scene.runs.len()).map(|k| colours(Ink::Run(k))).collect();
    Ok(seen.palette(&[Ink::Paper, Ink::Text].map(colours), &runs))
}

fn repeat(plays: Plays) -> Repeat {
    match plays {
        Plays::Forever => Repeat::Infinite,
        // A GIF counts what comes after the first time.
        Plays::Times(times) => Repeat::Finite(times.saturating_sub(1)),
    }
}

fn trouble(error: EncodingError) -> CannotFilm {
    match error {
        EncodingError::Io(error) => CannotFilm::Write(error),
        other => CannotDraw::because(&other.to_string()).into(),
    }
}
