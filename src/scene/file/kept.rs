//! A scene written over a file that a person wrote: comments, order and spelling stay where nothing changed.
//!
//! Values that are as before stay as they are typed; others are changed in their place, with the comment beside them. What
//! the file leaves out stays left out as long as it means the same.

use toml::Value;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

use super::{read, write};
use crate::scene::Scene;

/// Turns after which a file that still means something else is written anew.
const TURNS: usize = 4;

/// `old` with `scene` in it; the scene alone where `old` is no scene file, or cannot be brought to mean it.
#[must_use]
pub fn kept(old: &str, scene: &Scene) -> String {
    let whole = write(scene);
    edited(old, &whole, scene).unwrap_or(whole)
}

fn edited(old: &str, whole: &str, scene: &Scene) -> Option<String> {
    let means = |text: &str| read(text).is_ok_and(|found| found == *scene);
    if means(old) {
        return Some(old.to_owned());
    }
    let mut document: DocumentMut = old.parse().ok()?;
    let wanted: DocumentMut = whole.parse().ok()?;
    let wanted_plain: toml::Table = toml::from_str(whole).ok()?;
    bring(document.as_table_mut(), wanted.as_table(), &toml::from_str(old).ok()?, &wanted_plain);
    for _ in 0..TURNS {
        let text = document.to_string();
        if means(&text) {
            return Some(text);
        }
        // What is not said yet and means something else when it is left out.
        let now = read(&text).ok().map(|found| write(&found));
        let now: toml::Table = now.and_then(|now| toml::from_str(&now).ok()).unwrap_or_default();
        for (key, value) in &wanted_plain {
            let is_said = document.contains_key(key);
            if !is_said && now.get(key).is_none_or(|now| !is_same(now, value)) {
                document.insert(key, wanted.get(key)?.clone());
            }
        }
    }
    None
}

/// Makes a table say what `wanted` says of the keys that it has; keys that `wanted` has not are taken out.
fn bring(table: &mut Table, wanted: &Table, old: &toml::Table, new: &toml::Table) {
    let keys: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
    for key in keys {
        let (Some(before), Some(now)) = (old.get(&key), new.get(key.trim())) else {
            table.remove(&key);
            continue;
        };
        if is_same(before, now) {
            continue;
        }
        let Some(item) = wanted.get(key.trim()) else { continue };
        match (table.get_mut(&key), item) {
            (Some(Item::ArrayOfTables(runs)), Item::ArrayOfTables(wanted)) => {
                bring_runs(runs, wanted, before, now);
            }
            (Some(Item::Value(value)), Item::Value(wanted)) => {
                let decor = value.decor().clone();
                *value = wanted.clone();
                *value.decor_mut() = decor;
            }
            (Some(other), item) => *other = item.clone(),
            (None, _) => {}
        }
    }
}

/// The same for every run of a list; runs at the end come and go.
fn bring_runs(runs: &mut ArrayOfTables, wanted: &ArrayOfTables, old: &Value, new: &Value) {
    let plain = |value: &Value, k: usize| value.get(k).and_then(Value::as_table).cloned();
    while runs.len() > wanted.len() {
        runs.remove(runs.len() - 1);
    }
    for k in 0..wanted.len() {
        let Some(table) = wanted.get(k) else { continue };
        match (runs.get_mut(k), plain(old, k), plain(new, k)) {
            (Some(run), Some(old), Some(new)) => {
                bring(run, table, &old, &new);
                // The name of a run that has none in the file follows from its place.
                let numbered = format!("run{}", k + 1);
                let follows = |key: &str, item: &Item| {
                    key == "name" && item.as_str() == Some(numbered.as_str())
                };
                for (key, item) in table {
                    if !run.contains_key(key) && !follows(key, item) {
                        run.insert(key, item.clone());
                    }
                }
            }
            _ => runs.push(table.clone()),
        }
    }
}

/// Whether two values are read as the same.
fn is_same(a: &Value, b: &Value) -> bool {
    let number = |value: &Value| match value {
        Value::Float(number) => Some(*number),
        Value::Integer(number) => Some(*number as f64),
        Value::String(text) => text.trim().parse::<f64>().ok(),
        Value::Boolean(_) | Value::Datetime(_) | Value::Array(_) | Value::Table(_) => None,
    };
    match (number(a), number(b)) {
        (Some(a), Some(b)) => a.total_cmp(&b).is_eq(),
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::builtin;
    use crate::scene::keys::{Edit, apply};
    use proptest::prelude::*;

    const MINE: &str = "# My scene, for Monday.
format = 2
data = \"clique_and_crowd\" # as in the paper
rho = 1e-1   # small
steps = 50

# Three balls.
[[run]]
ascent = \"none\"

[[run]] # the usual one

[[run]]
name = \"square\"
p = inf # the corners
rho = 0.07
";

    fn set(scene: &Scene, key: &str, value: &str) -> Scene {
        let mut scene = scene.clone();
        let edit = Edit { key: key.to_owned(), value: value.to_owned() };
        apply(&mut scene, &[edit]).unwrap();
        scene
    }

    #[test]
    fn comments_and_spelling_stay_where_nothing_changed() {
        let scene = read(MINE).unwrap();
        assert_eq!(kept(MINE, &scene), MINE, "nothing changed");
        let text = kept(MINE, &set(&scene, "steps", "60"));
        assert_eq!(text, MINE.replace("steps = 50", "steps = 60"));
        let text = kept(MINE, &set(&scene, "rho", "0.2"));
        assert!(text.contains("rho = 0.2   # small") && text.contains("# Three balls."), "{text}");
        let text = kept(MINE, &set(&scene, "seed", "7"));
        assert!(text.contains("seed = 7") && text.contains("rho = 1e-1   # small"), "{text}");
        let text = kept(MINE, &set(&scene, "landscape", "himmelblau"));
        assert!(!text.contains("data =") && text.contains("# My scene, for Monday."), "{text}");
        assert!(text.contains("p = inf # the corners"), "{text}");
    }

    #[test]
    fn what_is_no_scene_is_written_anew() {
        let scene = builtin::opening();
        for old in ["", "not toml [", "[[run]]\nrho = \"x\"\n"] {
            assert_eq!(read(&kept(old, &scene)).unwrap(), scene, "{old}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_changed_the_file_means_the_scene(
            from in 0usize..11,
            to in 0usize..11,
            rho in 0.0f64..1.0,
            every in 2usize..6,
        ) {
            let names: Vec<&str> = builtin::names().collect();
            let scene = |k: usize| builtin::find(names[k % names.len()]).unwrap();
            let old: String = write(&scene(from))
                .lines()
                .enumerate()
                .map(|(k, line)| {
                    let is_plain = k % every == 0 && !line.contains("\"\"\"") && line.contains(" = ");
                    if is_plain { format!("{line} # c{k}\n") } else { format!("{line}\n") }
                })
                .collect();
            prop_assume!(read(&old).is_ok());
            let changed = set(&scene(to), "rho", &rho.to_string());
            let text = kept(&old, &changed);
            prop_assert_eq!(read(&text).unwrap(), changed, "{}", text);
        }
    }
}
