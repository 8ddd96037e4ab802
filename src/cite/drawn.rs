//! What is drawn on maps, as a sentence of a caption: their window, what their colours and heights tell, their arrows, and
//! from where a relief is seen.

use crate::figure::numerals::short;
use crate::figure::panels::{Layout, Maps, Panel};
use crate::figure::picture::Picture;
use crate::scene::arrows::Arrows;
use crate::scene::layer::Layer;
use crate::scene::prospect::Prospect;

/// The sentence; none where there is no map.
pub(super) fn on_maps(picture: &Picture<'_>, layout: Layout) -> Option<String> {
    let section = picture.section.filter(|_| layout.panels.has(Panel::Maps))?;
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
    Some(said)
}
