//! A configuration of any text is read or refused, and its excerpt holds no control character.

use proptest::prelude::*;

use crate::config::parse;

/// Lines of real configurations and pieces that break them.
const PIECES: [&str; 26] = [
    "[[area]]\n",
    "[area]\n",
    "name = \"a\"\n",
    "paths = [\"src/**\"]\n",
    "paths = []\n",
    "[incidents]\n",
    "files = [\"../x\"]\n",
    "[people]\n",
    "anonymize = true\n",
    "exclude = [\"[\"]\n",
    "[price]\n",
    "hour = \"€ 12\"\n",
    "[strict]\n",
    "max_skipped = \"101%\"\n",
    "[[accept]]\n",
    "code = \"shallow-clone\"\n",
    "until = 2024-02-30\n",
    "= 1\n",
    "x = \"\u{1b}]0;t\u{7}\"\n",
    "\"",
    "'''",
    "\r",
    "\u{202e}",
    "{",
    "[",
    "9223372036854775808",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn any_text_is_a_configuration_or_an_error(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..10)
    ) {
        if let Err(error) = parse("debtscan.toml", &pieces.concat()) {
            let shown = format!("{error}{}", error.snippet());
            let raw = shown.chars().find(|it| it.is_control() && *it != '\n' && *it != '\u{1b}' || *it == '\u{202e}');
            prop_assert_eq!(raw, None, "{}", shown);
        }
    }
}
