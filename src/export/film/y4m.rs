//! A film as raw frames for the pipe of an encoder: YUV4MPEG2, every pixel with its own colour (4:4:4).
//!
//! ```text
//! Y  = 16  + (65.481 R + 128.553 G + 24.966 B) / 255
//! Cb = 128 + (−37.797 R − 74.203 G + 112 B) / 255
//! Cr = 128 + (112 R − 93.786 G − 18.214 B) / 255
//! ```
//!
//! ITU-R BT.601, limited range: what encoders take where a stream does not say otherwise, as this format cannot.

use std::io::Write;

use y4m::{Colorspace, Error, Frame, Ratio};

use super::palette::rgb;
use super::{Camera, CannotFilm, Film, Watch, codes, sides};
use crate::export::png::CannotDraw;
use crate::figure::palette::Rgb;

pub(super) fn write(film: &Film, out: &mut dyn Write, watch: Watch<'_>) -> Result<(), CannotFilm> {
    let [width, height] = sides(film)?.map(|side| side as usize);
    let (frames, seconds) = film.pace.fraction();
    let header = y4m::encode(width, height, Ratio::new(frames, seconds));
    let mut encoder =
        header.with_colorspace(Colorspace::C444).write_header(out).map_err(trouble)?;
    Camera::of(film).roll(watch, |_, picture| {
        let pixels: Vec<[u8; 3]> = codes(picture).into_iter().map(|code| yuv(rgb(code))).collect();
        let planes = [0, 1, 2].map(|k| pixels.iter().map(|pixel| pixel[k]).collect::<Vec<u8>>());
        let [luma, blue, red] = &planes;
        encoder.write_frame(&Frame::new([luma, blue, red], None)).map_err(trouble)
    })
}

/// A colour as luma and two differences, in 16 bits of fraction.
fn yuv(colour: Rgb) -> [u8; 3] {
    const ROWS: [([i32; 3], i32); 3] =
        [([16829, 33039, 6416], 16), ([-9714, -19071, 28785], 128), ([28785, -24104, -4681], 128)];
    ROWS.map(|(row, offset)| {
        let sum: i32 = row.iter().zip(colour).map(|(weight, c)| weight * i32::from(c)).sum();
        u8::try_from(offset + ((sum + (1 << 15)) >> 16)).unwrap_or(u8::MAX)
    })
}

fn trouble(error: Error) -> CannotFilm {
    match error {
        Error::IoError(error) => CannotFilm::Write(error),
        other => CannotDraw::because(&other.to_string()).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_white_and_the_primaries_are_those_of_the_recommendation() {
        let cases = [
            ([0, 0, 0], [16, 128, 128]),
            ([255, 255, 255], [235, 128, 128]),
            ([255, 0, 0], [81, 90, 240]),
            ([0, 255, 0], [145, 54, 34]),
            ([0, 0, 255], [41, 240, 110]),
        ];
        for (colour, wanted) in cases {
            assert_eq!(yuv(colour), wanted, "{colour:?}");
        }
    }
}
