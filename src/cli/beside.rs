//! What `samscope render --latex` writes beside a figure: the text that sets it, and the works that it cites.

use std::fs;
use std::path::{Path, PathBuf};

use super::laid::Purpose;
use super::{Refusal, say};
use crate::cite::companion::{self, MARK, Setting};
use crate::export::file::{Held, Target};
use crate::export::page::{MILLIMETRES, POINTS};
use crate::figure::panels::Layout;
use crate::figure::picture::Picture;
use crate::typed::{echo, echo_path};

/// A figure that cannot be set by LaTeX from a file beside it.
#[derive(Debug, thiserror::Error)]
pub enum CannotSet {
    /// It goes to no file.
    #[error("--latex writes two files beside the figure, so it needs a file: say -o figure.pdf")]
    NoFile,
    /// LaTeX reads no SVG.
    #[error(
        "LaTeX includes PDF and PNG, and no SVG by itself; name the figure so that it ends in .pdf"
    )]
    Svg,
    /// A name that LaTeX takes for something else.
    #[error(
        "LaTeX does not read \"{0}\" as the name of a file; use letters, digits, - and . in it"
    )]
    Name(String),
    /// A file of the user's own.
    #[error("{} is there and samscope did not write it, so it is left; choose another name for the figure", echo_path(.0))]
    NotOurs(PathBuf),
}

/// The files beside a figure.
pub(super) struct Beside {
    figure: Target,
    file: String,
    stem: String,
    tex: Target,
    bib: Target,
}

impl Beside {
    /// Those of a figure that goes to `target`.
    pub(super) fn of(target: &Target) -> Result<Self, CannotSet> {
        let path = target.path().ok_or(CannotSet::NoFile)?;
        let name = |part: Option<&std::ffi::OsStr>| -> Result<String, CannotSet> {
            let part = part.unwrap_or_default().to_string_lossy().into_owned();
            let fits = |c: char| c.is_ascii_alphanumeric() || ['-', '_', '.', '+'].contains(&c);
            if part.chars().all(fits) { Ok(part) } else { Err(CannotSet::Name(echo(&part))) }
        };
        let (file, stem) = (name(path.file_name())?, name(path.file_stem())?);
        let beside = |ending: &str| -> Result<Target, CannotSet> {
            let path = path.with_file_name(format!("{stem}.{ending}"));
            if is_somebodys(&path) { Err(CannotSet::NotOurs(path)) } else { Ok(Target::Path(path)) }
        };
        let (tex, bib) = (beside("tex")?, beside("bib")?);
        Ok(Self { figure: target.clone(), file, stem, tex, bib })
    }

    /// Where they go.
    pub(super) fn targets(&self) -> [&Target; 2] {
        [&self.tex, &self.bib]
    }

    /// Writes them and the figure of `picture`, all or none; `width` is its own in points of the page.
    pub(super) fn save(
        &self,
        picture: &Picture<'_>,
        figure: &[u8],
        width: f64,
        (purpose, layout): (Option<Purpose>, Layout),
    ) -> Result<(), Refusal> {
        /// A page of A4 is no wider, in millimetres.
        const PAPER: f64 = 210.0;
        let width = width * MILLIMETRES / POINTS;
        if width > PAPER {
            say(&format!(
                "the figure is {width:.0} mm wide, more than a page; --layout column is 85 mm, --width-mm says another width"
            ));
        }
        let is_wide = purpose == Some(Purpose::TwoColumns);
        let setting = Setting { file: &self.file, stem: &self.stem, width, is_wide, layout };
        let held = [
            Held::new(&self.figure, figure)?,
            Held::new(&self.tex, setting.tex(picture).as_bytes())?,
            Held::new(&self.bib, companion::bib(picture.asked).as_bytes())?,
        ];
        Ok(held.into_iter().try_for_each(Held::commit)?)
    }
}

/// Whether something is at `path` that an earlier figure did not leave there.
pub(super) fn is_somebodys(path: &Path) -> bool {
    match fs::read(path) {
        Ok(bytes) => !bytes.starts_with(MARK.as_bytes()),
        // Nothing is there, or what cannot be read, which is told when it is written.
        Err(_) => path.is_dir(),
    }
}
