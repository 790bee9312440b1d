//! Manifests that are programs; only their most common statements are understood.

use super::facts::{ManifestFacts, workspace};

/// The first quoted text after a mark.
fn quoted_after<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(mark)?;
    let (_, rest) = rest.split_once('"')?;
    rest.split_once('"').map(|(quoted, _)| quoted)
}

/// `Package(name: "x"`.
pub(super) fn swift(text: &str) -> ManifestFacts {
    let rest = text.split_once("Package(").map(|(_, rest)| rest);
    let name = rest.and_then(|rest| quoted_after(rest, "name:")).map(str::to_owned);
    ManifestFacts { name, ..ManifestFacts::default() }
}

/// `name := "x"` of the build, and the folders of `lazy val a = ...`: `project in file("x")`, else the only text in
/// quotes on the right, as in `module("x")`, else the name itself.
pub(super) fn sbt(text: &str) -> ManifestFacts {
    let mut folders: Vec<String> = Vec::new();
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let joined = lines.join("\n");
    for (position, mark) in joined.match_indices("lazy val ") {
        let rest = &joined[position + mark.len()..];
        let Some((name, right)) = rest.split_once('=') else { continue };
        // To the next definition: a project may take several lines.
        let right = right.split("lazy val ").next().unwrap_or(right);
        let name = name.split(':').next().unwrap_or(name).trim().trim_matches('`');
        let first_line = right.lines().find(|line| !line.trim().is_empty()).unwrap_or("").trim();
        let folder = if let Some(folder) = quoted_after(right, "file(") {
            folder
        } else if first_line.starts_with("project") || first_line.starts_with("(project") {
            name
        } else if let Some((_, after)) = first_line.split_once("(\"") {
            after.split('"').next().unwrap_or(name)
        } else {
            continue;
        };
        folders.push(folder.to_owned());
    }
    folders.retain(|folder| folder != "." && !folder.is_empty());
    let name = lines.iter().find_map(|line| line.trim_start().strip_prefix("name :="));
    let name = name.and_then(|rest| quoted_after(rest, "")).map(str::to_owned);
    let list = (!folders.is_empty()).then(|| workspace(folders, Vec::new()));
    ManifestFacts { name, workspace: list, uses: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::{sbt, swift};

    #[test]
    fn swift_packages_have_names() {
        let text = "import PackageDescription\nlet package = Package(\n  name: \"Shop\",\n  targets: [])\n";
        assert_eq!(swift(text).name.as_deref(), Some("Shop"));
        assert_eq!(swift("// nothing\n").name, None);
    }

    #[test]
    fn sbt_lists_its_projects() {
        let members = |text: &str| sbt(text).workspace.map(|list| list.members).unwrap_or_default();
        let text = "name := \"shop\"\n// lazy val no = project\nlazy val a = project.in(file(\"a\"))\n\
                    lazy val b = (project in file(\"libs/b\"))\n  .settings(x := \"y\")\nlazy val core = project\n\
                    lazy val root = (project in file(\".\"))\nlazy val actor = akkaModule(\"akka-actor\").dependsOn(a)\n\
                    lazy val version = 3\n";
        assert_eq!(members(text), ["a", "libs/b", "core", "akka-actor"]);
        assert_eq!(sbt(text).name.as_deref(), Some("shop"));
        assert!(members("scalaVersion := \"3\"\n").is_empty());
    }
}
