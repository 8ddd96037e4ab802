//! The gallery is up to date: every command in docs/gallery.md draws the picture beside it, and `SAMSCOPE_GALLERY=write`
//! puts them there.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Pixels may differ by so much of 255: processors round the last bit in their own ways.
const ALIKE: u8 = 2;

fn docs() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs")
}

/// The words of a command, as a shell parts them: quotes hold words together.
fn words(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    let mut words = vec![String::new()];
    for (k, part) in parts {
        if k % 2 == 1 {
            words.last_mut().unwrap().push_str(part);
            continue;
        }
        for (k, piece) in part.split(' ').enumerate() {
            if k > 0 {
                words.push(String::new());
            }
            words.last_mut().unwrap().push_str(piece);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The pixels of a PNG, and its sides.
fn pixels(bytes: &[u8]) -> ([u32; 2], Vec<u8>) {
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    ([info.width, info.height], pixels)
}

fn are_alike(name: &str, a: &[u8], b: &[u8]) -> bool {
    if Path::new(name).extension().is_none_or(|ending| ending != "png") {
        return a == b;
    }
    let [(size, a), (other, b)] = [a, b].map(pixels);
    size == other && a.iter().zip(&b).all(|(a, b)| a.abs_diff(*b) <= ALIKE)
}

#[test]
fn every_picture_of_the_gallery_is_what_its_command_draws() {
    let text = fs::read_to_string(docs().join("gallery.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let writes = std::env::var("SAMSCOPE_GALLERY").is_ok_and(|said| said == "write");
    let mut old = Vec::new();
    let mut count = 0;
    for command in text.lines().filter_map(|line| line.strip_prefix("samscope ")) {
        let words = words(command);
        let name = words.last().unwrap();
        assert!(text.contains(&format!("(gallery/{name})")), "{name} is shown");
        let out = Command::new(env!("CARGO_BIN_EXE_samscope"))
            .args(&words)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(out.status.success(), "{command}: {}", String::from_utf8_lossy(&out.stderr));
        let drawn = fs::read(folder.path().join(name)).unwrap();
        let place = docs().join("gallery").join(name);
        if writes {
            fs::write(&place, &drawn).unwrap();
        }
        let there = fs::read(&place).unwrap_or_default();
        if there.is_empty() || !are_alike(name, &there, &drawn) {
            old.push(name.clone());
        }
        count += 1;
    }
    assert!(count >= 10, "{count} figures");
    assert!(
        old.is_empty(),
        "out of date: {}; SAMSCOPE_GALLERY=write cargo test --test integration gallery",
        old.join(", ")
    );
}
