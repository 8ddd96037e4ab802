//! What can be drawn on a map, one file each.
