//! What the touched paths alone say about the kind of work.

use debtscan_model::{FileClass, RepoPath};

/// What a path is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PathPurpose {
    /// The product.
    Product,
    /// Tests.
    Test,
    /// Texts for people.
    Docs,
    /// Build, checks, dependencies.
    Build,
    /// Notes on releases.
    Release,
}

/// What a path is for. Build files come before their class, since many are programs.
pub(super) fn purpose(path: &RepoPath, class: FileClass) -> PathPurpose {
    let text = path.to_string();
    let (folder, name) = text.rsplit_once('/').unwrap_or(("", &text));
    let lower = name.to_ascii_lowercase();
    if is_release(&lower, folder) {
        PathPurpose::Release
    } else if is_build(&text, &lower) {
        PathPurpose::Build
    } else {
        match class {
            FileClass::Test => PathPurpose::Test,
            FileClass::Docs => PathPurpose::Docs,
            _ => PathPurpose::Product,
        }
    }
}

fn is_release(name: &str, folder: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    matches!(stem, "release-notes" | "releasenotes" | "changelog" | "changes" | "news" | "thanks")
        || folder.ends_with("RelNotes")
}

fn is_build(path: &str, name: &str) -> bool {
    const FOLDERS: [&str; 6] = [".github/", ".circleci/", ".gitlab/", ".zuul.d/", ".azure-pipelines/", "m4/"];
    const NAMES: [&str; 33] = [
        ".gitlab-ci.yml",
        ".travis.yml",
        ".cirrus.yml",
        ".appveyor.yml",
        "appveyor.yml",
        "jenkinsfile",
        "azure-pipelines.yml",
        ".zuul.yaml",
        "cmakelists.txt",
        "makefile",
        "gnumakefile",
        "meson.build",
        "meson_options.txt",
        "configure.ac",
        "configure.in",
        "acinclude.m4",
        "dockerfile",
        "pom.xml",
        "build.gradle",
        "build.gradle.kts",
        "settings.gradle",
        "dependencies.gradle",
        "gradle.properties",
        "cargo.lock",
        "package-lock.json",
        "yarn.lock",
        "pnpm-lock.yaml",
        "go.sum",
        "poetry.lock",
        "requirements.txt",
        "tox.ini",
        "build.bazel",
        "suppressions.xml",
    ];
    FOLDERS.iter().any(|folder| path.starts_with(folder))
        || NAMES.contains(&name)
        || name.starts_with("makefile.")
        || name.starts_with("import-control")
        || [".cmake", ".m4", ".mk"].iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use debtscan_model::FileClass;

    use super::{PathPurpose, purpose};
    use crate::sample::path;

    #[test]
    fn names_of_build_files_come_before_their_class() {
        let check = |text: &str, class: FileClass, expected: PathPurpose| {
            assert_eq!(purpose(&path(text), class), expected, "{text}");
        };
        check("build.gradle", FileClass::Source, PathPurpose::Build);
        check("src/Makefile.inc", FileClass::Other, PathPurpose::Build);
        check(".github/workflows/ci.yml", FileClass::Other, PathPurpose::Build);
        check("Documentation/RelNotes/2.41.0.txt", FileClass::Docs, PathPurpose::Release);
        check("CHANGELOG.md", FileClass::Docs, PathPurpose::Release);
        check("docs/x.md", FileClass::Docs, PathPurpose::Docs);
        check("tests/x.c", FileClass::Test, PathPurpose::Test);
        check("lib/makefile.c", FileClass::Source, PathPurpose::Build);
        check("lib/http.c", FileClass::Source, PathPurpose::Product);
    }
}
