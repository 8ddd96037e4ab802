use super::*;
use crate::figure::Ink;
use crate::origin::picture::Kind;
use crate::origin::{Origin, picture};
use crate::scene::builtin;
use ::gif::{ColorOutput, DecodeOptions};

fn film(name: &str, steps: Steps) -> Film {
    let scene = builtin::find(name).unwrap();
    let shot = Shot { size: USUAL, ..Shot::of(&scene) };
    Film { steps, ..Film::of(shot, Theme::Light) }
}

fn written(film: &Film, format: Format) -> Vec<u8> {
    let mut bytes = Vec::new();
    film.write(format, &mut bytes, &mut |_| ControlFlow::Continue(())).unwrap();
    bytes
}

/// The frames of a GIF as a viewer shows them.
fn shown_of_gif(bytes: &[u8]) -> Vec<Vec<[u8; 3]>> {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::RGBA);
    let mut decoder = options.read_info(bytes).unwrap();
    let [width, height] = [decoder.width(), decoder.height()].map(usize::from);
    let mut canvas = vec![[0; 3]; width * height];
    let mut all = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        let (left, top) = (usize::from(frame.left), usize::from(frame.top));
        for (k, pixel) in frame.buffer.chunks_exact(4).enumerate() {
            let (row, column) = (k / usize::from(frame.width), k % usize::from(frame.width));
            if pixel[3] > 0 {
                canvas[(top + row) * width + left + column] = [pixel[0], pixel[1], pixel[2]];
            }
        }
        all.push(canvas.clone());
    }
    all
}

fn shown_of_png(bytes: &[u8]) -> Vec<Vec<[u8; 3]>> {
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let width = reader.info().width as usize;
    let mut canvas = vec![[0; 3]; width * reader.info().height as usize];
    let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
    let count = reader.info().animation_control().unwrap().num_frames;
    let mut all = Vec::new();
    for _ in 0..count {
        let info = reader.next_frame(&mut buffer).unwrap();
        let control = *reader.info().frame_control().unwrap();
        for (k, pixel) in buffer[..info.buffer_size()].chunks_exact(4).enumerate() {
            let (row, column) = (k / info.width as usize, k % info.width as usize);
            let place =
                (control.y_offset as usize + row) * width + control.x_offset as usize + column;
            if pixel[3] > 0 {
                canvas[place] = [pixel[0], pixel[1], pixel[2]];
            }
        }
        all.push(canvas.clone());
    }
    all
}

fn drawn(film: &Film) -> Vec<Vec<[u8; 3]>> {
    let mut all = Vec::new();
    let mut camera = Camera::of(film);
    let mut keep = |_, picture: &Pixmap| {
        all.push(codes(picture).into_iter().map(palette::rgb).collect());
        Ok(())
    };
    camera.roll(&mut |_| ControlFlow::Continue(()), &mut keep).unwrap();
    all
}

/// The largest difference of a channel.
fn apart(a: [u8; 3], b: [u8; 3]) -> u8 {
    (0..3).map(|k| a[k].abs_diff(b[k])).max().unwrap()
}

#[test]
fn a_gif_shows_paths_within_six_of_255_and_stays_small() {
    for (name, theme) in [("opening", Theme::Light), ("bounce", Theme::Dark)] {
        let last = builtin::find(name).unwrap().steps.get().min(200);
        let film = Film { theme, ..film(name, Steps::new(0, last, 13, last).unwrap()) };
        let (wanted, bytes) = (drawn(&film), written(&film, Format::Gif));
        let shown = shown_of_gif(&bytes);
        assert_eq!(shown.len(), wanted.len());
        let inks = [0, 1].map(|run| theme.ink(Ink::Run(run)));
        let (mut on_paths, mut pixels, mut worst, mut sum) = (0, 0, 0, 0.0);
        for (shown, wanted) in shown.iter().zip(&wanted) {
            for (&shown, &wanted) in shown.iter().zip(wanted) {
                let error = apart(shown, wanted);
                sum += f64::from(error);
                // Mostly of a path: what is left of its edges is a mixture with the ground.
                if inks.iter().any(|ink| apart(*ink, wanted) < 32) {
                    pixels += 1;
                    on_paths = error.max(on_paths);
                }
                worst = error.max(worst);
            }
        }
        let mean = sum / (wanted.len() * wanted[0].len()) as f64;
        assert!(pixels > 1000 && on_paths < 6, "{name}: {on_paths} on {pixels} pixels of paths");
        assert!(mean < 3.0 && worst < 32, "{name}: {mean} on average, {worst} at the worst");
        // A film of 200 frames has 1.5 MB at the most: the first frame whole, and 7 kB for each that follows.
        assert!(bytes.len() < 100_000 + 7000 * wanted.len(), "{name}: {} bytes", bytes.len());
    }
}

#[test]
fn an_animated_png_is_exact_and_both_carry_their_scene() {
    let film = film("bounce", Steps::new(3, 11, 2, 60).unwrap());
    let origin = Origin::of(&film.shot.scene, Moment::Step(11));
    let bytes = written(&film, Format::Apng);
    assert!(shown_of_png(&bytes) == drawn(&film));
    for (format, kind) in [(Format::Apng, Kind::Png), (Format::Gif, Kind::Gif)] {
        let bytes = written(&film, format);
        assert_eq!(Kind::of(&bytes), Some(kind));
        let text = picture::text(kind, &bytes).unwrap();
        assert_eq!(Origin::read(&text), Ok(origin.clone()));
        // The same film is the same bytes.
        assert!(bytes == written(&film, format));
        for end in [0, 3, 11, 40, 200] {
            assert!(picture::text(kind, &bytes[..end]).is_err(), "{kind:?} cut at {end}");
        }
    }
    let raw = written(&film, Format::Y4m);
    let [width, height] = [640, 400];
    assert!(raw.starts_with(b"YUV4MPEG2 W640 H400 F20:1 C444\n"));
    assert_eq!(raw.windows(6).filter(|part| part == b"FRAME\n").count(), 5);
    assert!(raw.len() > 5 * 3 * width * height);
}

#[test]
fn a_film_that_is_broken_off_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let film = film("bounce", Steps::new(0, 4, 1, 60).unwrap());
    let names = Sequence::of(&folder.path().join("%02d.png")).unwrap();
    let there = || std::fs::read_dir(folder.path()).unwrap().count();
    let mut after_three = |part: f64| {
        if part > 0.5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    assert!(matches!(names.write(&film, &mut after_three), Err(CannotFilm::Cancelled)));
    assert_eq!(there(), 0);
    names.write(&film, &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(there(), 5);
    // Each picture carries its own step.
    let third = crate::origin::open(&names.path(3)).unwrap();
    assert_eq!(third.at, Some(Moment::Step(3)));
}
