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

/// A sign or word for currencies.
pub(super) struct Sign {
    /// The sign, or the word in lower case.
    written: &'static str,
    /// The currency it means if nothing else is known; `None` for a sign that several share.
    usual: Option<&'static str>,
    /// The codes it can mean.
    pub(super) meanings: &'static str,
}

impl Sign {
    const fn new(written: &'static str, usual: Option<&'static str>, meanings: &'static str) -> Self {
        Self { written, usual, meanings }
    }

    /// The currency it means if nothing else is known.
    pub(super) fn usual(&self) -> Option<Currency> {
        self.usual.and_then(Currency::from_iso)
    }

    /// Whether it can stand for this currency.
    pub(super) fn may_mean(&self, currency: Currency) -> bool {
        self.meanings.split(' ').any(|code| code == currency.code())
    }
}

const DOLLARS: &str = "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP";

const SIGNS: [Sign; 30] = [
    Sign::new("$", Some("USD"), DOLLARS),
    Sign::new("us$", Some("USD"), "USD"),
    Sign::new("ca$", Some("CAD"), "CAD"),
    Sign::new("c$", Some("CAD"), "CAD"),
    Sign::new("a$", Some("AUD"), "AUD"),
    Sign::new("au$", Some("AUD"), "AUD"),
    Sign::new("nz$", Some("NZD"), "NZD"),
    Sign::new("r$", Some("BRL"), "BRL"),
    Sign::new("€", Some("EUR"), "EUR"),
    Sign::new("£", Some("GBP"), "GBP EGP"),
    Sign::new("₹", Some("INR"), "INR"),
    Sign::new("₩", Some("KRW"), "KRW"),
    // Yen and yuan share the sign, and are far apart in value.
    Sign::new("¥", None, "JPY CNY"),
    Sign::new("kr", None, "SEK NOK DKK ISK"),
    Sign::new("zł", Some("PLN"), "PLN"),
    Sign::new("dollar", Some("USD"), DOLLARS),
    Sign::new("dollars", Some("USD"), DOLLARS),
    Sign::new("us dollars", Some("USD"), "USD"),
    Sign::new("us-dollar", Some("USD"), "USD"),
    Sign::new("euro", Some("EUR"), "EUR"),
    Sign::new("euros", Some("EUR"), "EUR"),
    Sign::new("pound", Some("GBP"), "GBP EGP"),
    Sign::new("pounds", Some("GBP"), "GBP EGP"),
    Sign::new("franken", Some("CHF"), "CHF"),
    Sign::new("fr.", Some("CHF"), "CHF"),
    Sign::new("sfr", Some("CHF"), "CHF"),
    Sign::new("rs.", None, "INR PKR NPR LKR"),
    Sign::new("rs", None, "INR PKR NPR LKR"),
    Sign::new("yen", Some("JPY"), "JPY"),
    Sign::new("₽", Some("RUB"), "RUB"),
];

/// The sign or word, in any letter case; `None` if it is no known one.
pub(super) fn sign(written: &str) -> Option<&'static Sign> {
    let folded = written.to_lowercase();
    SIGNS.iter().find(|sign| sign.written == folded)
}

/// An ISO 4217 currency code: three upper-case ASCII letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// The text is not a currency code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidCurrency(String);

impl fmt::Display for InvalidCurrency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a three-letter currency code such as USD", self.0)
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
        // Three letters alone prove nothing: `TBD` is no currency.
        CODES.split(' ').any(|known| known == currency.code()).then_some(currency)
    }

    /// The currency that a code, an unmistakable sign or a word names: `EUR`, `€`, `$` (the US dollar).
    pub(crate) fn from_sign(written: &str) -> Option<Self> {
        Self::from_iso(written).or_else(|| sign(written)?.usual())
    }
}
