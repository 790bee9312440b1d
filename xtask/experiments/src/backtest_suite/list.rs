//! The list of repositories and incident files.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// A repository with an incident file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SuiteEntry {
    pub(super) name: String,
    /// A clone.
    pub(super) repository: PathBuf,
    /// An incident file.
    pub(super) incidents: PathBuf,
    /// The revision to scan; `None` for HEAD.
    pub(super) revision: Option<String>,
}

/// Reads a list: TOML with `[[feed]]` tables, or CSV with a header. Keys are `name`, `repository`,
/// `incidents` and optionally `rev`; paths are relative to the list.
pub(super) fn read(file: &Path) -> Result<Vec<SuiteEntry>> {
    let content = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let folder = file.parent().unwrap_or(Path::new("."));
    let is_toml = file.extension().is_some_and(|ending| ending == "toml");
    let feeds = if is_toml { from_toml(&content, folder) } else { from_csv(&content, folder) };
    let feeds = feeds.with_context(|| format!("in {}", file.display()))?;
    if feeds.is_empty() {
        bail!("{} has no entry", file.display());
    }
    Ok(feeds)
}

fn feed(folder: &Path, field: impl Fn(&str) -> Option<String>) -> Result<SuiteEntry> {
    let needed = |key: &str| field(key).with_context(|| format!("an entry has no `{key}`"));
    Ok(SuiteEntry {
        name: needed("name")?,
        repository: folder.join(needed("repository")?),
        incidents: folder.join(needed("incidents")?),
        revision: field("rev"),
    })
}

fn from_toml(content: &str, folder: &Path) -> Result<Vec<SuiteEntry>> {
    let table: toml::Table = content.parse()?;
    let feeds = table.get("feed").and_then(toml::Value::as_array).context("no `[[feed]]` table")?;
    feeds.iter().map(|it| feed(folder, |key| Some(it.get(key)?.as_str()?.to_owned()))).collect()
}

fn from_csv(content: &str, folder: &Path) -> Result<Vec<SuiteEntry>> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(content.as_bytes());
    let headers = reader.headers()?.clone();
    let mut feeds = Vec::new();
    for row in reader.records() {
        let row = row?;
        feeds.push(feed(folder, |key| {
            let column = headers.iter().position(|header| header == key)?;
            row.get(column).filter(|value| !value.is_empty()).map(ToOwned::to_owned)
        })?);
    }
    Ok(feeds)
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{SuiteEntry, from_csv, from_toml};

    #[test]
    fn a_list_is_toml_or_csv_with_paths_from_its_folder() {
        let expected = vec![SuiteEntry {
            name: "a".to_owned(),
            repository: PathBuf::from("/lists/clones/a"),
            incidents: PathBuf::from("/feeds/a.csv"),
            revision: None,
        }];
        let toml = "[[feed]]\nname = \"a\"\nrepository = \"clones/a\"\nincidents = \"/feeds/a.csv\"\n";
        assert_eq!(from_toml(toml, Path::new("/lists")).expect("a list"), expected);
        let csv = "name,repository,incidents,rev\na,clones/a,/feeds/a.csv,\n";
        assert_eq!(from_csv(csv, Path::new("/lists")).expect("a list"), expected);
        assert!(from_csv("name,repository\na,b\n", Path::new("/")).is_err());
    }
}
