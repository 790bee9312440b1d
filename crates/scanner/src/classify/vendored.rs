//! Code of others, copied into the repository. A name alone proves nothing unless tools use it for just that.

use bstr::ByteSlice;
use debtscan_model::{Language, RepoPath};

use super::folders::{has_one, split_extension, telling};

/// Folders in which package managers and projects keep the code of others, in any letter case.
const FOLDERS: &[&str] = &[
    "vendor",
    "vendors",
    "vendored",
    "_vendor",
    "_vendored",
    "third_party",
    "third-party",
    "thirdparty",
    "3rdparty",
    "3rd_party",
    "3rd-party",
    "node_modules",
    "bower_components",
    "jspm_packages",
    "web_modules",
    "site-packages",
    "godeps",
    "carthage",
    "pods",
    "elm-stuff",
];

/// The same, in exact letter case: the hardware layers of chips, and messages of drones.
const EXACT_FOLDERS: &[&str] = &["CMSIS", "MAVLink"];

/// Package managers of these languages know no folder `vendor`, so that it may be a part of the business.
const WITHOUT_VENDOR: &[&str] = &["py", "java", "kt", "scala", "cs", "fs", "swift"];

/// Names that a package manager or build tool writes.
const NAMES: &[&str] = &[
    "gradlew",
    "gradlew.bat",
    "mvnw",
    "mvnw.cmd",
    "MavenWrapperDownloader.java",
    ".pnp.cjs",
    ".pnp.js",
    ".pnp.loader.mjs",
];

/// Libraries that are one file or two, by their names in small letters; not at the root, where they are at home.
const SINGLE_FILES: &[&str] = &[
    "sqlite3.c",
    "sqlite3.h",
    "sqlite3ext.h",
    "httplib.h",
    "miniz.c",
    "miniz.h",
    "lodepng.cpp",
    "lodepng.c",
    "lodepng.h",
    "pugixml.cpp",
    "pugixml.hpp",
    "pugiconfig.hpp",
    "tinyxml2.cpp",
    "tinyxml2.h",
    "catch.hpp",
    "catch_amalgamated.cpp",
    "catch_amalgamated.hpp",
    "doctest.h",
    "cjson.c",
    "cjson.h",
    "jsmn.h",
    "uthash.h",
    "utlist.h",
    "utarray.h",
    "khash.h",
    "xxhash.c",
    "xxhash.h",
    "dr_wav.h",
    "dr_mp3.h",
    "dr_flac.h",
    "miniaudio.h",
    "nuklear.h",
    "glad.c",
    "glad.h",
    "gl3w.c",
    "linenoise.c",
    "linenoise.h",
    "simdjson.cpp",
    "simdjson.h",
    "rapidxml.hpp",
    "cxxopts.hpp",
    "argparse.hpp",
    "toml.hpp",
    "inih.h",
];

/// Libraries of browsers. A copy has its version in its name; the file of the project itself has not.
const BROWSER_LIBRARIES: &[&str] = &[
    "angular",
    "backbone",
    "bootstrap",
    "chart",
    "d3",
    "ember",
    "foundation",
    "handlebars",
    "highcharts",
    "jquery",
    "knockout",
    "leaflet",
    "lodash",
    "modernizr",
    "moment",
    "mootools",
    "mustache",
    "popper",
    "prototype",
    "raphael",
    "react",
    "require",
    "scriptaculous",
    "select2",
    "swfobject",
    "three",
    "underscore",
    "vue",
    "yui",
    "zepto",
];

/// Folders of files that a web server hands out as they are.
const STATIC_FOLDERS: &[&str] = &[
    "public",
    "static",
    "assets",
    "wwwroot",
    "webapp",
    "htdocs",
    "resources",
    "web",
    "www",
    "js",
    "javascript",
    "javascripts",
    "scripts",
];

/// Folders that often, but not always, hold the code of others.
pub(super) const UNSURE_FOLDERS: &[&str] =
    &["deps", "external", "externals", "extern", "ext", "dist", "libs", "contrib", "vendor", "vendors"];

/// Whether the path of a file proves that it is vendored.
pub(super) fn has_vendored_path(path: &RepoPath) -> bool {
    let name = path.file_name();
    let (_, extension) = split_extension(name);
    let extension = extension.to_ascii_lowercase();
    let is_folder = |folder: &[u8]| {
        let is_vendor = folder.eq_ignore_ascii_case(b"vendor") || folder.eq_ignore_ascii_case(b"vendors");
        let is_known = FOLDERS.iter().any(|known| folder.eq_ignore_ascii_case(known.as_bytes()));
        is_known && !(is_vendor && WITHOUT_VENDOR.iter().any(|without| extension == without.as_bytes()))
    };
    let folders = telling(path);
    folders.first().is_some_and(|first| first.eq_ignore_ascii_case(b"vendor"))
        || folders.iter().any(|folder| is_folder(folder))
        || folders.iter().any(|folder| {
            EXACT_FOLDERS.iter().any(|exact| *folder == exact.as_bytes()) || folder.ends_with(b"_HAL_Driver")
        })
        || folders
            .windows(2)
            .any(|pair| pair == [&b"gradle"[..], b"wrapper"] || pair == [&b".mvn"[..], b"wrapper"])
        || folders.first() == Some(&&b".yarn"[..])
        || NAMES.iter().any(|known| name == *known)
        || is_single_file(path)
        || is_versioned(path)
}

fn is_single_file(path: &RepoPath) -> bool {
    let name = path.file_name().to_ascii_lowercase();
    let is_stb = name.starts_with(b"stb_") && name.ends_with(b".h");
    !path.folder().is_empty() && (is_stb || SINGLE_FILES.iter().any(|known| name == known.as_bytes()))
}

/// `jquery-3.6.0.js`, `bootstrap.v5.js`, `jquery.ui-1.8.custom.js`
fn is_versioned(path: &RepoPath) -> bool {
    let name = path.file_name().to_ascii_lowercase();
    let Some(stem) = name.strip_suffix(b".js").or_else(|| name.strip_suffix(b".css")) else { return false };
    let is_library = BROWSER_LIBRARIES.iter().any(|known| {
        stem.strip_prefix(known.as_bytes())
            .is_some_and(|rest| rest.first().is_some_and(|byte| b"-._".contains(byte)))
    });
    let is_version = |part: &[u8]| {
        let part = part.strip_prefix(b"v").unwrap_or(part);
        part.first().is_some_and(u8::is_ascii_digit)
            && part.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')
    };
    is_library
        && (stem.split(|byte| *byte == b'-' || *byte == b'_').skip(1).any(is_version)
            || stem.split(|byte| *byte == b'.').skip(1).any(|part| {
                part.strip_prefix(b"v")
                    .is_some_and(|rest| !rest.is_empty() && rest.iter().all(u8::is_ascii_digit))
            }))
}

/// Whether the content of a file proves that it is vendored.
pub(super) fn has_vendored_content(path: &RepoPath, content: &[u8], language: Option<Language>) -> bool {
    match language {
        Some(Language("JavaScript" | "CSS")) => has_one(path, STATIC_FOLDERS) && has_library_banner(content),
        // The one file that nlohmann/json is shipped as; in its own repository the parts stand beside it.
        Some(Language("C" | "C++")) if path.file_name() == "json.hpp" => {
            content.contains_str("// #include <nlohmann/")
        }
        _ => false,
    }
}

/// Whether a file begins with a banner that has a version and a licence, which builds of libraries keep: `/*! X v1.2 |
/// MIT license */`.
fn has_library_banner(content: &[u8]) -> bool {
    let head = &content[..content.len().min(1 << 10)];
    let head = head.trim_start();
    let Some(rest) = head.strip_prefix(b"/*!") else { return false };
    let banner = &rest[..rest.find("*/").unwrap_or(rest.len())];
    let small = banner.to_ascii_lowercase();
    let has_licence = ["license", "licence", "copyright", "(c)"].iter().any(|word| small.contains_str(word));
    // A digit, a dot, a digit.
    let has_version =
        small.windows(3).any(|part| part[0].is_ascii_digit() && part[1] == b'.' && part[2].is_ascii_digit());
    has_licence && has_version
}

#[cfg(test)]
mod tests {
    use debtscan_model::{Language, RepoPath};

    use super::{has_vendored_content, has_vendored_path};

    #[track_caller]
    fn check(expected: bool, paths: &str) {
        for path in paths.split_whitespace() {
            assert_eq!(has_vendored_path(&RepoPath::new(path).expect("valid")), expected, "{path}");
        }
    }

    #[test]
    fn folders_of_package_managers_and_known_files_are_vendored() {
        check(
            true,
            "vendor/x/y.go third_party/zlib/a.c web/node_modules/a/b.js pip/_vendor/six.py ios/Pods/A.swift vendor/a.py",
        );
        check(
            true,
            "lib/main/CMSIS/core.h Drivers/STM32F4xx_HAL_Driver/a.c lib/main/MAVLink/common.h .yarn/releases/yarn.cjs",
        );
        check(
            true,
            "src/stb_image.h ext/sqlite3.c common/httplib.h gradlew gradle/wrapper/a.java web/js/jquery-3.6.0.js js/d3.v5.js",
        );
    }

    #[test]
    fn own_code_is_not_that_of_others() {
        check(
            false,
            "src/effects.js src/controls.js src/dragdrop.js src/bootstrap.js src/bootstrap-app.ts src/react-hooks.js",
        );
        check(
            false,
            "src/react.js src/angular-upgrade.js src/d3-chart.js src/prototype-chain.js src/foundation.js src/jquery.js",
        );
        check(
            false,
            "pkg/env/env.go kong/vaults/env/init.lua src/main/scala/shop/external/Client.scala src/codemirror/theme.ts",
        );
        check(
            false,
            "types/shop.d.ts src/global.d.ts extjs/src/Shop.js fabfile.py activesupport/lib/cache/store.rb dist/run.py",
        );
        check(
            false,
            "deps/own.c extern/own.c src/main/java/com/shop/vendor/Vendor.java app/vendor/models.py stb_image.h sqlite3.c",
        );
    }

    #[test]
    fn a_banner_with_version_and_licence_is_that_of_a_library() {
        let is_one = |path: &str, content: &str, language: &'static str| {
            let path = RepoPath::new(path).expect("valid");
            has_vendored_content(&path, content.as_bytes(), Some(Language(language)))
        };
        let banner = "/*!\n * Shop UI v1.2.3\n * Copyright A, MIT license\n */\nrun();\n";
        assert!(is_one("public/js/ui.js", banner, "JavaScript"));
        assert!(!is_one("src/ui.js", banner, "JavaScript"), "the project's own");
        assert!(!is_one("public/js/ui.js", "/*! our page */\nrun();\n", "JavaScript"));
        assert!(is_one("common/json.hpp", "// #include <nlohmann/adl_serializer.hpp>\n", "C++"));
        assert!(!is_one("include/nlohmann/json.hpp", "#include <nlohmann/adl_serializer.hpp>\n", "C++"));
    }
}
