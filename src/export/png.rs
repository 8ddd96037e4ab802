//! An SVG as PNG, with the bundled fonts and no others.
//!
//! `resvg` draws lines and words. Embedded pictures are drawn here, since resvg has readers for PNG only
//! together with those for GIF, JPEG and WebP. A group that holds a picture holds nothing else.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{
    FillRule, FilterQuality, Mask, Paint, Pattern, Pixmap, Rect, SpreadMode, Transform,
};
use resvg::usvg::{self, ImageKind, Node, Tree};

/// Why a picture could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the figure cannot be drawn: {0}")]
pub struct CannotDraw(String);

/// The most pixels that a picture may have: four bytes each are held twice.
const MOST_PIXELS: f64 = 100e6;

/// The bundled fonts: text, headings, and the signs that the text face lacks.
static FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = usvg::fontdb::Database::new();
    for face in [
        include_bytes!("../../assets/fonts/IBMPlexSans-Regular.ttf").as_slice(),
        include_bytes!("../../assets/fonts/IBMPlexSans-SemiBold.ttf"),
        include_bytes!("../../assets/fonts/SamscopeSymbols-Regular.ttf"),
    ] {
        fonts.load_font_data(face.to_vec());
    }
    Arc::new(fonts)
});

/// The picture at `scale` pixels a point, as the bytes of a PNG file.
///
/// # Errors
/// When the SVG is unreadable or the picture too large to hold.
pub fn render(svg: &str, scale: f64) -> Result<Vec<u8>, CannotDraw> {
    let picture = paint(svg, scale)?;
    picture.encode_png().map_err(|error| CannotDraw(error.to_string()))
}

/// The picture at `scale` pixels a point.
///
/// # Errors
/// As [`render`].
pub fn paint(svg: &str, scale: f64) -> Result<Pixmap, CannotDraw> {
    let options = usvg::Options {
        font_family: "IBM Plex Sans".to_owned(),
        fontdb: Arc::clone(&FONTS),
        // A figure is self-contained: nothing is read from the machine it is drawn on.
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_string: Box::new(|_, _| None),
            ..usvg::ImageHrefResolver::default()
        },
        ..usvg::Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| CannotDraw(error.to_string()))?;
    let mut picture = blank(&tree, scale)?;
    #[expect(clippy::cast_possible_truncation, reason = "checked against the number of pixels")]
    let zoom = Transform::from_scale(scale as f32, scale as f32);
    for node in tree.root().children() {
        match embedded(node) {
            Some(image) => draw_image(&mut picture, node, image, zoom),
            None => draw_lines(&mut picture, node, zoom),
        }
    }
    Ok(picture)
}

fn blank(tree: &Tree, scale: f64) -> Result<Pixmap, CannotDraw> {
    let size = tree.size();
    let [width, height] =
        [size.width(), size.height()].map(|side| (f64::from(side) * scale).ceil());
    if !(scale > 0.0 && width * height <= MOST_PIXELS) {
        return Err(CannotDraw(format!(
            "{width} × {height} pixels are not between 1 and {} million; use another scale or size",
            MOST_PIXELS / 1e6
        )));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "just checked")]
    let picture = Pixmap::new(width as u32, height as u32);
    picture.ok_or_else(|| CannotDraw("it has no pixels; use a larger scale or size".to_owned()))
}

/// A node of lines and words.
fn draw_lines(picture: &mut Pixmap, node: &Node, zoom: Transform) {
    let Some(bounds) = node.abs_layer_bounding_box() else {
        return draw_flat(picture, node, zoom);
    };
    // resvg moves a node to the corner of the picture; here it stays where it is.
    let stay = zoom.pre_translate(bounds.x(), bounds.y());
    // A node without a size has nothing to show.
    let _ = resvg::render_node(node, stay, &mut picture.as_mut());
}

/// A level or upright line: it has no area, and resvg draws no single node without one.
fn draw_flat(picture: &mut Pixmap, node: &Node, zoom: Transform) {
    let Node::Path(path) = node else { return };
    let Some(stroke) = path.stroke() else { return };
    let usvg::Paint::Color(colour) = stroke.paint() else { return };
    let mut paint = Paint::default();
    paint.set_color_rgba8(colour.red, colour.green, colour.blue, stroke.opacity().to_u8());
    let place = zoom.pre_concat(path.abs_transform());
    picture.stroke_path(path.data(), &paint, &stroke.to_tiny_skia(), place, None);
}

/// The picture that a node holds, if it holds one.
fn embedded(node: &Node) -> Option<&usvg::Image> {
    match node {
        Node::Image(image) => Some(image),
        Node::Group(group) => group.children().iter().find_map(embedded),
        Node::Path(_) | Node::Text(_) => None,
    }
}

fn draw_image(picture: &mut Pixmap, node: &Node, image: &usvg::Image, zoom: Transform) {
    let ImageKind::PNG(file) = image.kind() else { return };
    let Ok(pixels) = Pixmap::decode_png(file) else { return };
    let Some(area) = Rect::from_xywh(0.0, 0.0, pixels.width() as f32, pixels.height() as f32)
    else {
        return;
    };
    let size = image.size();
    let unit = Transform::from_scale(
        size.width() / pixels.width() as f32,
        size.height() / pixels.height() as f32,
    );
    let place = zoom.pre_concat(image.abs_transform()).pre_concat(unit);
    let paint = Paint {
        shader: Pattern::new(
            pixels.as_ref(),
            SpreadMode::Pad,
            FilterQuality::Bicubic,
            1.0,
            Transform::identity(),
        ),
        ..Paint::default()
    };
    let mask = clip(picture, node, zoom);
    picture.fill_rect(area, &paint, place, mask.as_ref());
}

/// Where a node lets its picture show, if it hides any of it.
fn clip(picture: &Pixmap, node: &Node, zoom: Transform) -> Option<Mask> {
    let Node::Group(group) = node else { return None };
    let clip = group.clip_path()?;
    let mut mask = Mask::new(picture.width(), picture.height())?;
    for child in clip.root().children() {
        if let Node::Path(path) = child {
            let place = zoom.pre_concat(group.abs_transform()).pre_concat(clip.transform());
            mask.fill_path(path.data(), FillRule::Winding, true, place);
        }
    }
    Some(mask)
}
