//! Which display a window opens on: Wayland where one answers, else X11, as the environment names them.
//!
//! A `WAYLAND_DISPLAY` outlives its compositor in terminal multiplexers, containers and `sudo`, while `DISPLAY` works.
//! winit would try Wayland only, so that each is asked first.

use std::ffi::OsString;

/// What to open a window on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Display {
    /// What winit chooses: Wayland where it is named, else X11, or the platform's only one.
    Usual,
    /// X11, although the environment names a Wayland display: that one does not answer.
    X11,
}

/// Why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Nowhere {
    /// The environment names none.
    Unnamed,
    /// It names one, which does not answer.
    Silent(String),
}

/// The names of the environment that matter here.
const X11: &str = "DISPLAY";
const WAYLAND: &str = "WAYLAND_DISPLAY";
const SOCKET: &str = "WAYLAND_SOCKET";

/// The display of this process.
pub(super) fn display() -> Result<Display, Nowhere> {
    let unix_desktop = cfg!(all(unix, not(target_os = "macos")));
    if !unix_desktop {
        return Ok(Display::Usual);
    }
    choose(|name| std::env::var_os(name).filter(|value| !value.is_empty()), answers)
}

/// What the environment calls the display that is tried, to be said in a message.
pub(super) fn name() -> String {
    let named = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let wayland = if display() == Ok(Display::X11) { None } else { named(WAYLAND) };
    said(wayland.or_else(|| named(X11)).unwrap_or_default())
}

fn said(name: OsString) -> String {
    crate::typed::echo(&name.to_string_lossy())
}

/// Chooses by what is `named` and which Wayland display `answers`.
fn choose(
    named: impl Fn(&str) -> Option<OsString>,
    answers: impl Fn(Wayland) -> bool,
) -> Result<Display, Nowhere> {
    let has_x11 = named(X11).is_some();
    let wayland = match (named(SOCKET), named(WAYLAND)) {
        (Some(socket), _) => {
            (format!("{SOCKET}={}", said(socket.clone())), Wayland::Socket(socket))
        }
        (None, Some(name)) => (said(name.clone()), Wayland::Display(name)),
        (None, None) if has_x11 => return Ok(Display::Usual),
        (None, None) => return Err(Nowhere::Unnamed),
    };
    let (name, wayland) = wayland;
    if answers(wayland) {
        Ok(Display::Usual)
    } else if has_x11 {
        Ok(Display::X11)
    } else {
        Err(Nowhere::Silent(name))
    }
}

/// A Wayland display as it is named.
enum Wayland {
    /// An open socket, by its number.
    Socket(OsString),
    /// A socket's path, in the runtime folder where it is not whole.
    Display(OsString),
}

#[cfg(unix)]
fn answers(wayland: Wayland) -> bool {
    use std::os::unix::net::UnixStream;
    use std::path::Path;
    match wayland {
        Wayland::Socket(number) => {
            // Where the system does not list what is open, winit finds out by itself.
            let open = Path::new("/proc/self/fd");
            let is_number = number.to_str().is_some_and(|number| number.parse::<u16>().is_ok());
            let link = || std::fs::read_link(open.join(&number));
            is_number
                && (!open.is_dir()
                    || link().is_ok_and(|to| to.to_string_lossy().starts_with("socket:")))
        }
        Wayland::Display(name) => {
            let folder = std::env::var_os("XDG_RUNTIME_DIR").unwrap_or_default();
            UnixStream::connect(Path::new(&folder).join(name)).is_ok()
        }
    }
}

#[cfg(not(unix))]
fn answers(wayland: Wayland) -> bool {
    matches!(wayland, Wayland::Socket(_) | Wayland::Display(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The choice where these are `named`, with a Wayland display that `answers` or not.
    fn chosen(named: &[(&str, &str)], answers: fn(Wayland) -> bool) -> Result<Display, Nowhere> {
        let find = |name: &str| {
            named.iter().find(|(other, _)| *other == name).map(|(_, value)| OsString::from(value))
        };
        choose(find, answers)
    }

    const ALIVE: fn(Wayland) -> bool = |_| true;
    const DEAD: fn(Wayland) -> bool = |_| false;

    #[test]
    fn a_wayland_display_that_answers_is_used() {
        assert_eq!(chosen(&[(WAYLAND, "wayland-0"), (X11, ":0")], ALIVE), Ok(Display::Usual));
    }

    #[test]
    fn a_dead_wayland_display_gives_way_to_x11() {
        assert_eq!(chosen(&[(WAYLAND, "wayland-0"), (X11, ":0")], DEAD), Ok(Display::X11));
        assert_eq!(chosen(&[(SOCKET, "99"), (X11, ":0")], DEAD), Ok(Display::X11));
        assert_eq!(chosen(&[(X11, ":0")], DEAD), Ok(Display::Usual));
    }

    #[test]
    fn a_dead_display_without_another_is_named() {
        let dead = chosen(&[(WAYLAND, "wayland-0")], DEAD);
        assert_eq!(dead, Err(Nowhere::Silent("wayland-0".to_owned())));
        let dead = chosen(&[(SOCKET, "x"), (WAYLAND, "wayland-0")], DEAD);
        assert_eq!(dead, Err(Nowhere::Silent("WAYLAND_SOCKET=x".to_owned())));
        assert_eq!(chosen(&[], ALIVE), Err(Nowhere::Unnamed));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn only_an_open_socket_is_a_wayland_socket() {
        use std::os::fd::AsRawFd as _;
        let (one, _other) = std::os::unix::net::UnixStream::pair().unwrap();
        let number = |number: i32| Wayland::Socket(number.to_string().into());
        assert!(answers(number(one.as_raw_fd())));
        assert!(!answers(number(60_000)));
        assert!(!answers(Wayland::Socket("-1".into())));
        assert!(!answers(Wayland::Socket("bad".into())));
    }
}
