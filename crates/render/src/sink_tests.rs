//! Every format with text that a stranger wrote to steer the reader of that format.

use super::{Format, RenderOptions, report};
use crate::options::{Detail, Invocation, Names};
use crate::sample;
use debtscan_findings::Grouping;

const FORMATS: [Format; 6] =
    [Format::Table, Format::Markdown, Format::Html, Format::Json, Format::Ndjson, Format::Csv];

/// Texts of areas and owners, as a configuration or CODEOWNERS may hold them.
pub(crate) const HOSTILE: [&str; 14] = [
    "::error file=a.c::mended",
    "\n::error::a line of its own",
    "\r::warning::after a carriage return",
    "##vso[task.complete result=Succeeded]",
    "x ##[error]x",
    "\u{1b}]0;title\u{7}",
    "\u{9b}2J",
    "\u{202e}txt.exe",
    "zero\u{200b}width",
    "</script><img src=x onerror=alert(1)>",
    "=HYPERLINK(\"http://evil.example\")",
    "[click](javascript:alert(1)) https://evil.example",
    "| a | b |",
    "@everyone $x$ <!-- -->",
];

fn rendered(format: Format, text: &str) -> String {
    let mut value = sample::single();
    for area in &mut value.areas {
        text.clone_into(&mut area.name);
        area.owner = Some(text.to_owned());
    }
    let options = RenderOptions {
        format,
        group: Grouping::Area,
        sort: crate::options::Sort::Cost,
        top: None,
        width: 120,
        names: Names::Fitted,
        detail: Detail::Full,
        color: false,
        formulas: crate::options::Formulas::Escape,
        invocation: Invocation::default(),
    };
    let mut out = Vec::new();
    report(&value, &options, &mut out).expect("a vector takes any text");
    String::from_utf8(out).expect("the output is text")
}

#[test]
fn no_format_passes_commands_or_invisible_characters_on() {
    for text in HOSTILE {
        for format in FORMATS {
            let out = rendered(format, text);
            let what = format!("{text:?} as {format:?}");
            let line = out.lines().find(|line| line.trim_start().starts_with("::"));
            assert_eq!(line, None, "{what} begins a line");
            for mark in ["##vso[", "##[", "\u{1b}", "\u{7}", "\u{9b}", "\u{202e}", "\u{200b}"] {
                assert!(!out.contains(mark), "{what} passes {mark:?} on");
            }
            let lone = out.replace("\r\n", "\n");
            assert!(!lone.contains('\r') || format == Format::Csv, "{what} passes a carriage return on");
        }
    }
}

#[test]
fn no_page_or_issue_makes_markup_of_a_name() {
    for text in HOSTILE {
        let page = rendered(Format::Html, text);
        assert!(!page.contains("<img") && !page.contains("onerror=alert(1)>"), "{text:?} as HTML");
        let issue = rendered(Format::Markdown, text);
        // Code is shown as it is.
        let outside: String = issue.split('`').step_by(2).collect();
        assert!(!outside.contains("<img") && !outside.contains("](java"), "{text:?} as Markdown");
        let cells = |line: &str| line.replace("\\|", "").matches('|').count();
        let mut tables = issue.lines().filter(|line| line.starts_with('|')).map(cells);
        let first = tables.next().expect("a table");
        assert!(tables.next().is_some_and(|other| other == first), "{text:?} adds a column");
    }
}
