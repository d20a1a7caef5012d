//! Imports go one way, so that a module can be read without the ones above it.

use std::fs;
use std::path::{Path, PathBuf};

/// Who may use whom, each itself besides.
const ALLOWED: [(&str, &[&str]); 12] = [
    ("model", &[]),
    ("wire", &[]),
    ("server", &["wire"]),
    ("view", &["model"]),
    ("ingest", &["model"]),
    ("demo", &["model"]),
    ("snapshot", &["model"]),
    ("listing", &["model"]),
    ("engine", &["model", "view"]),
    ("export", &["model", "view", "engine"]),
    ("cli", &["model", "view", "ingest", "demo", "snapshot", "engine", "export", "wire", "server"]),
    (
        "web",
        &["model", "view", "ingest", "demo", "snapshot", "listing", "engine", "export", "wire"],
    ),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Names of the modules that a line reaches by `crate::…`.
fn reached(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split("//").next().unwrap_or(line);
    code.split("crate::").skip(1).map(|rest| {
        let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
        &rest[..end.unwrap_or(rest.len())]
    })
}

#[test]
fn no_module_imports_one_above_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let modules: Vec<&str> = ALLOWED.iter().map(|(module, _)| *module).collect();
    let mut checked = 0;
    for (module, allowed) in ALLOWED {
        let mut files = Vec::new();
        sources(&src.join(module), &mut files);
        assert!(!files.is_empty(), "src/{module} has no source");
        for file in files {
            for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
                for other in reached(line).filter(|other| modules.contains(other)) {
                    checked += 1;
                    assert!(
                        other == module || allowed.contains(&other),
                        "{}:{}: src/{module} must not use src/{other}",
                        file.display(),
                        number + 1
                    );
                }
            }
        }
    }
    assert!(checked > 50, "only {checked} imports were seen: does the test still read them?");
}

#[test]
fn a_line_is_read_for_what_it_reaches() {
    let line = "use crate::model::{Day}; let x = crate::view::parse(); // crate::engine";
    assert_eq!(reached(line).collect::<Vec<_>>(), ["model", "view"]);
}

#[test]
fn only_the_web_knows_the_browser() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (module, _) in ALLOWED.iter().filter(|(module, _)| *module != "web") {
        let mut files = Vec::new();
        sources(&src.join(module), &mut files);
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            for crate_name in ["web_sys", "js_sys", "wasm_bindgen", "leptos", "gloo"] {
                assert!(!text.contains(crate_name), "{} uses {crate_name}", file.display());
            }
        }
    }
}

#[test]
fn no_component_writes_a_style_as_text() {
    // The page's rules let a script set properties and refuse attributes made of text: `style:top=…`
    // and `style=("--share", …)` set properties, `style="…"` and `style=text` write the attribute.
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web"), &mut files);
    let mut properties = 0;
    for file in files {
        for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            let Some((_, value)) = line.split_once(" style=") else { continue };
            assert!(value.starts_with("(\"--"), "{}:{}: {line}", file.display(), number + 1);
            properties += 1;
        }
    }
    assert!(properties > 3, "only {properties} were seen: does the test still read them?");
}
