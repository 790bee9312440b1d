//! `pom.xml`: the project's artifact id and modules.

use super::facts::{ManifestFacts, workspace};

/// Deeper tags are ignored and take no memory.
const DEEPEST: usize = 64;

/// Reads elements by their path from the root, and ignores attributes. No other XML is needed here.
pub(super) fn read(text: &str) -> ManifestFacts {
    let mut facts = ManifestFacts::default();
    let mut modules = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        let content = before.trim();
        if !content.is_empty() {
            match open.as_slice() {
                ["project", "artifactId"] => facts.name = Some(content.to_owned()),
                ["project", "modules", "module"]
                | ["project", "profiles", "profile", "modules", "module"] => {
                    modules.push(content.trim_end_matches("/pom.xml").to_owned());
                }
                _ => {}
            }
        }
        // A comment may contain tags.
        let end = if after.starts_with("!--") { "-->" } else { ">" };
        let Some((tag, next)) = after.split_once(end) else { break };
        rest = next;
        if tag.starts_with(['!', '?']) {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            // An unclosed element ends where its parent ends.
            while open.pop().is_some_and(|inner| inner != name.trim()) {}
        } else if !tag.ends_with('/') && open.len() < DEEPEST {
            open.push(tag.split_whitespace().next().unwrap_or(""));
        }
    }
    if !modules.is_empty() {
        facts.workspace = Some(workspace(modules, Vec::new()));
    }
    facts
}

#[cfg(test)]
mod tests {
    use debtscan_model::Workspace;

    use super::read;

    #[test]
    fn the_project_has_a_name_and_modules() {
        let text = "<?xml version=\"1.0\"?>\n<!-- <project><artifactId>no</artifactId> -->\n\
                    <project xmlns=\"x\">\n<parent><artifactId>parent</artifactId></parent>\n\
                    <artifactId>tools</artifactId>\n<modules>\n<module>a</module><module> b/c </module></modules>\n\
                    <build/><dependencies><dependency><artifactId>d</artifactId></dependency></dependencies>\n\
                    <profiles><profile><modules><module>e/pom.xml</module></modules></profile></profiles></project>";
        let facts = read(text);
        assert_eq!(facts.name.as_deref(), Some("tools"));
        let members = ["a", "b/c", "e"].map(str::to_owned).to_vec();
        assert_eq!(facts.workspace, Some(Workspace { members, excluded: Vec::new() }));
        assert_eq!(read("<project><artifactId>a").workspace, None);
    }
}
