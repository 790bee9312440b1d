//! Bytes of a file -> text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{UTF_16BE, UTF_16LE};

use super::error::IncidentError;
use super::file::{Encoding, FileFormat, TextEncoding};
use super::workbook::{self, WorkbookText};

/// What archives begin with, workbooks among them.
const WORKBOOK: &[u8] = b"PK\x03\x04";

/// Signatures of formats that are often passed instead of CSV.
const SIGNATURES: [(&[u8], &str); 5] = [
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an XLS workbook"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"%PDF-", "a PDF document"),
    (b"PAR1", "a Parquet file"),
];

/// Which sheet of a workbook was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SheetOfWorkbook {
    pub(crate) format: FileFormat,
    pub(crate) name: String,
    /// The names of the other sheets.
    pub(crate) others: Vec<String>,
}

/// The text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: Encoding,
    /// The sheet that it was; `None` for plain text.
    pub(crate) sheet: Option<SheetOfWorkbook>,
}

/// The text of a sheet of a workbook; of other files text in the chosen encoding, otherwise UTF-8, UTF-16 with or without byte order mark, or else
/// the one-byte or East Asian encoding that its bytes look like.
///
/// # Errors
/// If the file is empty, another format, or not decodable.
pub(crate) fn decode(
    file: &str,
    content: &[u8],
    chosen: Option<TextEncoding>,
    sheet: Option<&str>,
) -> Result<Decoded, IncidentError> {
    let other_format = |format| IncidentError::Format { file: file.to_owned(), format };
    // Before any decoding: nearly all bytes are valid in some one-byte encoding.
    if let Some((_, format)) = SIGNATURES.iter().find(|(signature, _)| content.starts_with(signature)) {
        return Err(other_format(format));
    }
    if content.starts_with(WORKBOOK) {
        let WorkbookText { text, format, sheet: name, others } = workbook::read(file, content, sheet)?;
        if text.trim().is_empty() {
            return Err(IncidentError::Empty { file: file.to_owned() });
        }
        return Ok(Decoded {
            text,
            encoding: Encoding::Utf8,
            sheet: Some(SheetOfWorkbook { format, name, others }),
        });
    }
    let decoded = match chosen {
        Some(chosen) => in_encoding(file, content, chosen.encoding(), false)?,
        None => by_content(file, content)?,
    };
    let start = decoded.text.trim_start();
    if start.is_empty() {
        return Err(IncidentError::Empty { file: file.to_owned() });
    }
    // A login page saved in place of the export; neither CSV nor JSON begins like this.
    if start.starts_with('<') {
        return Err(other_format("an HTML or XML document"));
    }
    Ok(decoded)
}

fn by_content(file: &str, content: &[u8]) -> Result<Decoded, IncidentError> {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(content) {
        return in_encoding(file, content, encoding, false);
    }
    // Before the search for zero bytes: UTF-16 is full of them.
    if let Some(encoding) = utf16_without_mark(content) {
        return in_encoding(file, content, encoding, true);
    }
    // No text in a one-byte encoding has a zero byte.
    if content.contains(&0) {
        let format = "binary data, not text";
        return Err(IncidentError::Format { file: file.to_owned(), format });
    }
    // Text in another encoding is hardly ever valid UTF-8 by chance.
    if let Ok(text) = std::str::from_utf8(content) {
        return Ok(Decoded { text: text.to_owned(), encoding: Encoding::Utf8, sheet: None });
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(content, true);
    // UTF-8 was tried above, so that a guess of it could only fail.
    in_encoding(file, content, detector.guess(None, Utf8Detection::Deny), true)
}

/// Decodes bytes, a byte order mark removed; no byte may be meaningless.
fn in_encoding(
    file: &str,
    content: &[u8],
    encoding: &'static encoding_rs::Encoding,
    is_guess: bool,
) -> Result<Decoded, IncidentError> {
    let (text, used, is_damaged) = encoding.decode(content);
    if is_damaged {
        // The first replacement character marks the first bad byte; line ends survive in every
        // encoding.
        let line = text.split('\u{fffd}').next().unwrap_or_default().matches('\n').count() as u64 + 1;
        return Err(IncidentError::Encoding { file: file.to_owned(), line, encoding: used.name() });
    }
    let encoding = match used.name() {
        "UTF-8" => Encoding::Utf8,
        "UTF-16LE" | "UTF-16BE" if !is_guess => Encoding::Utf16,
        "UTF-16LE" | "UTF-16BE" => Encoding::Utf16WithoutMark,
        name => Encoding::Other(name),
    };
    Ok(Decoded { text: text.into_owned(), encoding, sheet: None })
}

/// The byte order of UTF-16 text without a mark; `None` for any other content.
///
/// Every character of ASCII has a zero byte: in a table most separators, digits and letters are ASCII.
fn utf16_without_mark(content: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let (pairs, _) = content.as_chunks::<2>();
    let zeros = |position: usize| pairs.iter().filter(|pair| pair[position] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    // A third suffices: in Russian or Chinese only separators, digits and line ends are ASCII.
    let is_most = |count: usize| count * 3 > pairs.len();
    // Zeros on both sides are binary data.
    if is_most(second) && first * 8 < second {
        Some(UTF_16LE)
    } else if is_most(first) && second * 8 < first {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Encoding, IncidentError, TextEncoding};

    fn decode(file: &str, content: &[u8]) -> Result<super::Decoded, IncidentError> {
        super::decode(file, content, None, None)
    }

    #[test]
    fn utf8_and_utf16_are_decoded_with_their_byte_order_marks_removed() {
        for bytes in [
            b"id\n\xc3\xa9".to_vec(),
            b"\xef\xbb\xbfid\n\xc3\xa9".to_vec(),
            b"\xff\xfei\0d\0\n\0\xe9\0".to_vec(),
            b"\xfe\xff\0i\0d\0\n\0\xe9".to_vec(),
        ] {
            assert_eq!(decode("a.csv", &bytes).expect("it decodes").text, "id\né");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_with_their_line() {
        let error = |line, encoding| IncidentError::Encoding { file: "a.csv".to_owned(), line, encoding };
        // A lone surrogate, and half a code unit.
        assert_eq!(decode("a.csv", b"\xff\xfei\0\n\0\x00\xd8"), Err(error(2, "UTF-16LE")));
        assert_eq!(decode("a.csv", b"\xff\xfei\0d"), Err(error(1, "UTF-16LE")));
        let utf8 = TextEncoding::new("utf-8").ok();
        assert_eq!(super::decode("a.csv", b"id\nx\n\xe9", utf8, None), Err(error(3, "UTF-8")));
        let binary = decode("a.csv", b"id\0\0\0title\x01\n").expect_err("not text");
        assert!(binary.to_string().contains("binary"), "{binary}");
    }

    #[test]
    fn utf16_is_known_without_a_mark_and_legacy_encodings_by_their_bytes() {
        let utf16: Vec<u8> = "id;Titel\r\n1;Zahlung\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let decoded = decode("a.csv", &utf16).expect("UTF-16");
        assert_eq!(decoded.text, "id;Titel\r\n1;Zahlung\r\n");
        assert_eq!(decoded.encoding, Encoding::Utf16WithoutMark);
        let cases: [(&[u8], &str); 2] = [
            (
                b"id,title\n1,Lab \x96 results caf\xe9 na\xefve late\n",
                "Lab \u{2013} results caf\u{e9} na\u{ef}ve late",
            ),
            (
                b"id;Titel\n1;Z\xe4hler f\xfcr \xdcbertragung gest\xf6rt\n",
                "Z\u{e4}hler f\u{fc}r \u{dc}bertragung gest\u{f6}rt",
            ),
        ];
        for (bytes, title) in cases {
            let decoded = decode("a.csv", bytes).expect("Windows-1252");
            assert!(decoded.text.contains(title), "{}", decoded.text);
            assert_eq!(decoded.encoding, Encoding::Other("windows-1252"));
        }
        let cyrillic = TextEncoding::new("windows-1251").ok();
        let decoded = super::decode("a.csv", b"id\n\xcf\xf0\n", cyrillic, None).expect("Windows-1251");
        assert_eq!(decoded.text, "id\n\u{41f}\u{440}\n");
        assert!(TextEncoding::new("klingon").is_err());
    }

    #[test]
    fn other_formats_are_named_with_the_way_out() {
        for (content, word) in [
            (&b"PK\x03\x04rest"[..], "workbook"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLS"),
            (b"<!DOCTYPE html>", "HTML"),
        ] {
            let error = decode("a.csv", content).expect_err("it is neither CSV nor JSON");
            assert!(error.to_string().contains(word), "{error}");
            assert!(error.hint().contains("CSV"), "{}", error.hint());
        }
        assert_eq!(
            decode("a.csv", b"\xef\xbb\xbf \n"),
            Err(IncidentError::Empty { file: "a.csv".to_owned() })
        );
    }
}
