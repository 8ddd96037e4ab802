//! Files that are read and written beside the window: on a thread, so that it never waits.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::table::{Found, is_table};
use crate::engine::Engine;
use crate::export;
use crate::export::page::Page;
use crate::export::png::Grain;
use crate::figure::palette::Theme;
use crate::figure::picture::Picture;
use crate::figure::shot::Shot;
use crate::lesson::{self, Lesson};
use crate::origin::{self, Origin, picture};
use crate::scene::{Scene, file, text};
use crate::typed::{echo_path, expanded};

pub use super::image::{Image, Reel};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The figure.
    Figure(Image),
    /// Every step of all runs.
    Table,
    /// The lines of the charts.
    Charts,
    /// The window as it stands.
    Window,
    /// The scene, to be opened again.
    Scene,
    /// A scene, to be opened.
    OpenScene,
    /// A lesson, to be opened.
    OpenLesson,
}

impl Kind {
    /// What is saved or opened, as a heading.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Figure(image) if image.is_film() => "Save film",
            Self::Figure(_) => "Save figure",
            Self::Table => "Save table",
            Self::Charts => "Save numbers of charts",
            Self::Window => "Save window",
            Self::Scene => "Save scene",
            Self::OpenScene => "Open scene",
            Self::OpenLesson => "Open lesson",
        }
    }

    /// What such files end in.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Figure(Image::Png | Image::Frames) | Self::Window => "png",
            Self::Figure(Image::Svg) => "svg",
            Self::Figure(Image::Pdf) => "pdf",
            Self::Figure(Image::Gif) => "gif",
            Self::Figure(Image::Apng) => "apng",
            Self::Figure(Image::Y4m) => "y4m",
            Self::Table | Self::Charts => "csv",
            Self::Scene | Self::OpenScene => "toml",
            Self::OpenLesson => "md",
        }
    }

    /// Whether it is a figure, or a film of figures.
    #[must_use]
    pub fn is_figure(self) -> bool {
        matches!(self, Self::Figure(_))
    }

    /// Whether it is opened, rather than saved.
    #[must_use]
    pub fn is_opened(self) -> bool {
        matches!(self, Self::OpenScene | Self::OpenLesson)
    }
}

/// What came of a piece of work.
#[derive(Debug)]
pub enum News {
    /// A file was written.
    Saved(PathBuf),
    /// A scene was written.
    Kept(PathBuf, Box<Scene>),
    /// A table of points is to be looked at.
    Table(PathBuf),
    /// A table of points was looked at.
    Tabled(PathBuf, Box<Found>),
    /// A figure was drawn to be copied.
    Painted(egui::ColorImage),
    /// A file that was opened before is no longer there; the message says so.
    Gone(PathBuf, String),
    /// A film was made, or the message says why not.
    Filmed(Result<PathBuf, String>),
    /// It could not be done; the message says why.
    Failed(String),
    /// A scene was read, or a picture that carries one.
    Opened(PathBuf, Box<Origin>),
    /// A lesson was read.
    Taught(PathBuf, Box<Lesson>),
    /// The system's dialog was left with a choice.
    Chosen(PathBuf),
    /// It was left without one.
    Dismissed,
}

/// The work under way.
pub struct Files {
    hands: Hands,
    sender: Sender<News>,
    news: Receiver<News>,
}

/// Who does the work.
enum Hands {
    /// The caller, at once: for tests.
    Own,
    /// A thread for each piece, which calls this when it is done.
    Thread(egui::Context),
}

impl Files {
    /// Works where it is asked.
    #[must_use]
    pub fn in_place() -> Self {
        let (sender, news) = channel();
        Self { hands: Hands::Own, sender, news }
    }

    /// Works on threads and repaints `ctx` when something is done.
    #[must_use]
    pub fn on_threads(ctx: &egui::Context) -> Self {
        Self { hands: Hands::Thread(ctx.clone()), ..Self::in_place() }
    }

    /// What is repainted when work on a thread is done; nothing where it is done by whoever asks.
    #[must_use]
    pub fn repaints(&self) -> Option<egui::Context> {
        match &self.hands {
            Hands::Own => None,
            Hands::Thread(ctx) => Some(ctx.clone()),
        }
    }

    /// Does some work; [`Files::poll`] tells what came of it.
    pub fn start(&self, work: impl FnOnce() -> News + Send + 'static) {
        let sender = self.sender.clone();
        match &self.hands {
            Hands::Own => {
                let _ = sender.send(work());
            }
            Hands::Thread(ctx) => {
                let ctx = ctx.clone();
                let tell = self.sender.clone();
                let started =
                    thread::Builder::new().name("samscope files".to_owned()).spawn(move || {
                        let _ = sender.send(work());
                        ctx.request_repaint();
                    });
                if let Err(error) = started {
                    let _ = tell.send(News::Failed(format!("no thread can be started: {error}")));
                }
            }
        }
    }

    /// Does some work that nobody hears of.
    pub fn start_quietly(&self, work: impl FnOnce() + Send + 'static) {
        match &self.hands {
            Hands::Own => work(),
            Hands::Thread(_) => {
                // Where no thread can be had, it is not done.
                let _ = thread::Builder::new().name("samscope recovery".to_owned()).spawn(work);
            }
        }
    }

    /// What is done since the last time.
    pub fn poll(&self) -> Vec<News> {
        self.news.try_iter().collect()
    }

    /// A hand to call when pixels of the window arrive: it writes them to `path`, with what they were drawn from.
    pub fn window_saver(
        &self,
        path: PathBuf,
        origin: Origin,
    ) -> impl FnOnce(std::sync::Arc<egui::ColorImage>) + Send + 'static {
        let sender = self.sender.clone();
        move |image| {
            let news = match window_png(&image, &origin) {
                Ok(bytes) => save(&path, &bytes),
                Err(error) => News::Failed(format!("the window cannot be drawn: {error}")),
            };
            let _ = sender.send(news);
        }
    }
}

/// Writes a figure: the work is done again, since a sheet's maps have another shape than the window's.
#[must_use]
pub fn save_figure(
    shot: &Shot,
    theme: Theme,
    image: Image,
    (page, grain): (Page, Grain),
    path: &Path,
) -> News {
    let figure = shot.figure();
    let origin = Origin::of(&shot.scene, shot.at);
    match image {
        Image::Svg => {
            let letters = export::svg::Letters::default();
            let text = export::svg::write_on(page, &figure, theme, letters, Some(&origin));
            save(path, text.as_bytes())
        }
        Image::Pdf => match export::pdf::write_on(page, &figure, theme, Some(&origin)) {
            Ok(bytes) => save(path, &bytes),
            Err(error) => News::Failed(error.to_string()),
        },
        // Films are made elsewhere: here is the frame that is shown.
        Image::Png | Image::Gif | Image::Apng | Image::Y4m | Image::Frames => {
            match export::png::carrying(&figure, theme, grain, Some(&origin)) {
                Ok(bytes) => save(path, &bytes),
                Err(error) => News::Failed(error.to_string()),
            }
        }
    }
}

/// Writes the lines of the charts of a figure: they are made again, as they are for the figure.
#[must_use]
pub fn save_charts(shot: &Shot, path: &Path) -> News {
    let mut engine = Engine::in_place();
    let look = shot.seen_by(&mut engine);
    save(path, &export::charts::table(&Picture::of(&shot.scene, &engine, look)))
}

/// Whether what a person wrote into a scene file stays when it is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comments {
    /// It is the file that was opened.
    Kept,
    /// It is another one.
    Dropped,
}

/// Writes the scene; where it is the file that was opened, its comments stay.
#[must_use]
pub fn save_scene(scene: &Scene, path: &Path, comments: Comments) -> News {
    let old = match comments {
        Comments::Kept => text::read(path).ok(),
        Comments::Dropped => None,
    };
    let text = old.map_or_else(|| file::write(scene), |old| file::kept(&old, scene));
    match save(path, text.as_bytes()) {
        News::Saved(path) => News::Kept(path, Box::new(scene.clone())),
        other => other,
    }
}

/// Opens a file that was opened before, as what its name says it is.
#[must_use]
pub fn open_again(path: &Path) -> News {
    let is_lesson = path.extension().is_some_and(|it| it == Kind::OpenLesson.extension());
    if !path.exists() {
        let why = format!("there is no file {} any more", echo_path(path));
        return News::Gone(path.to_owned(), why);
    }
    match path {
        _ if is_lesson => open_lesson(path),
        _ if is_table(path) => News::Table(path.to_owned()),
        _ => open_scene(path),
    }
}

/// Reads a scene, or a picture that carries one.
#[must_use]
pub fn open_scene(path: &Path) -> News {
    match origin::open(path) {
        Ok(origin) => News::Opened(path.to_owned(), Box::new(origin)),
        Err(error) => News::Failed(error.to_string()),
    }
}

/// Reads a lesson.
#[must_use]
pub fn open_lesson(path: &Path) -> News {
    let path = expanded(path);
    match lesson::open(&path) {
        Ok(lesson) => News::Taught(path, Box::new(lesson)),
        Err(error) => News::Failed(error.to_string()),
    }
}

/// What is opened as a scene: one itself, a picture that carries one, points.
pub const SCENES: [&str; 8] = ["toml", "png", "apng", "gif", "svg", "pdf", "csv", "tsv"];

/// Lets the system's dialog choose.
#[must_use]
pub fn choose(kind: Kind, at: &Path) -> News {
    let mut dialog = rfd::FileDialog::new().set_title(kind.title());
    if let Some(folder) = at.parent().filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    let extension = kind.extension();
    let dialog = match kind {
        Kind::OpenScene => dialog.add_filter("scenes, pictures, points", &SCENES),
        _ => dialog.add_filter(extension, &[extension]),
    };
    let chosen = match kind {
        Kind::OpenScene | Kind::OpenLesson => dialog.pick_file(),
        Kind::Figure(_) | Kind::Table | Kind::Charts | Kind::Window | Kind::Scene => {
            let name = at.file_name().map(|name| name.to_string_lossy().into_owned());
            dialog.set_file_name(name.unwrap_or_default()).save_file()
        }
    };
    chosen.map_or(News::Dismissed, News::Chosen)
}

fn save(path: &Path, bytes: &[u8]) -> News {
    match export::file::save(path, bytes) {
        Ok(()) => News::Saved(path.to_owned()),
        Err(error) => News::Failed(error.to_string()),
    }
}

fn window_png(image: &egui::ColorImage, origin: &Origin) -> Result<Vec<u8>, png::EncodingError> {
    let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side(image.size[0]), side(image.size[1]));
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.add_itxt_chunk(picture::NAME.to_owned(), origin.text())?;
    let mut writer = encoder.write_header()?;
    let pixels: Vec<u8> = image.pixels.iter().flat_map(|pixel| pixel.to_array()).collect();
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(bytes)
}
