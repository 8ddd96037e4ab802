//! A surface as triangles of the window: the ground's own picture laid over it, and sides in the tints of heights.

use std::sync::Arc;

use egui::epaint::{Vertex, WHITE_UV};
use egui::{Color32, Context, Mesh, Pos2, TextureId, pos2};
use kurbo::Affine;

use super::ground::Ground;
use crate::figure::palette::Theme;
use crate::figure::surface::Surface;
use crate::figure::surface::faces::{Corner, Paint};

/// The triangles of `surface`, the farthest first: a mesh for all that follow each other with one texture.
pub(super) fn meshes(
    surface: &Surface,
    theme: Theme,
    onto: Affine,
    ground: &mut Ground,
    ctx: &Context,
) -> Vec<Mesh> {
    let texture = ground.texture(ctx, &surface.ground, theme);
    let tints = ground.tints(theme);
    let picture = Arc::clone(&surface.ground);
    let counts = [picture.columns, picture.rows].map(|count| count as f64);
    let mut meshes: Vec<Mesh> = Vec::new();
    surface.faces(|face| {
        let is_side = matches!(face[0].paint, Paint::Side(..));
        let painted_with = if is_side { TextureId::default() } else { texture };
        if meshes.last().is_none_or(|mesh| mesh.texture_id != painted_with) {
            meshes.push(Mesh::with_texture(painted_with));
        }
        let Some(mesh) = meshes.last_mut() else { return };
        for Corner { at: [u, v], paint } in face {
            let at = onto * kurbo::Point::new(u, v);
            let (uv, color) = match paint {
                // The outermost pixels are centred on the edges of the map; the first row is the lowest.
                Paint::Ground([x, y]) => {
                    let [across, down] = [(x, counts[0]), (1.0 - y, counts[1])]
                        .map(|(part, count)| (part * (count - 1.0) + 0.5) / count);
                    (place(across, down), Color32::WHITE)
                }
                Paint::Side(tone, shade) => {
                    let [red, green, blue] = tints.at(tone, shade);
                    (WHITE_UV, Color32::from_rgb(red, green, blue))
                }
            };
            let index = u32::try_from(mesh.vertices.len()).unwrap_or(u32::MAX);
            mesh.indices.push(index);
            mesh.vertices.push(Vertex { pos: place(at.x, at.y), uv, color });
        }
    });
    meshes
}

#[expect(clippy::cast_possible_truncation, reason = "a screen needs no more digits")]
fn place(x: f64, y: f64) -> Pos2 {
    pos2(x as f32, y as f32)
}
