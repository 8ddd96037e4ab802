//! Hostile texts and bytes: every reader of what comes from outside answers, whatever it is given.
//!
//! What is fed is what is valid, mutated from numbered seeds: a failure says its reader and its number, which bring it back.
//! Each reader gets a few hundred, and as many as `SAMSCOPE_FUZZ` says where somebody has the time.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::panic::{AssertUnwindSafe, catch_unwind};

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use samscope::export::png;
use samscope::figure::palette::Theme;
use samscope::figure::shot::Shot;
use samscope::lesson;
use samscope::optim::moment::Moment;
use samscope::origin::picture::Kind;
use samscope::origin::{Origin, picture, short};
use samscope::problem::expression::Expression;
use samscope::problem::points::{Points, Wanted};
use samscope::scene::{builtin, file};
use samscope::typed::Axis;

/// What each reader is fed where nothing is said.
const ROUNDS: u64 = 300;

fn rounds() -> u64 {
    std::env::var("SAMSCOPE_FUZZ").map_or(ROUNDS, |said| said.parse().unwrap())
}

/// Pieces that break readers: brackets, ends of numbers, letters of two bytes, nothing.
const PIECES: [&[u8]; 24] = [
    b"[[",
    b"]]",
    b"((((((((",
    b"\"\"\"",
    b"'''",
    b"\n",
    b"\r\n",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"1e999",
    b"-0",
    b"NaN",
    b"inf",
    b"18446744073709551616",
    b"=",
    b",",
    b";",
    b"^^",
    b"||",
    "ρ".as_bytes(),
    "\u{202e}".as_bytes(),
    b"$$",
    b"+++",
];

struct Mutations(ChaCha8Rng);

impl Mutations {
    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.0.next_u64() % count.max(1) as u64).unwrap()
    }

    /// One of these, changed in a few places.
    fn of(&mut self, valid: &[Vec<u8>]) -> Vec<u8> {
        let place = self.below(valid.len());
        let mut bytes = valid[place].clone();
        for _ in 0..=self.below(6) {
            let at = self.below(bytes.len() + 1);
            let end = (at + self.below(40)).min(bytes.len());
            match self.below(6) {
                0 => drop(bytes.drain(at..end)),
                1 => {
                    let part = bytes[at..end].to_vec();
                    bytes.splice(at..at, part);
                }
                2 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                3 => {
                    let piece = PIECES[self.below(PIECES.len())];
                    bytes.splice(at..end, piece.iter().copied());
                }
                4 => {
                    let other = &valid[self.below(valid.len())];
                    let from = self.below(other.len() + 1);
                    bytes.truncate(at);
                    bytes.extend_from_slice(&other[from..]);
                }
                _ => {
                    let piece = PIECES[self.below(PIECES.len())].repeat(1 + self.below(60));
                    bytes.splice(at..at, piece);
                }
            }
        }
        bytes
    }
}

/// Feeds a reader; what it answers is its own affair, but it answers.
#[track_caller]
fn feed(reader: &str, valid: &[Vec<u8>], read: impl Fn(&[u8])) {
    for bytes in valid {
        read(bytes);
    }
    for number in 0..rounds() {
        let bytes = Mutations(ChaCha8Rng::seed_from_u64(number)).of(valid);
        let answer = catch_unwind(AssertUnwindSafe(|| read(&bytes)));
        let said = || String::from_utf8_lossy(&bytes[..bytes.len().min(600)]).into_owned();
        assert!(answer.is_ok(), "{reader}, number {number}: {:?}", said());
    }
}

fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Vec<u8>> {
    texts.into_iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// Most readers take texts only.
fn as_text(bytes: &[u8], read: impl Fn(&str)) {
    read(&String::from_utf8_lossy(bytes));
}

#[test]
fn scenes() {
    let mut valid: Vec<Vec<u8>> =
        builtin::names().map(|name| file::write(&builtin::find(name).unwrap()).into()).collect();
    valid.extend(texts([
        "formula = \"x^2 + a y^2\"\nformula_a = 2",
        "data_points = \"0,1\\n1,2\\n\"",
        "[[run]]\np = inf\n[[run]]\nmistake = \"reversed\"\nstart = [0, 1]",
    ]));
    feed("scene", &valid, |bytes| {
        as_text(bytes, |text| {
            if let Ok(scene) = file::read(text) {
                assert_eq!(file::read(&file::write(&scene)).as_ref(), Ok(&scene));
                let again = file::kept(text, &scene);
                assert_eq!(file::read(&again).as_ref(), Ok(&scene), "{again}");
            }
        });
    });
}

#[test]
fn formulas() {
    let valid = texts([
        "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        "-x^2 + 2x sin(3 pi y) / |x - 1| + max(x, -y)",
        "a exp(-k(x^2+y^2)) + b ln(1 + x^2) - sqrt(|y|)^3",
        "1/2x + 3e-7y^2^2",
    ]);
    feed("formula", &valid, |bytes| {
        as_text(bytes, |text| {
            if let Ok(formula) = Expression::read(text) {
                let _ = formula.value(0.5, -1.5);
            }
        });
    });
}

#[test]
fn tables_of_points() {
    let valid = texts([
        "x,y,label\n0.1,0.2,0\n0.3,-0.4,1\n",
        "1,5;2,5;cat\n-3;4e-7;dog\n",
        "1 2\n3 4\n5 6\n",
        "\"a, b\"\t2\tx\n3\t\"4\"\ty\n",
    ]);
    feed("points", &valid, |bytes| {
        if let Ok(points) = Points::read(bytes, &Wanted::default()) {
            assert_eq!(Points::of(&points.text()), Ok(points));
        }
    });
}

#[test]
fn lessons() {
    let valid = texts([include_str!("../../assets/lesson-template.md")]);
    feed("lesson", &valid, |bytes| as_text(bytes, |text| drop(lesson::read(text))));
}

#[test]
fn what_pictures_carry() {
    let scene = builtin::find("bounce").unwrap();
    let origin = Origin::of(&scene, Moment::Step(3));
    let figure = Shot { size: [480.0, 320.0], ..Shot::of(&scene) }.figure();
    let pixels = png::carrying(&figure, Theme::Light, 0.25, Some(&origin)).unwrap();
    let word = short::write(&origin);
    let comment: Vec<u8> =
        word.as_bytes().chunks(255).fold(b"\x21\xfe".to_vec(), |mut all, part| {
            all.push(u8::try_from(part.len()).unwrap());
            all.extend_from_slice(part);
            all
        });
    let valid = [
        pixels[..pixels.len().min(3000)].to_vec(),
        [b"GIF89a\x01\0\x01\0\0\0\0".to_vec(), comment, b"\0;".to_vec()].concat(),
        format!("<svg><metadata id=\"samscope\">{}</metadata></svg>", "scene = \"rho = 1\"").into(),
        format!("%PDF-1.7 ({word}) %%EOF").into(),
        word.clone().into(),
        origin.text().into(),
    ];
    feed("metadata", &valid, |bytes| {
        let kinds = [Kind::Png, Kind::Gif, Kind::Svg, Kind::Pdf];
        for kind in Kind::of(bytes).map_or(kinds.to_vec(), |kind| vec![kind]) {
            if let Ok(text) = picture::text(kind, bytes) {
                drop(Origin::read(&text));
            }
        }
        as_text(bytes, |text| {
            drop(Origin::read(text));
            drop(short::read(text));
        });
    });
}

#[test]
fn ranges() {
    let valid = texts(["rho=0:0.3:31", "eta=log:0.01:1:31", "base=sgd,adam", "start=0.6,-0.3;1,1"]);
    feed("range", &valid, |bytes| {
        as_text(bytes, |text| {
            if let Ok(axis) = Axis::read(text)
                && axis.count(11) < 1000
            {
                assert_eq!(axis.values(11).len(), axis.count(11));
            }
        });
    });
}
