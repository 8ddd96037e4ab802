//! Files, devices, pipes and streams: what is written where, and what is left alone. All in scratch folders.

#![cfg(unix)]

use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use samscope::export::file::{self, Target};
use samscope::scene::text;

const PROGRAM: &str = env!("CARGO_BIN_EXE_samscope");

fn scratch() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn samscope(folder: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command.current_dir(folder);
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(name);
    }
    command
}

/// What a shell makes of `words`, in which `samscope` is the program.
fn shell(folder: &Path, words: &str) -> Output {
    let words = words.replace("samscope", PROGRAM);
    Command::new("sh").args(["-c", &words]).current_dir(folder).output().expect("a shell")
}

#[track_caller]
fn ok(output: &Output) {
    assert!(output.status.success(), "{}: {}", output.status, said(output));
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn fifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
}

fn names(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("its entry").file_name().into()).collect()
}

/// The first words of every table.
const HEADER: &str = "run,step,gradients,loss";

#[test]
fn a_device_is_written_into_and_stays_one() {
    let folder = scratch();
    for name in ["null.csv", "full.csv"] {
        symlink(Path::new("/dev").join(&name[..4]), folder.path().join(name)).unwrap();
    }
    ok(&shell(folder.path(), "samscope run --set steps=1 -o /dev/null"));
    ok(&shell(folder.path(), "samscope run --set steps=1 -o null.csv"));
    let full = shell(folder.path(), "samscope run --set steps=1 -o full.csv");
    assert_eq!(full.status.code(), Some(2));
    assert!(said(&full).contains("the disk is full"), "{}", said(&full));
    for device in ["/dev/null", "/dev/full"] {
        assert!(fs::metadata(device).unwrap().file_type().is_char_device());
    }
    assert_eq!(names(folder.path()).len(), 2, "both links are there, and nothing else");
}

#[test]
fn a_fifo_hands_the_table_to_its_reader() {
    let folder = scratch();
    let path = folder.path().join("table.csv");
    fifo(&path);
    let writer = samscope(folder.path())
        .args(["run", "--set", "steps=3", "-o", "table.csv"])
        .spawn()
        .expect("the program starts");
    let table = fs::read_to_string(&path).unwrap();
    ok(&writer.wait_with_output().unwrap());
    assert!(table.starts_with(HEADER) && table.lines().count() == 1 + 2 * 4, "{table}");
    assert!(fs::metadata(&path).unwrap().file_type().is_fifo());
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let folder = scratch();
    let output = shell(folder.path(), "samscope run --set steps=20000 -o - | head -c 100");
    assert_eq!(output.stdout.len(), 100);
    assert_eq!(said(&output), "");
    let path = folder.path().join("table.csv");
    fifo(&path);
    let words = "samscope run --set steps=20000 -o table.csv & head -c 100 table.csv; wait $!";
    let output = shell(folder.path(), words);
    ok(&output);
    assert_eq!(said(&output), "");
}

#[test]
fn a_dash_and_dev_stdout_are_the_standard_output() {
    let folder = scratch();
    for out in ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
        let output = shell(folder.path(), &format!("samscope run --set steps=1 -o {out}"));
        ok(&output);
        assert!(String::from_utf8_lossy(&output.stdout).starts_with(HEADER), "{out}");
        // Opened anew, the file would be written from its start, or replaced under the shell.
        let words = format!(
            "echo before > log; samscope run --set steps=1 -o {out} >> log; echo after >> log"
        );
        ok(&shell(folder.path(), &words));
        let log = fs::read_to_string(folder.path().join("log")).unwrap();
        assert!(log.starts_with("before\nrun,") && log.ends_with("\nafter\n"), "{out}: {log}");
    }
    assert_eq!(names(folder.path()), [Path::new("log")]);
}

#[test]
fn a_descriptor_of_the_shell_is_written_at_its_end() {
    let folder = scratch();
    let words = "exec 3> log; echo before >&3; samscope run --set steps=1 -o /dev/fd/3";
    ok(&shell(folder.path(), words));
    let log = fs::read_to_string(folder.path().join("log")).unwrap();
    assert!(log.starts_with("before\nrun,"), "{log}");
    assert_eq!(names(folder.path()), [Path::new("log")]);
}

#[test]
fn permissions_follow_the_umask_and_stay() {
    let folder = scratch();
    let mode =
        |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o7777;
    for (umask, new) in [("077", 0o600), ("022", 0o644), ("002", 0o664)] {
        let words = format!("umask {umask}; rm -f t.csv; samscope run --set steps=1 -o t.csv");
        ok(&shell(folder.path(), &words));
        assert_eq!(mode("t.csv"), new, "umask {umask}");
    }
    fs::set_permissions(folder.path().join("t.csv"), Permissions::from_mode(0o660)).unwrap();
    ok(&shell(folder.path(), "umask 077; samscope run --set steps=2 -o t.csv"));
    assert_eq!(mode("t.csv"), 0o660);
}

#[test]
fn a_read_only_file_is_refused_before_any_work() {
    let folder = scratch();
    let path = folder.path().join("t.csv");
    fs::write(&path, "kept").unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o444)).unwrap();
    let output = shell(folder.path(), "samscope run -o t.csv");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("read-only"), "{}", said(&output));
    assert_eq!(fs::read(&path).unwrap(), b"kept");
}

#[test]
fn a_link_is_followed_and_stays_a_link() {
    let folder = scratch();
    fs::create_dir(folder.path().join("results")).unwrap();
    let link = folder.path().join("latest.csv");
    symlink("results/today.csv", &link).unwrap();
    for _ in 0..2 {
        ok(&shell(folder.path(), "samscope run --set steps=1 -o latest.csv"));
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        let table = fs::read_to_string(folder.path().join("results/today.csv")).unwrap();
        assert!(table.starts_with(HEADER));
    }
    assert_eq!(names(&folder.path().join("results")), [Path::new("today.csv")]);
}

#[test]
fn a_tilde_is_the_users_folder_where_no_shell_expands_it() {
    let folder = scratch();
    let words = "HOME=\"$PWD\" samscope run --set steps=1 --output='~/t.csv'";
    ok(&shell(folder.path(), words));
    assert_eq!(names(folder.path()), [Path::new("t.csv")]);
}

#[test]
fn names_that_are_not_utf8_are_taken() {
    let folder = scratch();
    let name = OsStr::from_bytes(b"gr\xf6\xdfe.csv");
    let output = samscope(folder.path())
        .args(["run", "--set", "steps=1", "-o"])
        .arg(name)
        .output()
        .expect("the program starts");
    ok(&output);
    assert_eq!(names(folder.path()), [Path::new(name)]);
    assert!(text::read(&folder.path().join(name)).unwrap().starts_with(HEADER));
}

#[test]
fn no_message_names_a_hidden_file() {
    let folder = scratch();
    for words in [
        "samscope run -o missing/t.csv",
        "samscope run -o /proc/t.csv",
        "samscope run -o /dev/full",
        "echo > t.csv; samscope run -o t.csv/t.csv",
    ] {
        let output = shell(folder.path(), words);
        assert_eq!(output.status.code(), Some(2), "{words}: {}", said(&output));
        assert!(!said(&output).contains(".samscope"), "{words}: {}", said(&output));
        assert!(!said(&output).contains("os error"), "{words}: {}", said(&output));
    }
    let output = shell(folder.path(), "samscope run -o t.csv/t.csv");
    assert!(said(&output).contains("t.csv is not a folder"), "{}", said(&output));
    assert!(!said(&output).contains("no folder"), "{}", said(&output));
}

/// Tells the test below that it is the process to be interrupted, and what it writes.
#[cfg(target_os = "linux")]
const HALF: &str = "SAMSCOPE_TEST_HALF";

#[test]
#[cfg(target_os = "linux")]
fn an_interruption_leaves_nothing_and_what_a_kill_leaves_is_removed() {
    if let Some(path) = std::env::var_os(HALF) {
        let mut out = Target::from(Path::new(&path)).create().unwrap();
        out.write_all(&[b'x'; 100_000]).unwrap();
        writeln!(std::io::stdout(), "\nhalf is written").unwrap();
        let _ = std::io::stdin().read(&mut [0]);
        return;
    }
    let folder = scratch();
    let path = folder.path().join("t.csv");
    fs::write(&path, "kept").unwrap();
    for (name, signal) in [("INT", 2), ("TERM", 15), ("HUP", 1), ("KILL", 9)] {
        // Whoever runs the tests may have told us to ignore signals, as a shell does in the background.
        let mut child = Command::new("env")
            .arg("--default-signal")
            .arg(std::env::current_exe().unwrap())
            .args(["--exact", "--nocapture"])
            .arg("handling::an_interruption_leaves_nothing_and_what_a_kill_leaves_is_removed")
            .env(HALF, &path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        // Waiting would close it, and the child would go on before it has seen the signal.
        let _open = child.stdin.take();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap().contains("half is written")));
        assert_eq!(names(folder.path()).len(), 2, "the file and its hidden neighbour");
        let kill = format!("kill -{name} {}", child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().signal(), Some(signal), "{name}");
        let left = if name == "KILL" { 2 } else { 1 };
        assert_eq!(names(folder.path()).len(), left, "{name}");
        assert_eq!(fs::read(&path).unwrap(), b"kept", "{name}");
    }
    file::save(&path, b"new").unwrap();
    assert_eq!(names(folder.path()), [Path::new("t.csv")]);
}

#[test]
fn a_terminal_that_is_gone_or_full_still_gets_an_exit_code() {
    let folder = scratch();
    for stderr in ["2>/dev/full", "2>&-"] {
        let output = shell(folder.path(), &format!("samscope run no_such_scene {stderr}"));
        assert_eq!(output.status.code(), Some(2), "{stderr}");
    }
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let status = samscope(folder.path()).args(["run", "no_such_scene"]).stderr(writer).status();
    assert_eq!(status.unwrap().code(), Some(2));
    let output = shell(folder.path(), "samscope run --set steps=1 >/dev/full");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
}

#[test]
fn without_threads_one_does_the_work() {
    let folder = scratch();
    // A stack that no machine can hold: every thread is refused.
    let words = "samscope render --size 480x320 --set steps=5 -o";
    ok(&shell(folder.path(), &format!("RUST_MIN_STACK=1000000000000000 {words} one.svg")));
    ok(&shell(folder.path(), &format!("{words} many.svg")));
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(read("one.svg"), read("many.svg"));
}

#[test]
fn an_older_picture_stays_where_no_window_can_be_opened() {
    let folder = scratch();
    fs::write(folder.path().join("samscope.png"), "kept").unwrap();
    let output = samscope(folder.path()).args(["--set", "steps=3"]).output().unwrap();
    ok(&output);
    assert!(said(&output).contains("samscope-1.png"), "{}", said(&output));
    assert_eq!(fs::read(folder.path().join("samscope.png")).unwrap(), b"kept");
}

/// Without the window there is no display to ask.
#[cfg(feature = "gui")]
#[test]
fn a_wayland_display_that_does_not_answer_is_named() {
    let folder = scratch();
    for (name, value, expected) in [
        ("WAYLAND_DISPLAY", "wayland-dead", "wayland-dead does not answer"),
        ("WAYLAND_SOCKET", "-1", "WAYLAND_SOCKET=-1 does not answer"),
    ] {
        let output = samscope(folder.path())
            .args(["--set", "steps=3"])
            .env(name, value)
            .env("XDG_RUNTIME_DIR", folder.path())
            .output()
            .unwrap();
        ok(&output);
        assert!(said(&output).contains(expected), "{}", said(&output));
        assert_eq!(said(&output).lines().count(), 1, "{}", said(&output));
    }
}

#[test]
fn what_never_ends_is_no_scene() {
    let folder = scratch();
    let endless = folder.path().join("endless.toml");
    symlink("/dev/zero", &endless).unwrap();
    let message = text::read(&endless).unwrap_err().to_string();
    assert!(message.contains("endless.toml") && message.contains("1 MB"), "{message}");
    let pipe = folder.path().join("pipe.toml");
    fifo(&pipe);
    let writer =
        Command::new("sh").args(["-c", "yes > pipe.toml"]).current_dir(folder.path()).spawn();
    let message = text::read(&pipe).unwrap_err().to_string();
    assert!(message.contains("1 MB"), "{message}");
    // Its reader is gone, so that it ends by itself.
    writer.unwrap().wait().unwrap();
}

#[test]
fn a_fifo_can_hold_a_scene() {
    let folder = scratch();
    let pipe = folder.path().join("pipe.toml");
    fifo(&pipe);
    let words = "echo 'rho = 0.2' > pipe.toml";
    let mut writer =
        Command::new("sh").args(["-c", words]).current_dir(folder.path()).spawn().unwrap();
    assert_eq!(text::read(&pipe).unwrap(), "rho = 0.2\n");
    writer.wait().unwrap();
}

#[test]
fn a_scene_is_recognised_under_every_name() {
    let folder = scratch();
    let scene = folder.path().join("my.toml");
    fs::write(&scene, "rho = 0.1").unwrap();
    symlink("my.toml", folder.path().join("link.toml")).unwrap();
    fs::hard_link(&scene, folder.path().join("twin.toml")).unwrap();
    for name in ["my.toml", "link.toml", "twin.toml"] {
        let path = folder.path().join(name);
        assert!(file::check_apart(&path, &scene).is_err(), "{name}");
    }
}

#[test]
fn a_window_that_cannot_be_looked_at_is_refused_and_never_waited_for() {
    let folder = scratch();
    for (window, expected) in [
        ("-1e308,1e308,-1e308,1e308", "between -1e150 and 1e150"),
        ("-1.7e308,1.7e308,-1,1", "between -1e150 and 1e150"),
        ("1,1,0,1", "smaller edge first"),
        ("1,1.0000000000000002,0,1", "too narrow"),
    ] {
        for words in ["--set window=", "my.toml --set window="] {
            fs::write(folder.path().join("my.toml"), "steps = 3").unwrap();
            let output = shell(folder.path(), &format!("samscope render {words}{window} -o x.svg"));
            assert_eq!(output.status.code(), Some(2), "{window}: {}", said(&output));
            assert!(said(&output).contains(expected), "{window}: {}", said(&output));
        }
    }
    let words = "samscope render --size 480x320 --set steps=3 --set window=";
    for window in ["-1e150,1e150,-1,1", "-1e-150,1e-150,0,1", "1e9,1.001e9,-1e3,1e3"] {
        ok(&shell(folder.path(), &format!("{words}{window} -o x.svg")));
    }
}

#[test]
fn paths_and_windows_narrower_than_rounding_are_drawn() {
    let folder = scratch();
    let text = "data = \"checkerboard\"\nmodel = \"logistic_bias\"\nascent = \"friendly\"\neta = 1e-17\n\
        rho = 1.4112e-40\nslice = \"axes\"\neta_schedule = \"step\"\nrho_schedule = \"step\"\nsecond = 7774.0\n";
    fs::write(folder.path().join("narrow.toml"), text).unwrap();
    ok(&shell(folder.path(), "samscope render narrow.toml -o x.svg"));
    let drawing = fs::read_to_string(folder.path().join("x.svg")).unwrap();
    assert!(!drawing.contains("99999") && !drawing.contains("NaN"), "a coordinate is lost");
}
