//! Blocks of a Markdown page that are filled with samples.

use anyhow::{Context, Result, bail};

use super::samples::SampleCommand;

const OPEN: &str = "<!-- gen:";
const CLOSE: &str = " -->";

/// Puts each sample between its marks; everything else is unchanged.
pub(super) fn fill(page: &str, samples: &[SampleCommand]) -> Result<String> {
    let mut filled = String::new();
    let mut rest = page;
    while let Some(start) = rest.find(OPEN) {
        let (before, mark) = rest.split_at(start);
        let (name, _) = mark[OPEN.len()..].split_once(CLOSE).context("a mark is not closed")?;
        // The end names its block, so that a missing end cannot take the text up to the end of the
        // next block.
        let end = format!("<!-- /gen:{name}{CLOSE}");
        let Some(end_at) = mark.find(&end) else { bail!("the block `{name}` has no end `{end}`") };
        let Some(sample) = samples.iter().find(|sample| sample.name == name) else {
            bail!("the block `{name}` has no sample in {}", super::samples::LIST)
        };
        filled.push_str(before);
        filled.extend([OPEN, name, CLOSE, "\n```console\n", &sample.text, "```\n", &end]);
        rest = &mark[end_at + end.len()..];
    }
    filled.push_str(rest);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::fill;
    use crate::generate::samples::SampleCommand;

    fn samples() -> Vec<SampleCommand> {
        let sample = |name: &str, text: &str| SampleCommand { name: name.to_owned(), text: text.to_owned() };
        vec![sample("one", "$ debtscan .\n1\n"), sample("two", "$ debtscan\n2\n")]
    }

    #[test]
    fn blocks_are_filled_and_the_rest_stays() {
        let page = "# A\n<!-- gen:one -->old<!-- /gen:one -->\nb\n<!-- gen:two -->\n<!-- /gen:two -->";
        let filled = fill(page, &samples()).expect("filled");
        let expected = "# A\n<!-- gen:one -->\n```console\n$ debtscan .\n1\n```\n<!-- /gen:one -->\nb\n\
                        <!-- gen:two -->\n```console\n$ debtscan\n2\n```\n<!-- /gen:two -->";
        assert_eq!(filled, expected);
        assert_eq!(fill(&filled, &samples()).expect("filled again"), expected);
    }

    #[test]
    fn a_block_without_end_or_sample_is_an_error() {
        for page in ["<!-- gen:one -->", "<!-- gen:one", "<!-- gen:x --><!-- /gen:x -->"] {
            assert!(fill(page, &samples()).is_err(), "{page}");
        }
    }
}
