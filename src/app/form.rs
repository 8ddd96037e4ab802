//! What is asked when something is saved or opened, as far as it is typed.

use std::path::{Path, PathBuf};

use super::chosen::Chosen;
use super::files::{Image, Kind};
use crate::figure::panels::Maps;

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// What is saved, or opened.
    pub kind: Kind,
    /// The path as it is typed.
    pub path: String,
    /// How a figure is drawn.
    pub figure: Chosen,
    /// The runs that a figure leaves out, by their places.
    pub without: Vec<usize>,
    /// How the others share its maps.
    pub maps: Maps,
    /// Why the last try failed; empty while none has.
    pub trouble: String,
    /// Whether it was shown already: the first time, the path takes the keyboard.
    pub shown: bool,
}

impl Form {
    /// Asks for a file of `kind`, in the folder of `last` or in the one the program was started in.
    #[must_use]
    pub fn new(kind: Kind, last: Option<&Path>, figure: Chosen) -> Self {
        let folder = last
            .and_then(Path::parent)
            .map(Path::to_path_buf)
            .or_else(|| std::env::current_dir().ok())
            .unwrap_or_default();
        let figure = match kind {
            Kind::Figure(image) => Chosen { image, ..figure },
            _ => figure,
        };
        Self {
            kind,
            path: folder.join(name(kind)).display().to_string(),
            figure,
            without: Vec::new(),
            maps: Maps::default(),
            trouble: String::new(),
            shown: false,
        }
    }

    /// The same with the maps of the window.
    #[must_use]
    pub fn with(self, maps: Maps) -> Self {
        Self { maps, ..self }
    }

    /// The path as a path.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        PathBuf::from(self.path.trim())
    }

    /// The same path for the other kind of picture.
    pub fn switch(&mut self, image: Image) {
        let usual = Path::new(&name(self.kind)).with_extension("");
        let (before, file) = (self.kind, self.file());
        self.kind = Kind::Figure(image);
        self.figure.image = image;
        let is_usual = file.file_stem() == Some(usual.as_os_str());
        let counts = |kind| kind == Kind::Figure(Image::Frames);
        // Numbered pictures need a place for the number, and nothing else may have one.
        let file = if is_usual || counts(self.kind) != counts(before) {
            file.with_file_name(name(self.kind))
        } else {
            file.with_extension(self.kind.extension())
        };
        self.path = file.display().to_string();
    }
}

/// What a file of this kind is called where nobody called it otherwise.
fn name(kind: Kind) -> String {
    let name = match kind {
        Kind::Figure(Image::Frames) => "frame-%04d",
        Kind::Figure(image) if image.is_film() => "film",
        Kind::Figure(_) => "figure",
        Kind::Table => "steps",
        Kind::Charts => "charts",
        Kind::Window => "window",
        Kind::Scene | Kind::OpenScene => "scene",
        Kind::OpenLesson => "lesson",
    };
    format!("{name}.{}", kind.extension())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_follows_the_format_and_one_that_was_typed_stays() {
        let last = Path::new("/tmp/scene.toml");
        let mut form = Form::new(Kind::Figure(Image::Png), Some(last), Chosen::default());
        assert_eq!(form.file(), Path::new("/tmp/figure.png"));
        form.switch(Image::Gif);
        assert_eq!(form.file(), Path::new("/tmp/film.gif"));
        form.switch(Image::Frames);
        assert_eq!(form.file(), Path::new("/tmp/frame-%04d.png"));
        form.path = "/tmp/mine.png".to_owned();
        form.switch(Image::Pdf);
        assert_eq!(form.file(), Path::new("/tmp/figure.pdf"), "the number has no place there");
        form.path = "/tmp/mine.pdf".to_owned();
        form.switch(Image::Svg);
        assert_eq!(form.file(), Path::new("/tmp/mine.svg"));
        assert_eq!((form.kind, form.figure.image), (Kind::Figure(Image::Svg), Image::Svg));
    }
}
