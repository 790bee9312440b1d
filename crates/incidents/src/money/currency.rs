//! Currencies: ISO 4217 codes and the signs that stand for them.

use std::fmt;

/// ISO 4217 codes in use, and a few withdrawn ones that old exports hold. Sorted.
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN \
    BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS \
    GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD \
    KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK \
    NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP \
    STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYI UYU UZS VED VES VND VUV WST XAF XCD \
    XOF XPF YER ZAR ZMW ZWG ZWL";

/// What a sign stands for: the sign, what it means when nothing else is known, what it may mean.
pub(super) const SIGNS: [(&str, Option<&str>, &str); 15] = [
    ("$", Some("USD"), "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP"),
    ("US$", Some("USD"), "USD"),
    ("CA$", Some("CAD"), "CAD"),
    ("C$", Some("CAD"), "CAD"),
    ("A$", Some("AUD"), "AUD"),
    ("AU$", Some("AUD"), "AUD"),
    ("NZ$", Some("NZD"), "NZD"),
    ("R$", Some("BRL"), "BRL"),
    ("€", Some("EUR"), "EUR"),
    ("£", Some("GBP"), "GBP EGP"),
    ("₹", Some("INR"), "INR"),
    ("₩", Some("KRW"), "KRW"),
    ("¥", None, "JPY CNY"),
    ("kr", None, "SEK NOK DKK ISK"),
    ("zł", Some("PLN"), "PLN"),
];

/// An ISO 4217 currency code: three upper-case ASCII letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// The text is not a currency code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidCurrency(String);

impl fmt::Display for InvalidCurrency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a currency code of three letters, such as USD", self.0)
    }
}

impl std::error::Error for InvalidCurrency {}

impl Currency {
    /// The US dollar.
    pub const USD: Self = Self(*b"USD");

    /// Parses three ASCII letters of any case.
    ///
    /// # Errors
    /// When the text is anything else.
    pub fn new(code: &str) -> Result<Self, InvalidCurrency> {
        match code.as_bytes() {
            [a, b, c] if code.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase(), c.to_ascii_uppercase()]))
            }
            _ => Err(InvalidCurrency(code.to_owned())),
        }
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("ASCII letters are UTF-8")
    }

    /// How many decimal digits its minor unit has (ISO 4217): 0 for the yen, 3 for the Kuwaiti
    /// dinar, 2 for nearly all others.
    pub fn minor_digits(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
            | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Currency {
    /// The currency with this ISO 4217 code of any case; `None` for any other text.
    pub fn from_iso(code: &str) -> Option<Self> {
        let currency = Self::new(code).ok()?;
        CODES.split(' ').any(|known| known == currency.code()).then_some(currency)
    }

    /// The currency that a code or an unmistakable sign (`€`, `$` as the US dollar) names.
    pub(crate) fn from_sign(sign: &str) -> Option<Self> {
        Self::from_iso(sign).or_else(|| {
            let (_, default, _) = SIGNS.iter().find(|(known, ..)| *known == sign)?;
            default.and_then(Self::from_iso)
        })
    }
}
