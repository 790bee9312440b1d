//! What every page has: policy, style, script, and where it comes from.

use std::fmt::Display;
use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::markup::Markup;

const STYLE: &str = concat!(include_str!("../../assets/picture.css"), include_str!("../../assets/page.css"));
const SCRIPT: &str = include_str!("../../assets/page.js");

/// A page without its frame.
pub(super) struct Page {
    pub(super) title: String,
    /// Precedes everything; empty if there is nothing to warn of.
    pub(super) banner: String,
    /// Where it comes from, most important first.
    pub(super) source: Vec<String>,
    pub(super) body: Markup,
    /// JSON for the script; may be empty.
    pub(super) data: String,
}

/// Writes the page. It loads nothing, and runs nothing but its own script.
pub(super) fn write(page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let mut markup = Markup::default();
    // Screen readers choose the voice by this.
    markup.open("html", &[("lang", &"en")]);
    head(&mut markup, &page.title);
    markup.open("body", &[]);
    markup.element("a", &[("class", &"skip"), ("href", &"#main")], "Skip to the content");
    markup.open("header", &[]);
    if !page.banner.is_empty() {
        markup.element("p", &[("class", &"demo"), ("role", &"note")], &page.banner);
    }
    markup.open("p", &[("class", &"mast")]);
    for (position, part) in page.source.iter().enumerate() {
        if position > 0 {
            markup.element("span", &[("class", &"sep")], " · ");
        }
        markup.element("span", &[("class", &"piece")], part);
    }
    markup.close("p");
    markup.close("header");
    markup.open("main", &[("id", &"main")]);
    markup.append(&page.body);
    markup.close("main");
    if !page.data.is_empty() {
        markup.data("data", &page.data);
    }
    // Last, when all elements that it works on exist.
    markup.asset("script", SCRIPT);
    markup.close("body");
    markup.close("html");
    writeln!(out, "<!doctype html>\n{}", markup.as_str())
}

fn head(markup: &mut Markup, title: &str) {
    // A mailed file has no server that could send a header, so the policy is in the page. The
    // hashes allow our style and script, and nothing that a name could smuggle in.
    let policy = format!(
        "default-src 'none'; script-src {}; style-src {}; base-uri 'none'; form-action 'none'",
        source(SCRIPT),
        source(STYLE)
    );
    markup.open("head", &[]);
    // First, because it binds only what follows it.
    meta(markup, "http-equiv", "Content-Security-Policy", &policy);
    markup.empty("meta", &[("charset", &"utf-8")]);
    meta(markup, "name", "viewport", &"width=device-width,initial-scale=1");
    meta(markup, "name", "color-scheme", &"light dark");
    meta(markup, "name", "referrer", &"no-referrer");
    markup.element("title", &[], title);
    markup.asset("style", STYLE);
    markup.close("head");
}

fn meta(markup: &mut Markup, key: &'static str, name: &'static str, content: &dyn Display) {
    markup.empty("meta", &[(key, &name), ("content", content)]);
}

/// The hash of an asset, as a source of the policy.
fn source(asset: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(asset)))
}

/// Base64 (RFC 4648) of whole bytes.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits =
            chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{SCRIPT, STYLE, base64, source};

    #[test]
    fn base64_is_that_of_rfc_4648() {
        let texts = ["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(|text| base64(text.as_bytes()));
        assert_eq!(texts, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]);
    }

    #[test]
    fn the_hash_of_nothing_is_the_known_one() {
        // printf '' | openssl dgst -sha256 -binary | base64
        assert_eq!(source(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
    }

    #[test]
    fn assets_cannot_end_their_element() {
        assert!(!STYLE.contains("</") && !SCRIPT.contains("</"));
        assert!(!SCRIPT.contains("innerHTML") && !SCRIPT.contains("eval("), "text is inserted as text");
    }
}
