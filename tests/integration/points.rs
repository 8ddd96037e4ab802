//! Points of one's own: a CSV file in place of a scene or as a key of one; what it says is in the scene from then on.

use std::fs;

use samscope::origin;
use samscope::problem::datasets::{OWN_ID, POINTS};
use samscope::scene::{Subject, file};

use super::program::{done, refused};

const LABELLED: &str =
    "x;y;kind\n-1,5;-1;cat\n-1;-0,5;cat\n-0,5;-1,2;cat\n1;0,5;dog\n1,2;1;dog\n0,4;1,1;dog\n";
const PAIRS: &str = "x,y\n-1,-0.9\n-0.5,-0.4\n0,0.1\n0.5,0.6\n1,0.9\n";

#[test]
fn a_table_is_opened_as_a_scene_and_its_points_stay_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for (name, table) in [("animals.csv", LABELLED), ("pairs.csv", PAIRS)] {
        fs::write(at.join(name), table).unwrap();
        let small = ["--set", "steps=20"];
        let summary = done(at, &[&["run", name], &small[..], &["--summary"]].concat());
        let set = format!("data_file={name}");
        let by_key = [&["run", "--set", &set], &small[..], &["--summary"]].concat();
        assert_eq!(done(at, &by_key), summary, "{name}");
        let draw = [&["render", name], &small[..], &["--size", "900x600", "-o", "a.svg"]].concat();
        done(at, &draw);
        let drawing = fs::read_to_string(at.join("a.svg")).unwrap();
        assert!(drawing.contains(&format!("data {name}")), "the foot says where they are from");
        // The picture needs the table no more.
        fs::remove_file(at.join(name)).unwrap();
        assert_eq!(done(at, &["run", "a.svg", "--summary"]), summary, "{name}");
        let scene = origin::open(&at.join("a.svg")).unwrap().scene;
        let Subject::Fit(fit) = &scene.subject else { panic!("{name}: no data") };
        assert_eq!(fit.data.id(), OWN_ID);
        let written = file::write(&scene);
        assert!(written.contains(POINTS) && !written.contains("\ndata ="), "{written}");
        assert_eq!(file::read(&written).unwrap(), scene);
    }
}

#[test]
fn a_scene_names_a_table_beside_it_and_can_hold_it_to_its_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir(at.join("in")).unwrap();
    fs::write(at.join("in/pairs.csv"), PAIRS).unwrap();
    let scene = "data_file = \"pairs.csv\"\nsteps = 10\n";
    fs::write(at.join("in/scene.toml"), scene).unwrap();
    done(at, &["run", "in/scene.toml", "--summary"]);
    fs::write(at.join("in/held.toml"), format!("{scene}data_digest = \"?\"\n")).unwrap();
    let said = refused(at, &["run", "in/held.toml", "--summary"]);
    let digest = &said[said.find("its digest is ").unwrap() + 14..][..16];
    fs::write(at.join("in/held.toml"), format!("{scene}data_digest = \"{digest}\"\n")).unwrap();
    done(at, &["run", "in/held.toml", "--summary"]);
    fs::write(at.join("in/pairs.csv"), PAIRS.replace("0.6", "0.7")).unwrap();
    assert!(refused(at, &["run", "in/held.toml", "--summary"]).contains("was changed"));
}

#[test]
fn what_is_no_table_and_what_excludes_it_is_said_in_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("a.csv"), LABELLED).unwrap();
    fs::write(at.join("nan.csv"), "1,2\n3,NaN\n").unwrap();
    fs::write(at.join("ragged.csv"), "1,2\n3,4\n5\n").unwrap();
    fs::write(at.join("latin.csv"), b"1,2,gr\xfcn\n3,4,rot\n").unwrap();
    let wide: Vec<u8> = LABELLED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(at.join("wide.csv"), [&[0xff, 0xfe], &wide[..]].concat()).unwrap();
    for (set, wanted) in [
        (&["data_file=a.csv", "landscape=quadratic"][..], "exclude each other"),
        (&["data_file=a.csv", "formula=x^2"], "exclude each other"),
        (&["data_file=a.csv", "data=moons"], "exclude each other"),
        (&["data_file=a.csv", "data_points=1,2"], "exclude each other"),
        (&["data_file=none.csv"], "there is no such file"),
        (&["data_file=."], "it is a folder"),
        (&["data_file=nan.csv"], "line 2: column 2 = \"NaN\""),
        (&["data_file=ragged.csv"], "line 3 has 1 columns where others have 2"),
        (&["data_file=latin.csv"], "line 1 has letters that are not UTF-8"),
        (&["data_file=wide.csv"], "UTF-16"),
        (&["data_file=a.csv", "data_x=z"], "there are x, y, kind"),
        (&["data_file=a.csv", "data_label=none", "data_task=classification"], "no labels"),
        (&["data_file=a.csv", "data_separator=|"], "use comma, semicolon, tab or space"),
        (&["data_x=1"], "say data_file"),
        (&["data_task=regression"], "points of your own"),
        (&["data_file=a.csv", "model=line"], "does not fit"),
    ] {
        let said: Vec<&str> = set.iter().flat_map(|set| ["--set", set]).collect();
        let said = refused(at, &[&["run", "--summary"], &said[..]].concat());
        assert!(said.contains(wanted), "{set:?}: {said}");
    }
    // A picture, or a word that was pasted, reads no files.
    let word = "samscope = \"0.1.0\"\nscene = \"data_file = 'a.csv'\"";
    let why = origin::Origin::read(word).unwrap_err().to_string();
    assert!(why.contains("data_points"), "{why}");
}

#[test]
fn nothing_is_written_over_the_points_that_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("mine.csv"), PAIRS).unwrap();
    fs::write(at.join("mine.toml"), "format = 2\ndata_file = \"mine.csv\"\nsteps = 3\n").unwrap();
    for words in [
        &["run", "--set", "data_file=mine.csv", "--set", "steps=3", "-o", "mine.csv"][..],
        &["run", "mine.toml", "-o", "mine.csv"],
        &["run", "mine.csv", "-o", "mine.csv"],
    ] {
        assert!(refused(at, words).contains("being read"), "{words:?}");
        assert_eq!(fs::read_to_string(at.join("mine.csv")).unwrap(), PAIRS, "{words:?}");
    }
}
