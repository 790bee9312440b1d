//! Bytes of a file -> text.

use super::error::IncidentError;
use super::file::Encoding;

/// Signatures of formats that are often handed in instead of CSV.
const SIGNATURES: [(&[u8], &str); 6] = [
    (b"PK\x03\x04", "a ZIP archive or XLSX workbook"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an XLS workbook"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"%PDF-", "a PDF document"),
    (b"PAR1", "a Parquet file"),
];

/// The text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: Encoding,
}

/// Decodes UTF-8 with or without byte order mark, and UTF-16 with one.
///
/// # Errors
/// When the file is empty, another format, or not decodable.
pub(super) fn decode(file: &str, content: &[u8]) -> Result<Decoded, IncidentError> {
    let other_format = |format| IncidentError::Format { file: file.to_owned(), format };
    if let Some((_, format)) = SIGNATURES.iter().find(|(signature, _)| content.starts_with(signature)) {
        return Err(other_format(format));
    }
    let (text, encoding) = match content {
        [0xff, 0xfe, rest @ ..] => (utf16(file, rest, u16::from_le_bytes)?, Encoding::Utf16),
        [0xfe, 0xff, rest @ ..] => (utf16(file, rest, u16::from_be_bytes)?, Encoding::Utf16),
        _ => (utf8(file, content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content))?, Encoding::Utf8),
    };
    let start = text.trim_start();
    if start.is_empty() {
        return Err(IncidentError::Empty { file: file.to_owned() });
    }
    if start.starts_with('<') {
        return Err(other_format("an HTML or XML document"));
    }
    Ok(Decoded { text, encoding })
}

fn utf8(file: &str, bytes: &[u8]) -> Result<String, IncidentError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count() as u64;
            Err(IncidentError::Encoding { file: file.to_owned(), line })
        }
    }
}

fn utf16(file: &str, bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, IncidentError> {
    let mut line = 1;
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(pairs.len());
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let Ok(character) = decoded else {
            return Err(IncidentError::Encoding { file: file.to_owned(), line });
        };
        line += u64::from(character == '\n');
        text.push(character);
    }
    if odd.is_empty() { Ok(text) } else { Err(IncidentError::Encoding { file: file.to_owned(), line }) }
}

#[cfg(test)]
mod tests {
    use super::{IncidentError, decode};

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
        let error = |line| IncidentError::Encoding { file: "a.csv".to_owned(), line };
        assert_eq!(decode("a.csv", b"id\nx\n\xe9"), Err(error(3)));
        // A lone surrogate, and half a code unit.
        assert_eq!(decode("a.csv", b"\xff\xfei\0\n\0\x00\xd8"), Err(error(2)));
        assert_eq!(decode("a.csv", b"\xff\xfei\0d"), Err(error(1)));
    }

    #[test]
    fn other_formats_are_named_with_the_way_out() {
        for (content, word) in [
            (&b"PK\x03\x04rest"[..], "XLSX"),
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
