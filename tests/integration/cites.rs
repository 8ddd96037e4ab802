//! Whose work it is: every source that the program names is a work of the bibliography, every work is named by something, and
//! a figure goes into LaTeX with what it cites.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use samscope::analysis::{grounds, slices};
use samscope::bibliography::{self, named};
use samscope::catalog::Catalog;
use samscope::optim::ascent::{self, direction, radius, step};
use samscope::optim::{base, mistake, schedule};
use samscope::problem::{datasets, landscapes, losses, models};
use samscope::{cite, glossary, paper};

use super::program::{done, refused, remarked, run};

/// The members of every family with their sources.
fn sources() -> Vec<(String, &'static str)> {
    fn of<T: ?Sized>(catalog: &Catalog<T>) -> Vec<(String, &'static str)> {
        let said = |id: &str| format!("{} {id}", catalog.family);
        catalog.entries.iter().map(|entry| (said(entry.id), entry.source)).collect()
    }
    let mut all = [
        of(&landscapes::ALL),
        of(&datasets::ALL),
        of(&models::ALL),
        of(&losses::ALL),
        of(&base::ALL),
        of(&ascent::ALL),
        of(&direction::ALL),
        of(&radius::ALL),
        of(&step::ALL),
        of(&mistake::ALL),
        of(&schedule::ALL),
        of(&slices::ALL),
    ]
    .concat();
    all.extend(grounds::ALL.iter().map(|ground| (format!("ground {}", ground.id), ground.source)));
    all.extend(glossary::all().iter().map(|term| (format!("term {}", term.id), &*term.source)));
    all
}

#[test]
fn every_source_that_is_named_is_a_work_and_every_work_is_named() {
    let mut used = BTreeSet::new();
    for (whose, source) in sources() {
        let works = named(source).unwrap_or_else(|slip| panic!("{whose}: {slip}"));
        assert!(!works.is_empty() || ["", "—", "samscope"].contains(&source), "{whose}: {source}");
        used.extend(works.iter().map(|work| work.key.as_str()));
    }
    for (_, paper) in paper::builtin::all() {
        used.extend(cite::by_arxiv(&paper.source).map(|work| work.key.as_str()));
    }
    let idle: Vec<&str> = bibliography::all()
        .iter()
        .map(|it| it.key.as_str())
        .filter(|key| !used.contains(key))
        .collect();
    // Of laws, whose rows are no part of a scene.
    assert_eq!(idle, ["cohen2022adaptive"]);
}

#[test]
fn every_base_and_every_ascent_that_was_published_has_a_source() {
    for entry in base::ALL.entries {
        assert!(!named(entry.source).unwrap().is_empty(), "{}", entry.id);
    }
    let folklore = ["none", "random_ball", "composed"];
    for entry in ascent::ALL.entries {
        let is_published = !named(entry.source).unwrap().is_empty();
        assert_eq!(is_published, !folklore.contains(&entry.id), "{}", entry.id);
    }
}

/// The keys of a list.
fn keys(list: &[u8]) -> Vec<String> {
    let text = String::from_utf8(list.to_vec()).unwrap();
    let heads = text.lines().filter(|line| line.starts_with('@'));
    heads.map(|head| head.split(['{', ',']).nth(1).unwrap().to_owned()).collect()
}

#[test]
fn a_scene_is_cited_from_wherever_it_comes() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let named = done(folder, &["cite", "rosenbrock"]);
    assert!(keys(&named).contains(&"rosenbrock1960automatic".to_owned()), "{:?}", keys(&named));
    done(folder, &["render", "rosenbrock", "--size", "480x320", "-o", "r.png"]);
    assert_eq!(done(folder, &["cite", "r.png"]), named);
    let word = String::from_utf8(done(folder, &["share", "rosenbrock"])).unwrap();
    assert_eq!(done(folder, &["cite", word.trim()]), named);
    done(folder, &["cite", "rosenbrock", "-o", "r.bib"]);
    // The file says whose it is, so that it may be written anew; one of somebody's own is left.
    let list = fs::read(folder.join("r.bib")).unwrap();
    assert!(list.starts_with(b"% Written by samscope ") && list.ends_with(&named));
    done(folder, &["cite", "bounce", "-o", "r.bib"]);
    fs::write(folder.join("mine.bib"), "@book{a,\n}\n").unwrap();
    let told = refused(folder, &["cite", "rosenbrock", "-o", "mine.bib"]);
    assert!(told.contains("mine.bib") && told.contains("did not write it"), "{told}");
    assert_eq!(fs::read(folder.join("mine.bib")).unwrap(), b"@book{a,\n}\n");
    fs::write(folder.join("own.csv"), "x,y\n1,2\n2,3\n3,5\n").unwrap();
    let own = keys(&done(folder, &["cite", "own.csv", "--run", "ascent=none"]));
    assert_eq!(own[0], "samscope");
    assert!(!own.contains(&"foret2021sharpness".to_owned()), "{own:?}");
    let both = keys(&done(folder, &["cite", "r.png", "bounce"]));
    assert!(both[1..].is_sorted() && both.contains(&"bartlett2023dynamics".to_owned()), "{both:?}");
    let told = refused(folder, &["cite", "rosenbrok"]);
    assert!(
        told.contains("there is no scene") && told.contains("did you mean rosenbrock?"),
        "{told}"
    );
    let beale = keys(&done(folder, &["cite", "beale"]));
    assert!(beale.contains(&"beale1958iterative".to_owned()), "a landscape by its name: {beale:?}");
    assert!(refused(folder, &["cite", "qqq"]).contains("every landscape and dataset"));
    assert!(refused(folder, &["cite", "-o", "list.txt"]).contains(".bib"));
}

fn written(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn a_figure_for_latex_brings_its_caption_and_what_the_caption_cites() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    done(folder, &["render", "bounce", "--layout", "column", "--latex", "-o", "fig.pdf"]);
    let (tex, bib) = (written(folder, "fig.tex"), written(folder, "fig.bib"));
    assert!(tex.contains("\\includegraphics[width=85.0mm]{fig.pdf}"), "{tex}");
    assert!(tex.contains("\\label{fig:fig}") && tex.contains("\\begin{figure}"), "{tex}");
    // What is said of a run is what its own summary says.
    let summary = String::from_utf8(done(folder, &["run", "bounce", "--summary"])).unwrap();
    let sam = summary.lines().find(|line| line.starts_with("sam,")).unwrap();
    let place =
        summary.lines().next().unwrap().split(',').position(|it| it == "amplitude").unwrap();
    let amplitude: f64 = sam.split(',').nth(place).unwrap().parse().unwrap();
    assert!(
        tex.contains(&format!("amplitude {}", amplitude.to_string().split_at(4).0)),
        "{amplitude}: {tex}"
    );
    // Everything that is cited is listed, and everything that is listed is cited.
    let cited: BTreeSet<String> = tex
        .split("\\cite{")
        .skip(1)
        .flat_map(|rest| rest.split('}').next().unwrap().split(',').map(str::to_owned))
        .collect();
    assert_eq!(cited, keys(bib.as_bytes()).into_iter().collect());
    // Once more, over what it wrote itself, to the same bytes.
    done(folder, &["render", "bounce", "--layout", "column", "--latex", "-o", "fig.pdf"]);
    assert_eq!((written(folder, "fig.tex"), written(folder, "fig.bib")), (tex, bib));
}

#[test]
fn words_for_latex_leave_nobodys_file_behind_and_none_where_they_fail() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("paper.tex"), "\\documentclass{article}").unwrap();
    let render = |output: &str| {
        let said =
            refused(folder, &["render", "bounce", "--latex", "--size", "480x320", "-o", output]);
        assert_eq!(fs::read_dir(folder).unwrap().count(), 1, "{output}");
        said
    };
    assert!(render("paper.pdf").contains("samscope did not write it"));
    assert_eq!(written(folder, "paper.tex"), "\\documentclass{article}");
    assert!(render("a.svg").contains("no SVG"));
    assert!(render("-").contains("which format") || render("-").contains("needs a file"));
    assert!(render("50%.pdf").contains("50%"));
    let wide = remarked(folder, &["render", "bounce", "--latex", "-o", "wide.pdf"]);
    assert!(wide.contains("452 mm wide") && wide.contains("--layout column"), "{wide}");
    let numbers =
        run(folder, &["render", "bounce", "--latex", "--numbers", "field", "-o", "a.csv"]);
    assert!(!numbers.status.success());
}

#[test]
fn a_title_of_ones_own_stays_text_in_the_caption() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let scene = "title = \"100 % of_my {work} \\\\input{x} λ_max ≤ 2/η\"\nlandscape = \"quadratic\"\nsteps = 9\n";
    fs::write(folder.join("own.toml"), scene).unwrap();
    let words = ["render", "own.toml", "--layout", "column", "--latex", "-o", "own.pdf"];
    done(folder, &words);
    let tex = written(folder, "own.tex");
    let title =
        "100 \\% of\\_my \\{work\\} \\textbackslash{}input\\{x\\} $\\lambda_{\\max} \\le 2/\\eta$";
    assert!(tex.contains(&format!("\\caption[{{{title}}}]")), "{tex}");
}

#[test]
fn the_numbers_of_the_charts_are_those_of_the_runs() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let scene = "landscape = \"quadratic\"\neta = 0.05\nrho = 0.1\nsteps = 12\n";
    fs::write(folder.join("s.toml"), scene).unwrap();
    let words = ["render", "s.toml", "--numbers", "charts", "--sharpness", "lambda_max", "-o", "-"];
    let table = String::from_utf8(done(folder, &words)).unwrap();
    let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[0], ["chart", "run", "line", "x", "value"]);
    let of = |chart: &str, run: &str, line: &str| -> Vec<(&str, &str)> {
        let mine = rows.iter().filter(|row| row[..3] == [chart, run, line]);
        mine.map(|row| (row[3], row[4])).collect()
    };
    let steps = String::from_utf8(done(folder, &["run", "s.toml"])).unwrap();
    for run in ["base", "sam"] {
        let own = steps.lines().filter(|line| line.starts_with(&format!("{run},")));
        let losses: Vec<(&str, &str)> = own
            .map(|line| {
                let cells: Vec<&str> = line.split(',').collect();
                (cells[1], cells[3])
            })
            .collect();
        assert_eq!(of("loss", run, "loss"), losses, "{run}");
        assert_eq!(of("lambda_max", run, "lambda_max").len(), 13, "{run}");
    }
    let edge = of("lambda_max", "base", "edge");
    assert!(
        edge.iter().all(|(_, value)| value.parse::<f64>().unwrap().to_bits() == 40f64.to_bits()),
        "{edge:?}"
    );
    assert_eq!(of("lambda_max", "sam", "edge").len(), 13);
    for other in ["cut", "spectrum", "profile"] {
        let words = ["render", "s.toml", "--numbers", "charts", "--sharpness", other, "-o", "-"];
        let table = String::from_utf8(done(folder, &words)).unwrap();
        let rows = table.lines().filter(|line| line.starts_with(other)).count();
        assert!(rows >= 4, "{other}: {rows}");
    }
    let silent = remarked(
        folder,
        &[
            "render",
            "s.toml",
            "--run",
            "ascent=none",
            "--numbers",
            "charts",
            "--sharpness",
            "worst_case",
            "-o",
            "c.csv",
        ],
    );
    assert!(silent.contains("no run looks around"), "{silent}");
}

/// What stands between these words and the next closing brace, each time.
fn between<'a>(text: &'a str, words: &str) -> BTreeSet<&'a str> {
    let parts = text.split(words).skip(1).filter_map(|rest| rest.split('}').next());
    parts.flat_map(|keys| keys.split(',')).collect()
}

#[test]
fn the_page_of_the_docs_is_made_by_the_commands_beside_it() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let text = fs::read_to_string(docs.join("figures.md")).unwrap();
    let section = text.split("\n## ").find(|part| part.starts_with("In LaTeX")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let commands: Vec<&str> =
        section.lines().filter_map(|line| line.strip_prefix("samscope ")).collect();
    assert_eq!(commands.len(), 3);
    for command in commands {
        done(folder, &command.split_whitespace().collect::<Vec<_>>());
    }
    let page = fs::read_to_string(docs.join("latex/page.tex")).unwrap();
    let inputs = between(&page, "\\input{");
    assert_eq!(inputs.len(), 2);
    let figures: String =
        inputs.iter().map(|name| written(folder, &format!("{name}.tex"))).collect();
    assert_eq!(between(&page, "\\ref{"), between(&figures, "\\label{"));
    for file in between(&figures, "mm]{") {
        assert!(folder.join(file).is_file(), "{file}");
    }
    let [list] = between(&page, "\\bibliography{").into_iter().collect::<Vec<_>>()[..] else {
        panic!("the page has a list of references")
    };
    let listed = keys(written(folder, &format!("{list}.bib")).as_bytes());
    let cited: BTreeSet<String> =
        between(&figures, "\\cite{").into_iter().map(str::to_owned).collect();
    assert_eq!(cited, listed.into_iter().collect());
}
