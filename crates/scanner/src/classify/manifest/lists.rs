//! Manifests in TOML, JSON and line-based formats.

use toml::{Table, Value};

use super::facts::{ManifestFacts, workspace};

fn strings(value: Option<&Value>) -> Vec<String> {
    let values = value.and_then(Value::as_array).into_iter().flatten();
    values.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn text_at(table: &Table, path: &[&str]) -> Option<String> {
    let (last, outer) = path.split_last()?;
    let inner = outer.iter().try_fold(table, |table, key| table.get(*key)?.as_table())?;
    inner.get(*last)?.as_str().map(str::to_owned)
}

/// `[package] name`, `[workspace] members` and `exclude`, dependencies with a `path`.
pub(super) fn cargo(text: &str) -> ManifestFacts {
    // The package exists although its file does not parse, as in a template with placeholders.
    let Ok(table) = text.parse::<Table>() else { return ManifestFacts::default() };
    let own = table.get("workspace").and_then(Value::as_table);
    let list = own.map(|own| workspace(strings(own.get("members")), strings(own.get("exclude"))));
    let mut uses = Vec::new();
    // Dependencies of one platform are dependencies of the package.
    let targets = table.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let places = [Some(&table), own].into_iter().flatten().chain(targets.filter_map(Value::as_table));
    for place in places {
        for key in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let dependencies = place.get(key).and_then(Value::as_table).into_iter().flat_map(Table::values);
            uses.extend(dependencies.filter_map(|it| it.get("path")?.as_str()).map(str::to_owned));
        }
    }
    ManifestFacts { name: text_at(&table, &["package", "name"]), workspace: list, uses }
}

/// `[project] name` or Poetry's, `[tool.uv.workspace]`.
pub(super) fn python(text: &str) -> ManifestFacts {
    let Ok(table) = text.parse::<Table>() else { return ManifestFacts::default() };
    let name = text_at(&table, &["project", "name"]).or_else(|| text_at(&table, &["tool", "poetry", "name"]));
    let uv = table.get("tool").and_then(|tool| tool.get("uv")?.get("workspace")?.as_table());
    let list = uv.map(|uv| workspace(strings(uv.get("members")), strings(uv.get("exclude"))));
    ManifestFacts { name, workspace: list, uses: Vec::new() }
}

/// `name` below `[metadata]`.
pub(super) fn setup_cfg(text: &str) -> ManifestFacts {
    let mut section = "";
    for line in text.lines() {
        if line.starts_with('[') {
            section = line.trim();
        } else if let Some((key, value)) = line.split_once('=')
            && section == "[metadata]"
            && key.trim() == "name"
        {
            return ManifestFacts { name: Some(value.trim().to_owned()), ..ManifestFacts::default() };
        }
    }
    ManifestFacts::default()
}

fn json_name(value: &serde_json::Value) -> Option<String> {
    value.get("name")?.as_str().map(str::to_owned)
}

/// `name`, and `workspaces` as a list or as `{ "packages": […] }`.
pub(super) fn npm(text: &str) -> ManifestFacts {
    let Ok(value) = serde_json::from_str::<serde_json::Value>(text) else { return ManifestFacts::default() };
    let list = value.get("workspaces");
    let list = list.and_then(|list| list.as_array().or_else(|| list.get("packages")?.as_array()));
    let members = list.map(|list| list.iter().filter_map(|it| it.as_str()).map(str::to_owned).collect());
    let workspace = members.map(|members| workspace(members, Vec::new()));
    ManifestFacts { name: json_name(&value), workspace, uses: Vec::new() }
}

/// `name`.
pub(super) fn composer(text: &str) -> ManifestFacts {
    let name = serde_json::from_str::<serde_json::Value>(text).ok().as_ref().and_then(json_name);
    ManifestFacts { name, ..ManifestFacts::default() }
}

/// The list `packages:`.
pub(super) fn pnpm(text: &str) -> ManifestFacts {
    // Also without members: the file marks the root of a workspace.
    let members = yaml_list(text, "packages").unwrap_or_default();
    ManifestFacts { workspace: Some(workspace(members, Vec::new())), ..ManifestFacts::default() }
}

/// `name: x`, and the list of packages under this key.
pub(super) fn dart(text: &str, key: &str) -> ManifestFacts {
    let name = text.lines().find_map(|line| line.strip_prefix("name:")).map(unquoted);
    let members = yaml_list(text, key);
    ManifestFacts { name, workspace: members.map(|members| workspace(members, Vec::new())), uses: Vec::new() }
}

/// A list at the left margin, as items below its key or in brackets; `None` without the key. No other YAML is needed
/// here.
fn yaml_list(text: &str, key: &str) -> Option<Vec<String>> {
    let mut members = Vec::new();
    let (mut is_inside, mut is_there) = (false, false);
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix(key).and_then(|rest| rest.strip_prefix(':')) {
            let inline = rest.trim().strip_prefix('[').map(|list| list.trim_end_matches(']').split(','));
            members.extend(inline.into_iter().flatten().map(unquoted).filter(|item| !item.is_empty()));
            (is_inside, is_there) = (true, true);
        } else if is_inside && line.trim_start().starts_with('-') {
            members.push(unquoted(line.trim_start().trim_start_matches('-')));
        } else if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
            is_inside = false;
        }
    }
    is_there.then_some(members)
}

/// A scalar of YAML without its comment and quotes.
fn unquoted(item: &str) -> String {
    item.split(" #").next().unwrap_or("").trim().trim_matches(['"', '\'']).to_owned()
}

/// `Package: x`.
pub(super) fn r(text: &str) -> ManifestFacts {
    let name = text.lines().find_map(|line| line.strip_prefix("Package:")).map(|name| name.trim().to_owned());
    ManifestFacts { name, ..ManifestFacts::default() }
}

/// `module example.org/a`.
pub(super) fn go_module(text: &str) -> ManifestFacts {
    let named = text.lines().find_map(|line| line.trim_start().strip_prefix("module "));
    let name = named.map(|name| name.split("//").next().unwrap_or("").trim().trim_matches('"').to_owned());
    ManifestFacts { name, ..ManifestFacts::default() }
}

/// `use ./a` and `use ( ./a ./b )`.
pub(super) fn go_work(text: &str) -> ManifestFacts {
    let mut members = Vec::new();
    let mut is_inside = false;
    for line in text.lines().map(|line| line.split("//").next().unwrap_or("").trim()) {
        if is_inside && line.starts_with(')') {
            is_inside = false;
        } else if is_inside && !line.is_empty() {
            members.push(line.to_owned());
        } else if let Some(rest) = line.strip_prefix("use") {
            let rest = rest.trim();
            is_inside = rest.starts_with('(');
            members.extend((!is_inside && !rest.is_empty()).then(|| rest.to_owned()));
        }
    }
    ManifestFacts { workspace: Some(workspace(members, Vec::new())), ..ManifestFacts::default() }
}

/// `app: :name`; `apps_path: "apps"` of an umbrella.
pub(super) fn mix(text: &str) -> ManifestFacts {
    // The file is a program, but `mix new` writes both like this.
    let rest = text.split_once("app: :").map(|(_, rest)| rest);
    let is_of_name = |character: char| character.is_alphanumeric() || character == '_';
    let name = rest.map(|rest| rest.chars().take_while(|character| is_of_name(*character)).collect());
    let apps = text.split_once("apps_path: \"").and_then(|(_, rest)| rest.split_once('"'));
    let umbrella = apps.map(|(folder, _)| workspace(vec![format!("{folder}/*")], Vec::new()));
    ManifestFacts { name, workspace: umbrella, uses: Vec::new() }
}

#[cfg(test)]
mod tests {
    use debtscan_model::Workspace;

    use super::{cargo, composer, dart, go_module, go_work, mix, npm, pnpm, python, r, setup_cfg};

    fn list(members: &[&str], excluded: &[&str]) -> Workspace {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Workspace { members: owned(members), excluded: owned(excluded) }
    }

    #[test]
    fn cargo_has_names_members_and_paths() {
        let facts = cargo(
            "[package]\nname = \"a\"\n[workspace]\nmembers = [\"crates/*\"]\nexclude = [\"fuzz\"]\n\
             [workspace.dependencies]\nb = { path = \"crates/b\" }\n\
             [target.'cfg(unix)'.dependencies]\nc = { path = \"../c\", version = \"1\" }\nd = \"1\"\n",
        );
        assert_eq!(facts.name.as_deref(), Some("a"));
        assert_eq!(facts.workspace, Some(list(&["crates/*"], &["fuzz"])));
        assert_eq!(facts.uses, ["crates/b", "../c"]);
        assert_eq!(cargo("[package]\nname = \"a\"\n").workspace, None);
        assert_eq!(cargo("not toml ["), super::ManifestFacts::default());
    }

    #[test]
    fn npm_pnpm_and_yarn_list_their_packages() {
        assert_eq!(
            npm(r#"{"name": "@a/b", "workspaces": ["packages/*", "!packages/x"]}"#).workspace,
            Some(list(&["packages/*"], &["packages/x"]))
        );
        assert_eq!(npm(r#"{"workspaces": {"packages": ["p"]}}"#).workspace, Some(list(&["p"], &[])));
        let facts = npm(r#"{"name": "@a/b"}"#);
        assert_eq!((facts.name.as_deref(), facts.workspace), (Some("@a/b"), None));
        let text = "# all\npackages:\n  - 'packages/*' # ours\n\n  - \"!**/test/**\"\ncatalog:\n  - no\n";
        assert_eq!(pnpm(text).workspace, Some(list(&["packages/*"], &["**/test/**"])));
        assert_eq!(pnpm("packages: ['a', \"b/*\"]\n").workspace, Some(list(&["a", "b/*"], &[])));
    }

    #[test]
    fn go_modules_and_workspaces() {
        assert_eq!(
            go_module("// x\nmodule example.org/a/v2 // y\n\ngo 1.22\n").name.as_deref(),
            Some("example.org/a/v2")
        );
        let text = "go 1.22\n\nuse ./one\nuse (\n\t./two // x\n\t../three\n)\nreplace a => b\n";
        assert_eq!(go_work(text).workspace, Some(list(&["./one", "./two", "../three"], &[])));
    }

    #[test]
    fn python_php_and_elixir_have_names() {
        let facts = python(
            "[project]\nname = \"a\"\n[tool.uv.workspace]\nmembers = [\"p/*\"]\nexclude = [\"p/x\"]\n",
        );
        assert_eq!((facts.name.as_deref(), facts.workspace), (Some("a"), Some(list(&["p/*"], &["p/x"]))));
        assert_eq!(python("[tool.poetry]\nname = \"b\"\n").name.as_deref(), Some("b"));
        assert_eq!(
            setup_cfg("[x]\nname = no\n[metadata]\nname = neutron\n").name.as_deref(),
            Some("neutron")
        );
        assert_eq!(composer(r#"{"name": "v/p"}"#).name.as_deref(), Some("v/p"));
        assert_eq!(mix("def project do\n  [app: :my_app, version: 1]\n").name.as_deref(), Some("my_app"));
    }

    #[test]
    fn dart_r_and_umbrellas() {
        let facts = dart("name: shop\nworkspace:\n  - pkgs/a\n  - pkgs/b # b\n", "workspace");
        assert_eq!(
            (facts.name.as_deref(), facts.workspace),
            (Some("shop"), Some(list(&["pkgs/a", "pkgs/b"], &[])))
        );
        assert_eq!(dart("name: a\n", "workspace").workspace, None);
        assert_eq!(
            dart("name: all\npackages: [pkgs/**]\n", "packages").workspace,
            Some(list(&["pkgs/**"], &[]))
        );
        assert_eq!(r("Type: Package\nPackage: shop\n").name.as_deref(), Some("shop"));
        let umbrella = mix("def project do\n  [apps_path: \"apps\", version: 1]\n").workspace;
        assert_eq!(umbrella, Some(list(&["apps/*"], &[])));
    }
}
