//! What the compiler cannot check: layers point down, and every member of a family is listed.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<_> = fs::read_dir(folder)
        .expect("a folder of sources")
        .map(|entry| entry.expect("its entry").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// The layers in the order in which `lib.rs` declares them.
fn layers() -> Vec<String> {
    let lib = fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs");
    lib.lines()
        .filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

/// The layers that a source names as `crate::layer`.
fn used(text: &str) -> Vec<String> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

#[test]
fn a_layer_uses_only_what_is_declared_above_it() {
    let layers = layers();
    assert!(layers.len() >= 9, "lib.rs declares the layers");
    let place = |name: &str| layers.iter().position(|layer| layer == name);
    for path in sources(&root().join("src")) {
        let inside = path.strip_prefix(root().join("src")).unwrap();
        let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
        let Some(own) = place(first.trim_end_matches(".rs")) else { continue };
        for name in used(&fs::read_to_string(&path).unwrap()) {
            let Some(other) = place(&name) else { continue };
            assert!(other <= own, "{} uses {name}, which is declared below it", inside.display());
        }
    }
}

#[test]
fn only_the_window_knows_egui() {
    for path in sources(&root().join("src")) {
        let inside = path.strip_prefix(root().join("src")).unwrap();
        if inside.starts_with("app") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let code: String =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        assert!(
            !code.contains("egui::") && !code.contains("eframe::"),
            "{} knows egui",
            inside.display()
        );
    }
}

#[test]
fn every_member_of_a_family_is_listed() {
    for family in [
        "problem/landscapes",
        "problem/datasets",
        "problem/models",
        "problem/losses",
        "optim/base",
        "optim/ascent",
        "analysis/slices",
    ] {
        let folder = root().join("src").join(family);
        let index = fs::read_to_string(folder.join("mod.rs")).unwrap();
        for path in sources(&folder) {
            let text = fs::read_to_string(&path).unwrap();
            let name = path.file_stem().unwrap().to_str().unwrap();
            if text.contains("static ENTRY") && name != "mod" {
                assert!(
                    index.contains(&format!("&{name}::ENTRY")),
                    "{family}/{name}.rs is not listed"
                );
            }
        }
    }
}
