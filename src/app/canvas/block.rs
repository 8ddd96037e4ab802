//! A surface as triangles of the window: the ground's own picture laid over it, and sides in the tints of heights.

use std::sync::Arc;

use egui::epaint::{Vertex, WHITE_UV};
use egui::{Color32, Mesh, Pos2, TextureId, pos2};
use kurbo::{Affine, Point};

use crate::figure::palette::Tints;
use crate::figure::surface::Surface;
use crate::figure::surface::faces::{Corner, Paint};

/// The faces of a surface, wherever they are laid.
pub(super) struct Faces {
    /// A mesh for all that follow each other with one texture, the farthest first, without places.
    meshes: Vec<Mesh>,
    /// The places of their corners in the plane of the camera.
    places: Vec<Vec<Point>>,
}

impl Faces {
    /// Those of `surface`, its ground painted with `texture`.
    pub(super) fn of(surface: &Surface, texture: TextureId, tints: &Tints) -> Self {
        let picture = Arc::clone(&surface.ground);
        let counts = [picture.columns, picture.rows].map(|count| count as f64);
        let mut faces = Self { meshes: Vec::new(), places: Vec::new() };
        surface.faces(|face| {
            let is_side = matches!(face[0].paint, Paint::Side(..));
            let painted_with = if is_side { TextureId::default() } else { texture };
            if faces.meshes.last().is_none_or(|mesh| mesh.texture_id != painted_with) {
                faces.meshes.push(Mesh::with_texture(painted_with));
                faces.places.push(Vec::new());
            }
            let (Some(mesh), Some(places)) = (faces.meshes.last_mut(), faces.places.last_mut())
            else {
                return;
            };
            let first = u32::try_from(mesh.vertices.len()).unwrap_or(u32::MAX - 3);
            mesh.indices.extend([0, 1, 2, 0, 2, 3].map(|corner| first + corner));
            for Corner { at: [u, v], paint } in face {
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
                places.push(Point::new(u, v));
                mesh.vertices.push(Vertex { pos: Pos2::ZERO, uv, color });
            }
        });
        faces
    }

    /// The meshes of the faces laid out by `onto`.
    pub(super) fn laid(&self, onto: Affine) -> Vec<Arc<Mesh>> {
        let laid = |(mesh, places): (&Mesh, &Vec<Point>)| {
            let mut mesh = mesh.clone();
            for (vertex, at) in mesh.vertices.iter_mut().zip(places) {
                let at = onto * *at;
                vertex.pos = place(at.x, at.y);
            }
            Arc::new(mesh)
        };
        self.meshes.iter().zip(&self.places).map(laid).collect()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a screen needs no more digits")]
fn place(x: f64, y: f64) -> Pos2 {
    pos2(x as f32, y as f32)
}
