//! Encoding numbers and texts as columns of bytes, and decoding them without trusting them.

/// The bytes are not what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Damaged;

/// Most values for which memory is allocated before they are read.
const MOST_AHEAD: usize = 1 << 16;

/// Appends to a column.
#[derive(Debug, Default)]
pub(super) struct Writer(pub(super) Vec<u8>);

impl Writer {
    /// Writes seven bits per byte, lowest first.
    pub(super) fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value.to_le_bytes()[0] | 0x80);
            value >>= 7;
        }
        self.0.push(value.to_le_bytes()[0]);
    }

    pub(super) fn numbers(&mut self, values: &[u32]) {
        for value in values {
            self.number(u64::from(*value));
        }
    }

    /// Writes a number close to zero, of either sign.
    pub(super) fn signed(&mut self, value: i64) {
        // The sign goes to the lowest bit (zigzag), so that small negative numbers stay short.
        self.number((value << 1 ^ value >> 63).cast_unsigned());
    }

    pub(super) fn count(&mut self, value: usize) {
        self.number(value as u64);
    }

    pub(super) fn byte(&mut self, value: u8) {
        self.0.push(value);
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }
}

/// Reads a column. Any bytes may turn out [`Damaged`], and no count allocates more than the remaining bytes
/// can fill.
#[derive(Debug)]
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn byte(&mut self) -> Result<u8, Damaged> {
        let (first, rest) = self.0.split_first().ok_or(Damaged)?;
        self.0 = rest;
        Ok(*first)
    }

    pub(super) fn bytes(&mut self, len: usize) -> Result<&'a [u8], Damaged> {
        let (bytes, rest) = self.0.split_at_checked(len).ok_or(Damaged)?;
        self.0 = rest;
        Ok(bytes)
    }

    pub(super) fn number(&mut self) -> Result<u64, Damaged> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            // The tenth byte has room for one more bit.
            if shift == 63 && bits > 1 {
                return Err(Damaged);
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(Damaged)
    }

    pub(super) fn signed(&mut self) -> Result<i64, Damaged> {
        let value = self.number()?;
        Ok((value >> 1).cast_signed() ^ -(value & 1).cast_signed())
    }

    pub(super) fn u32(&mut self) -> Result<u32, Damaged> {
        u32::try_from(self.number()?).map_err(|_| Damaged)
    }

    /// Reads a number of items that follow, each of at least one byte.
    pub(super) fn count(&mut self) -> Result<usize, Damaged> {
        let count = usize::try_from(self.number()?).map_err(|_| Damaged)?;
        // A damaged count fails here, before anything is allocated for it.
        if count <= self.0.len() { Ok(count) } else { Err(Damaged) }
    }

    /// Reads `count` values, each of at least one byte.
    pub(super) fn column<T>(
        &mut self,
        count: usize,
        mut read: impl FnMut(&mut Self) -> Result<T, Damaged>,
    ) -> Result<Vec<T>, Damaged> {
        if count > self.0.len() {
            return Err(Damaged);
        }
        // Values may be many times as large as their bytes, and the first ones may be damaged already.
        let mut values = Vec::with_capacity(count.min(MOST_AHEAD));
        for _ in 0..count {
            // Not `collect`: a list of results has no size in advance, so it would grow step by
            // step.
            values.push(read(self)?);
        }
        Ok(values)
    }

    /// Checks that nothing is left.
    pub(super) fn finish(self) -> Result<(), Damaged> {
        if self.0.is_empty() { Ok(()) } else { Err(Damaged) }
    }
}

/// A list of byte strings in one allocation.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Texts {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Texts {
    pub(super) fn push(&mut self, text: &[u8]) {
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, position: usize) -> &[u8] {
        let start = position.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start..self.ends[position]]
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).map(|position| self.get(position))
    }

    pub(super) fn write(&self, to: &mut Writer) {
        to.count(self.len());
        for text in self.iter() {
            to.count(text.len());
        }
        to.bytes(&self.bytes);
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, Damaged> {
        let count = from.count()?;
        let mut end = 0_usize;
        let ends = from.column(count, |from| {
            let len = usize::try_from(from.number()?).map_err(|_| Damaged)?;
            // The sum is checked here once, so that `get` may index without a check of its own.
            end = end.checked_add(len).ok_or(Damaged)?;
            Ok(end)
        })?;
        Ok(Self { bytes: from.bytes(end)?.to_vec(), ends })
    }
}

#[cfg(test)]
mod tests {
    use super::{Damaged, Reader, Texts, Writer};

    #[test]
    fn numbers_survive_at_the_ends_of_their_range() {
        let mut writer = Writer::default();
        for value in [0, 1, 127, 128, 1 << 40, u64::MAX] {
            writer.number(value);
        }
        for value in [0, -1, 1, i64::MIN, i64::MAX] {
            writer.signed(value);
        }
        let mut reader = Reader::new(&writer.0);
        for value in [0, 1, 127, 128, 1 << 40, u64::MAX] {
            assert_eq!(reader.number(), Ok(value));
        }
        for value in [0, -1, 1, i64::MIN, i64::MAX] {
            assert_eq!(reader.signed(), Ok(value));
        }
        assert_eq!(reader.finish(), Ok(()));
    }

    #[test]
    fn what_claims_more_than_is_there_is_damaged() {
        assert_eq!(Reader::new(&[0xff; 11]).number(), Err(Damaged));
        assert_eq!(Reader::new(&[0x80]).number(), Err(Damaged));
        assert_eq!(Reader::new(&[200, 1, 0]).count(), Err(Damaged), "200 things in one byte");
        assert_eq!(Reader::new(&[1, 2]).bytes(3), Err(Damaged));
        assert_eq!(Texts::read(&mut Reader::new(&[2, 1, 5, b'a'])), Err(Damaged));
    }

    #[test]
    fn texts_keep_their_bounds() {
        let mut texts = Texts::default();
        for text in [&b"a"[..], b"", b"b\xff\n"] {
            texts.push(text);
        }
        let mut writer = Writer::default();
        texts.write(&mut writer);
        let read = Texts::read(&mut Reader::new(&writer.0)).expect("as written");
        assert_eq!(read.iter().collect::<Vec<_>>(), [&b"a"[..], b"", b"b\xff\n"]);
    }
}
