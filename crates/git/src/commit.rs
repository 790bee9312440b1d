//! Decoding commit objects.

use std::borrow::Cow;

use bstr::{BString, ByteSlice};
use debtscan_model::Author;
use encoding_rs::{Encoding, UTF_8};
use gix::ObjectId;

/// The header of a commit object.
pub struct CommitHeader {
    /// The tree.
    pub tree: ObjectId,
    /// All parents, in order.
    pub parents: Vec<ObjectId>,
    /// Committer time in seconds since the epoch.
    pub committer_seconds: i64,
    /// The author as recorded.
    pub author: Author,
    /// Author time in seconds since the epoch.
    pub author_seconds: i64,
    /// The committer as recorded.
    pub committer: Author,
    /// How name, address and message are encoded.
    pub encoding: CommitEncoding,
}

/// How the text of a commit object is encoded.
#[derive(Clone, Copy)]
pub struct CommitEncoding(Option<&'static Encoding>);

impl CommitEncoding {
    /// That of the header `encoding`; UTF-8 without one or if the name is unknown, as in git.
    fn named(label: Option<&[u8]>) -> Self {
        // UTF-8 is dropped so that ordinary text passes through without a copy, and stays as
        // recorded if it is invalid.
        Self(label.and_then(Encoding::for_label).filter(|encoding| *encoding != UTF_8))
    }

    /// Text in UTF-8. As in git, text that the encoding cannot read stays as it is.
    pub fn decode(self, text: &[u8]) -> Cow<'_, [u8]> {
        let Some(encoding) = self.0.filter(|_| !text.is_ascii()) else { return Cow::Borrowed(text) };
        match encoding.decode_without_bom_handling_and_without_replacement(text) {
            Some(decoded) => Cow::Owned(decoded.into_owned().into_bytes()),
            None => Cow::Borrowed(text),
        }
    }

    fn author(self, author: Author) -> Author {
        let decode = |text: BString| BString::from(self.decode(&text).into_owned());
        if self.0.is_none() {
            return author;
        }
        Author { name: decode(author.name), email: decode(author.email) }
    }
}

/// Decodes the header of a commit object; `None` when it is malformed.
pub fn parse_header(data: &[u8], hash: gix::hash::Kind) -> Option<CommitHeader> {
    let mut tree = None;
    let mut parents = Vec::new();
    let mut author = None;
    let mut committer = None;
    let mut encoding = None;
    for line in data.split(|byte| *byte == b'\n') {
        // The message follows the empty line.
        if line.is_empty() {
            break;
        }
        // Continuation lines of `gpgsig` and `mergetag` start with a space, so their key is empty
        // and matches nothing, even if they quote another commit's header.
        let Some((key, value)) = line.split_once_str(b" ") else { continue };
        match key {
            // As in git, the first line of a kind counts.
            b"tree" if tree.is_none() => tree = Some(hex_id(value, hash)?),
            b"parent" => parents.push(hex_id(value, hash)?),
            b"author" if author.is_none() => author = Some((parse_person(value), parse_seconds(value))),
            b"committer" if committer.is_none() => {
                committer = Some((parse_person(value), parse_seconds(value)));
            }
            b"encoding" if encoding.is_none() => encoding = Some(value),
            _ => {}
        }
    }
    let (author, author_seconds) = author?;
    let (committer, committer_seconds) = committer?;
    let encoding = CommitEncoding::named(encoding);
    let (tree, author, committer) = (tree?, encoding.author(author), encoding.author(committer));
    Some(CommitHeader { tree, parents, committer_seconds, author, author_seconds, committer, encoding })
}

fn hex_id(hex: &[u8], hash: gix::hash::Kind) -> Option<ObjectId> {
    // A malformed id makes the whole header malformed, and the walk reports the commit.
    if hex.len() == hash.len_in_hex() { ObjectId::from_hex(hex).ok() } else { None }
}

/// Parses `Name <email> seconds zone` and trims white space around name and email.
fn parse_person(value: &[u8]) -> Author {
    let open = value.find_byte(b'<').unwrap_or(value.len());
    // The first `>` after it, as in git: only the time is looked for behind the last one.
    let after = value.get(open + 1..).unwrap_or(b"");
    let email = &after[..after.find_byte(b'>').unwrap_or(after.len())];
    Author { name: BString::from(value[..open].trim()), email: BString::from(email.trim()) }
}

/// The seconds of a signature; 0 if it has no readable time, as in git.
fn parse_seconds(value: &[u8]) -> i64 {
    // The last `>`, as in git, because a broken address may contain others.
    let after = value.rfind_byte(b'>').map_or(value, |close| &value[close + 1..]);
    let digits = after.trim_start().split(|byte| *byte == b' ').next().unwrap_or(b"");
    std::str::from_utf8(digits).map_or(0, |text| text.parse().unwrap_or(0))
}

/// Returns the message of a commit object: everything after the header.
pub fn message(data: &[u8]) -> &[u8] {
    // A signature cannot end the header early: git indents its blank lines by one space.
    data.find(b"\n\n").map_or(&b""[..], |end| &data[end + 2..])
}

#[cfg(test)]
mod tests {
    use super::{message, parse_header, parse_person};
    use gix::hash::Kind;
    use proptest::prelude::*;

    fn check(value: &str, name: &str, email: &str) {
        let person = parse_person(value.as_bytes());
        assert_eq!((person.name.to_string(), person.email.to_string()), (name.to_owned(), email.to_owned()));
    }

    // Expected values are those of `git log --format='%an|%ae'`.
    #[test]
    fn an_address_ends_at_the_first_bracket_after_it() {
        check("Ada <ada@example.com> 1700000000 +0000", "Ada", "ada@example.com");
        check("Ada <ada@example.com> <x> 1700000000 +0000", "Ada", "ada@example.com");
        check("Ada <a> b> 1700000000 +0000", "Ada", "a");
        check("A <> 1700000000 +0000", "A", "");
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_are_a_commit_or_none(data in prop::collection::vec(any::<u8>(), 0..300)) {
            drop(parse_header(&data, Kind::Sha1));
            message(&data);
        }

        #[test]
        fn a_damaged_commit_is_a_commit_or_none(
            position in any::<prop::sample::Index>(), bytes in prop::collection::vec(any::<u8>(), 0..6)
        ) {
            let id = "0123456789012345678901234567890123456789";
            let mut data = format!(
                "tree {id}\nparent {id}\nauthor A <a@x> 1 +0000\ncommitter B <b@x> 2 +0000\nencoding latin1\n\ntext\n"
            )
            .into_bytes();
            let at = position.index(data.len());
            data.splice(at..at, bytes);
            drop(parse_header(&data, Kind::Sha1));
            message(&data);
        }
    }
}
