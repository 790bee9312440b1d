//! What the build tools' own files say of packages and workspaces.

use crate::RepoPath;

/// A build tool's file at the scanned revision, by what it says of packages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Where it stands.
    pub path: RepoPath,
    /// The tool that reads it.
    pub tool: BuildTool,
    /// The name of the package; `None` when it gives none, or could not be understood.
    pub name: Option<String>,
    /// The packages of the workspace that it is the root of; `None` when it is no such root.
    pub workspace: Option<Workspace>,
    /// Folders of other packages that it uses by path, relative to its own folder.
    pub uses: Vec<String>,
}

/// The packages that belong to a workspace: patterns for folders, relative to the folder of the manifest.
/// `*` stands for any part of one folder's name, `**` for any number of folders.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Workspace {
    /// What belongs.
    pub members: Vec<String>,
    /// What does not, though a member's pattern matches; with all below it.
    pub excluded: Vec<String>,
}

/// Who reads a manifest. Workspaces hold packages of their own tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BuildTool {
    /// `Cargo.toml`.
    Cargo,
    /// `package.json`, `pnpm-workspace.yaml`: npm, pnpm and yarn.
    Npm,
    /// `go.mod`, `go.work`.
    Go,
    /// `pom.xml`.
    Maven,
    /// `build.gradle`, `settings.gradle` and their Kotlin forms.
    Gradle,
    /// `pyproject.toml`, `setup.py`, `setup.cfg`.
    Python,
    /// `composer.json`.
    Composer,
    /// `mix.exs`.
    Mix,
}

impl BuildTool {
    /// The tool that looks for a file of this name; `None` for any other file.
    pub fn of(file_name: &[u8]) -> Option<Self> {
        Some(match file_name {
            b"Cargo.toml" => Self::Cargo,
            b"package.json" | b"pnpm-workspace.yaml" => Self::Npm,
            b"go.mod" | b"go.work" => Self::Go,
            b"pom.xml" => Self::Maven,
            b"build.gradle" | b"build.gradle.kts" | b"settings.gradle" | b"settings.gradle.kts" => {
                Self::Gradle
            }
            b"pyproject.toml" | b"setup.py" | b"setup.cfg" => Self::Python,
            b"composer.json" => Self::Composer,
            b"mix.exs" => Self::Mix,
            _ => return None,
        })
    }
}
