//! Files that describe how the product is built, packaged, versioned and checked.

use bstr::ByteSlice;
use debtscan_model::{Language, RepoPath};

use super::folders::{is_main, split_extension, telling};

/// Languages that linguist lists as programming languages, but which describe a build, not the product.
const LANGUAGES: [&str; 12] = [
    "Makefile",
    "CMake",
    "Dockerfile",
    "M4",
    "M4Sugar",
    "Meson",
    "Starlark",
    "Just",
    "Batchfile",
    "Nix",
    "Jsonnet",
    "DIGITAL Command Language",
];

/// Names in small letters.
const NAMES: &[&str] = &[
    // Ruby, CocoaPods, fastlane, Vagrant
    "rakefile",
    "gemfile",
    "podfile",
    "fastfile",
    "appfile",
    "matchfile",
    "dangerfile",
    "guardfile",
    "brewfile",
    "vagrantfile",
    "berksfile",
    "capfile",
    "steepfile",
    // JVM
    "jenkinsfile",
    "build.xml",
    "pom.xml",
    // Swift
    "package.swift",
    // Python
    "setup.py",
    "conanfile.py",
    "noxfile.py",
    "_version.py",
    "__version__.py",
    "versioneer.py",
    "wscript",
    "sconstruct",
    "sconscript",
    // .NET
    "assemblyinfo.cs",
    "globalassemblyinfo.cs",
    "solutioninfo.cs",
    "build.ps1",
    "prebuild.ps1",
    "postbuild.ps1",
    "build.psm1",
    "psakefile.ps1",
    "default.ps1",
    // JavaScript
    "gruntfile.js",
    "gruntfile.ts",
    "gruntfile.coffee",
    "jakefile",
    "jakefile.js",
    "karma.conf.js",
    "vue.config.js",
    ".eslintrc.js",
    ".eslintrc.cjs",
    ".prettierrc.js",
    ".prettierrc.cjs",
    ".stylelintrc.js",
    ".babelrc.js",
    // Elixir, Erlang, Haskell, Perl, Rust, Zig, Julia, Nim
    "mix.exs",
    "rebar.config.script",
    "setup.hs",
    "makefile.pl",
    "build.pl",
    "build.rs",
    "build.zig",
    "build.jl",
    "config.nims",
    // Terraform
    "versions.tf",
    // Shell
    "configure",
    "configure.ac",
    "autogen.sh",
    "build.sh",
    "bootstrap.sh",
];

/// Endings of a whole name, in small letters.
const ENDINGS: &[&str] = &[
    ".rake",
    ".sbt",
    ".gradle",
    ".gradle.kts",
    ".gemspec",
    ".podspec",
    ".rockspec",
    ".nimble",
    ".cake",
    ".build.ps1",
    ".psake.ps1",
    "/version.rb",
    "/hook/build.dart",
    "/hook/link.dart",
];

/// Folders in which everything is about the build, in small letters.
const FOLDERS: &[&str] = &[
    ".github",
    ".gitlab",
    ".circleci",
    ".ci",
    ".buildkite",
    ".azure-pipelines",
    ".teamcity",
    ".travis",
    ".woodpecker",
    ".husky",
    "buildsrc",
    "build-logic",
    "build-conventions",
];

/// The same at the root.
const ROOT_FOLDERS: &[&str] = &["build", "ci", "eng"];

/// Tools of JavaScript that read `NAME.config.js`, by their names.
const CONFIGURED: &[&str] = &[
    "ava",
    "astro",
    "babel",
    "commitlint",
    "craco",
    "cypress",
    "drizzle",
    "electron.vite",
    "esbuild",
    "eslint",
    "jest",
    "lint-staged",
    "metro",
    "next",
    "nuxt",
    "nx",
    "playwright",
    "postcss",
    "prettier",
    "release",
    "rolldown",
    "rollup",
    "rspack",
    "snowpack",
    "stylelint",
    "svelte",
    "tailwind",
    "tsdown",
    "tsup",
    "unocss",
    "vite",
    "vitest",
    "wdio",
    "web-test-runner",
    "webpack",
    "windi",
];

/// Whether a file describes a build.
pub(super) fn is_build(path: &RepoPath, language: Option<Language>) -> bool {
    language.is_some_and(|language| LANGUAGES.contains(&language.0))
        || has_build_name(path)
        || is_in_build_folder(path)
}

fn has_build_name(path: &RepoPath) -> bool {
    let name = path.file_name().to_ascii_lowercase();
    let whole = path.as_bstr().to_ascii_lowercase();
    NAMES.iter().any(|known| name == known.as_bytes())
        || ENDINGS.iter().any(|end| whole.ends_with(end.as_bytes()))
        || is_tool_configuration(path)
        || is_sbt_project(path)
}

/// `webpack.config.js`, `webpack.prod.js`, `gulpfile.babel.js`; at the root any `NAME.config.js`.
fn is_tool_configuration(path: &RepoPath) -> bool {
    let name = path.file_name().to_ascii_lowercase();
    let (stem, extension) = split_extension(name.as_bstr());
    if ![&b"js"[..], b"cjs", b"mjs", b"ts", b"cts", b"mts", b"coffee"].contains(&extension) {
        return false;
    }
    let is_configured = |tool: &str| {
        let rest = stem.strip_prefix(tool.as_bytes());
        rest.is_some_and(|rest| {
            rest.starts_with(b".") && (rest.starts_with(b".config.") || rest.ends_with(b".config"))
        })
    };
    stem == b"gulpfile"
        || stem.starts_with(b"gulpfile.")
        || (stem.starts_with(b"webpack.") && stem.len() > b"webpack.".len())
        || CONFIGURED.iter().any(|tool| is_configured(tool))
        || (path.folder().is_empty() && stem.ends_with(b".config"))
}

/// sbt's own build: Scala files directly in `project`.
fn is_sbt_project(path: &RepoPath) -> bool {
    let is_project = path.folder().rsplit(|byte| *byte == b'/').next() == Some(b"project");
    is_project && !is_main(path) && path.file_name().ends_with(b".scala")
}

fn is_in_build_folder(path: &RepoPath) -> bool {
    telling(path).iter().enumerate().any(|(depth, folder)| {
        let is_one = |names: &[&str]| names.iter().any(|name| folder.eq_ignore_ascii_case(name.as_bytes()));
        is_one(FOLDERS) || (depth == 0 && is_one(ROOT_FOLDERS))
    })
}

#[cfg(test)]
mod tests {
    use debtscan_model::{Language, RepoPath};

    use super::is_build;

    #[track_caller]
    fn check(expected: bool, paths: &str) {
        for path in paths.split_whitespace() {
            assert_eq!(is_build(&RepoPath::new(path).expect("valid"), None), expected, "{path}");
        }
    }

    #[test]
    fn each_ecosystem_has_its_own_build_files() {
        check(
            true,
            "build.sbt project/Dependencies.scala project/plugins.sbt app/build.gradle.kts buildSrc/src/main/java/A.java",
        );
        check(
            true,
            "build-logic/src/main/kotlin/Bnd.kt Package.swift shop.gemspec Alamofire.podspec shop-1.rockspec mix.exs",
        );
        check(
            true,
            "installer/mix.exs infra/versions.tf setup.py conanfile.py build.ps1 Build/build.ps1 PreBuild.ps1 build.rs",
        );
        check(
            true,
            "gulpfile.babel.js Gruntfile.js webpack.prod.js web/vite.config.ts eslint.config.mjs jest.config.js",
        );
        check(
            true,
            "web.config.js .github/workflows/ci.yml .ci/run.py fastlane/Fastfile pkgs/http/hook/build.dart lib/a/version.rb",
        );
        check(true, "Properties/AssemblyInfo.cs autogen.sh configure build/package.py Jenkinsfile");
    }

    #[test]
    fn product_code_beside_the_build_is_none() {
        check(
            false,
            "src/build.ts src/app.config.ts src/webpack.ts lib/build/step.go core/project/sub/Plan.scala src/setup.ts",
        );
        check(false, "pkg/ci/run.go cmd/build/main.go src/version.py src/main/java/build/A.java");
        check(false, "lib/version.c src/gulp.js infra/main.tf src/main/java/buildsrc/A.java");
    }

    #[test]
    fn languages_of_build_tools_are_build_files() {
        let path = RepoPath::new("lib/common.inc").expect("valid");
        assert!(is_build(&path, Some(Language("Makefile"))));
        assert!(!is_build(&path, Some(Language("PHP"))));
    }
}
