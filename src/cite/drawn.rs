//! What is drawn on maps, as a sentence of a caption: their window, what their colours and heights tell, their arrows, and
//! from where a relief is seen.

use crate::figure::numerals::short;
use crate::figure::panels::{Layout, Maps, Panel};
use crate::figure::picture::{Picture, Sight};
use crate::figure::{ends, maps, words};
use crate::scene::arrows::Arrows;
use crate::scene::layer::Layer;
use crate::scene::prospect::Prospect;

/// What is said of each run that is shown: what stands under its map, and where it has none of its own how it went.
pub(super) fn sentences(picture: &Picture<'_>, layout: Layout) -> Vec<String> {
    if layout.panels.has(Panel::Maps) && layout.maps == Maps::SideBySide {
        return maps::side_by_side(picture).into_iter().map(|pane| pane.caption).collect();
    }
    picture.runs().into_iter().map(|run| words::sentence(picture, run)).collect()
}

/// The sentence; none where there is no map, or a lens in its place.
pub(super) fn on_maps(picture: &Picture<'_>, layout: Layout) -> Option<String> {
    let is_seen = layout.panels.has(Panel::Maps) && picture.look.lens != Sight::Whole;
    let section = picture.section.filter(|_| is_seen)?;
    let scene = picture.asked;
    let window = picture.look.window;
    let maps = match layout.maps {
        Maps::SideBySide if picture.runs().len() > 1 => "The maps show",
        Maps::SideBySide | Maps::Overlaid => "The map shows",
    };
    let [x, y] = [(0, window.x), (1, window.y)].map(|(k, [from, to])| {
        format!("{} from {} to {}", section.axes[k], short(from, 3), short(to, 3))
    });
    let mut said = format!("{maps} {x} and {y}");
    said += match scene.layer {
        Layer::Loss => "",
        Layer::Ends => ", coloured by where a run from each start ends",
        Layer::Differ => ", coloured where runs from one start end otherwise",
    };
    if scene.layer == Layer::Loss && !scene.ground.is_the_loss() {
        said += &format!(", with {} ({}) as ground", scene.ground.noun, scene.ground.symbol);
    }
    if scene.arrows != Arrows::None {
        let name = match scene.arrows {
            Arrows::Both => "Down the loss and as SAM steps",
            one => one.name(),
        };
        let first = name.chars().next().map(char::to_lowercase);
        said += "; arrows: ";
        said.extend(first.into_iter().flatten());
        said.extend(name.chars().skip(1));
    }
    if scene.view == Prospect::Relief {
        let (azimuth, elevation) = (scene.turn.azimuth(), scene.turn.elevation());
        said += &format!(
            "; seen as a surface from {elevation}° high, looking {azimuth}° to the right of up"
        );
    }
    if layout.maps == Maps::Overlaid && scene.layer != Layer::Loss {
        let told = ends::sentence_of(picture, &picture.runs());
        if !told.is_empty() {
            said += &format!(". {told}");
        }
    }
    Some(said)
}
