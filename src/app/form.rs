//! What is asked when something is saved or opened, as far as it is typed.

use std::path::{Path, PathBuf};

use super::files::{Image, Kind};

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// What is saved, or opened.
    pub kind: Kind,
    /// The path as it is typed.
    pub path: String,
    /// Pixels a point, for pictures.
    pub scale: u8,
    /// The colours of a figure.
    pub paper: Paper,
    /// Steps between a frame of a film and the next.
    pub stride: usize,
    /// Why the last try failed; empty while none has.
    pub trouble: String,
    /// Whether it was shown already: the first time, the path takes the keyboard.
    pub shown: bool,
}

/// The colours of a figure that is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// Those of the window.
    AsShown,
    /// White ground, for print.
    White,
}

impl Form {
    /// Asks for a file of `kind`, in the folder of `last` or in the one the program was started in.
    #[must_use]
    pub fn new(kind: Kind, last: Option<&Path>) -> Self {
        let name = match kind {
            Kind::Figure(Image::Gif | Image::Apng) => "film",
            Kind::Figure(_) => "figure",
            Kind::Table => "steps",
            Kind::Window => "window",
            Kind::Scene | Kind::OpenScene => "scene",
            Kind::OpenLesson => "lesson",
        };
        let folder = last
            .and_then(Path::parent)
            .map(Path::to_path_buf)
            .or_else(|| std::env::current_dir().ok())
            .unwrap_or_default();
        let path = folder.join(format!("{name}.{}", kind.extension()));
        Self {
            kind,
            path: path.display().to_string(),
            scale: 2,
            paper: Paper::AsShown,
            stride: 1,
            trouble: String::new(),
            shown: false,
        }
    }

    /// The path as a path.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        PathBuf::from(self.path.trim())
    }

    /// The same path for the other kind of picture.
    pub fn switch(&mut self, image: Image) {
        self.kind = Kind::Figure(image);
        self.path = self.file().with_extension(self.kind.extension()).display().to_string();
    }
}
