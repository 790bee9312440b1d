//! The columns that say where a row is: every list of files, folders or areas has them.

use debtscan_model::RepoPath;

use super::{Column, Kind, Value};
use crate::document::Cell;
use crate::text::visible;

/// A row that is a file, a folder or an area.
pub(crate) trait Place {
    /// Path or name for people.
    fn name(&self) -> &str;
    /// Of a file or folder.
    fn path(&self) -> Option<&RepoPath>;
    /// Id of the area; `None` for a folder with files of several areas.
    fn area(&self) -> Option<&str>;
}

/// What people see: the path, or the name where there is none; at least `least` wide.
pub(crate) fn name_column<R: Place + 'static>(title: &'static str, least: usize) -> Column<R> {
    Column::new("name", Kind::Text, "Path or name for people.", |row: &R| Value::text(row.name()))
        .shown(title, 0)
        .like_path(least)
        .cell(|row| Cell::new(visible(row.path().map_or(row.name().as_bytes(), RepoPath::as_bytes))))
}

pub(crate) fn path_column<R: Place + 'static>() -> Column<R> {
    let doc = "Path of a file or folder; `null` for an area and for files in no folder.";
    Column::new("path", Kind::Path, doc, |row: &R| row.path().cloned().map_or(Value::None, Value::Path))
        .nullable()
}

pub(crate) fn area_column<R: Place + 'static>() -> Column<R> {
    let doc = "Id of the area; `null` for a folder with files of several areas.";
    Column::new("area_id", Kind::Word, doc, |row: &R| row.area().map_or(Value::None, Value::word)).nullable()
}
