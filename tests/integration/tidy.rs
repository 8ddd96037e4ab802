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

/// The code of a source without its comments and its tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a source");
    if path.ends_with("tests.rs") {
        return String::new();
    }
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn imports_name_their_layer() {
    for path in sources(&root().join("src")) {
        let code = code(&path);
        for line in ["use crate::{", "use crate::*"] {
            assert!(
                !code.contains(line),
                "{} says {line}: no test sees what it uses",
                path.display()
            );
        }
    }
}

#[test]
fn no_file_has_a_second_idea() {
    for path in sources(&root().join("src")) {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= 400, "{} has {lines} lines", path.display());
    }
}

/// The modules of a layer that lie beside each other, each with those of them that it names.
fn neighbours(layer: &Path, name: &str) -> Vec<(String, Vec<String>)> {
    let top = |path: &Path| {
        let inside = path.strip_prefix(layer).ok()?.components().next()?;
        let first = Path::new(&inside).file_stem()?.to_str()?.to_owned();
        (first != "mod").then_some(first)
    };
    let files = sources(layer);
    let mut modules: Vec<String> = files.iter().filter_map(|path| top(path)).collect();
    modules.dedup();
    let uses = |module: &String| {
        let own = files.iter().filter(|path| top(path).as_ref() == Some(module));
        let text: String = own.map(|path| code(path)).collect();
        let named = |other: &&String| {
            *other != module
                && [format!("crate::{name}::{other}::"), format!("use super::{other}::")]
                    .iter()
                    .any(|path| text.contains(path.as_str()))
        };
        modules.iter().filter(named).cloned().collect()
    };
    modules.iter().map(|module| (module.clone(), uses(module))).collect()
}

#[test]
fn modules_of_a_layer_do_not_use_each_other_in_a_circle() {
    for layer in layers() {
        let folder = root().join("src").join(&layer);
        if !folder.is_dir() {
            continue;
        }
        let modules = neighbours(&folder, &layer);
        for (module, uses) in &modules {
            for other in uses {
                let back = modules.iter().any(|(name, its)| name == other && its.contains(module));
                assert!(!back, "{layer}: {module} and {other} use each other");
            }
        }
    }
}

#[test]
fn every_dependency_is_used() {
    let manifest: toml::Table =
        toml::from_str(&fs::read_to_string(root().join("Cargo.toml")).unwrap()).unwrap();
    let everything = |folders: &[&str]| -> String {
        let files = folders.iter().flat_map(|folder| sources(&root().join(folder)));
        files.map(|path| fs::read_to_string(path).unwrap()).collect()
    };
    let (program, tests) =
        (everything(&["src"]), everything(&["src", "tests", "benches", "examples"]));
    for (table, text) in [("dependencies", &program), ("dev-dependencies", &tests)] {
        for name in manifest[table].as_table().unwrap().keys() {
            let said = name.replace('-', "_");
            assert!(text.contains(&format!("{said}::")), "{name} is in [{table}] and used nowhere");
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
        for path in sources(&folder) {
            // A part of a family may be a family of its own, in a folder of its own.
            let lists = [folder.join("mod.rs"), path.with_file_name("mod.rs")];
            let index = lists.map(|list| fs::read_to_string(list).unwrap()).concat();
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
