//! The columns with the name, path and area of a row, shared by lists of files, folders or areas.

use debtscan_model::RepoPath;

use super::column::Column;
use super::value::{Kind, Value};
use crate::document::Cell;
use crate::text::visible;

/// A row that is a file, a folder or an area.
pub(crate) trait PlaceColumns {
    /// The display name.
    fn name(&self) -> &str;
    /// The path of a file or folder.
    fn path(&self) -> Option<&RepoPath>;
    /// ID of the area; `None` for a folder with files in several areas.
    fn area(&self) -> Option<&str>;
}

/// The column of the path, or of the name without a path; at least `least` wide.
pub(crate) fn name_column<R: PlaceColumns + 'static>(title: &'static str, least: usize) -> Column<R> {
    Column::new("name", Kind::Text, "Display name.", |row: &R| Value::text(row.name()))
        .shown(title, 0)
        .like_path(least)
        // The name is lossy text for JSON. The path has the bytes, and tables show every odd one.
        .cell(|row| Cell::new(visible(row.path().map_or(row.name().as_bytes(), RepoPath::as_bytes))))
}

pub(crate) fn path_column<R: PlaceColumns + 'static>() -> Column<R> {
    let doc = "Path of a file or folder; `null` for an area and for top-level files.";
    Column::new("path", Kind::Path, doc, |row: &R| row.path().cloned().map_or(Value::None, Value::Path))
        .nullable()
}

pub(crate) fn area_column<R: PlaceColumns + 'static>() -> Column<R> {
    let doc = "ID of the area; `null` for a folder with files in several areas.";
    Column::new("area_id", Kind::Word, doc, |row: &R| row.area().map_or(Value::None, Value::word)).nullable()
}
