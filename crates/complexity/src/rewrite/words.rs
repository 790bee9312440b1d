//! The words at the head of a declaration or statement.

/// The role of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordRole {
    /// A name.
    Plain,
    /// A name that looks like a macro: in capitals, or beginning with two underscores.
    Macro,
    /// Such a name with arguments.
    MacroCall,
    /// A word that is not a type, perhaps with arguments.
    Specifier,
    /// A type of the language, or `auto`.
    Builtin,
    /// `class`, `struct`, `union`, `enum` and the like.
    TypeKey,
    Namespace,
    /// `template`.
    Template,
    /// A word that begins another declaration.
    Begin,
    /// A word that may follow a parameter list.
    Trailing,
    /// `if`, `while` and others with a condition in parentheses.
    Control,
    /// `else`, `do`, `try`.
    Alone,
    /// `case`, `default`.
    Label,
    /// `public`, `private`, `protected`.
    Access,
    /// `operator`.
    Operator,
    /// Any other keyword.
    Other,
}

/// A word at the head of a declaration.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) role: WordRole,
    pub(super) begins_line: bool,
}

/// A placeholder.
pub(super) const NO_WORD: Word = Word { start: 0, end: 0, role: WordRole::Other, begins_line: false };

/// The role of a word.
pub(super) fn role(word: &[u8]) -> WordRole {
    match word {
        b"static" | b"inline" | b"const" | b"volatile" | b"constexpr" | b"consteval" | b"constinit"
        | b"virtual" | b"explicit" | b"mutable" | b"register" | b"thread_local" | b"friend"
        | b"__attribute__" | b"__declspec" | b"alignas" | b"_Alignas" | b"_Noreturn" | b"_Thread_local"
        | b"__thread" | b"__extension__" | b"__inline" | b"__inline__" | b"__forceinline" | b"__restrict"
        | b"__restrict__" | b"restrict" | b"__const" | b"__volatile__" | b"__cdecl" | b"__stdcall"
        | b"__fastcall" | b"__thiscall" | b"__vectorcall" | b"__clrcall" | b"typename" | b"abstract"
        | b"sealed" | b"partial" | b"readonly" | b"async" | b"unsafe" | b"extern" => WordRole::Specifier,
        b"void" | b"char" | b"short" | b"int" | b"long" | b"float" | b"double" | b"signed" | b"unsigned"
        | b"bool" | b"_Bool" | b"auto" | b"wchar_t" | b"char8_t" | b"char16_t" | b"char32_t" | b"__int64"
        | b"__int128" | b"decltype" | b"typeof" | b"__typeof__" | b"size_t" => WordRole::Builtin,
        b"class" | b"struct" | b"union" | b"enum" | b"interface" | b"record" => WordRole::TypeKey,
        b"namespace" => WordRole::Namespace,
        b"template" => WordRole::Template,
        b"using" | b"typedef" | b"static_assert" => WordRole::Begin,
        // `const` and `volatile` may follow parameters too, but they are specifiers first.
        b"override" | b"final" | b"noexcept" | b"throw" => WordRole::Trailing,
        b"if" | b"while" | b"for" | b"switch" | b"catch" => WordRole::Control,
        b"else" | b"do" | b"try" | b"finally" => WordRole::Alone,
        b"case" | b"default" => WordRole::Label,
        b"public" | b"private" | b"protected" | b"internal" => WordRole::Access,
        b"operator" => WordRole::Operator,
        b"return" | b"goto" | b"break" | b"continue" | b"new" | b"delete" | b"sizeof" | b"requires"
        | b"concept" | b"co_return" | b"co_await" | b"co_yield" | b"asm" | b"__asm__" | b"__asm"
        | b"this" => WordRole::Other,
        _ if looks_like_macro(word) => WordRole::Macro,
        _ => WordRole::Plain,
    }
}

fn looks_like_macro(word: &[u8]) -> bool {
    // One capital letter is a type parameter: `T`, `K1`.
    let has_capital = word.iter().filter(|byte| byte.is_ascii_uppercase()).count() > 1;
    let is_capital = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
    (has_capital && word.iter().all(is_capital)) || (word.len() > 3 && word.starts_with(b"__"))
}

/// Whether a macro's name is that of a loop (`Q_FOREACH`, `list_for_each_entry`).
pub(crate) fn is_loop_macro(name: &[u8]) -> bool {
    let is = |part: &[u8], word: &[u8]| part.eq_ignore_ascii_case(word);
    // A macro's definition may be in another file, so only its name is known.
    name.windows(7).any(|part| is(part, b"foreach")) || name.windows(8).any(|part| is(part, b"for_each"))
}

/// Whether a word begins a declaration, so that no type can precede it.
pub(super) fn begins_declaration(role: WordRole) -> bool {
    matches!(
        role,
        WordRole::TypeKey
            | WordRole::Namespace
            | WordRole::Begin
            | WordRole::Template
            | WordRole::Builtin
            | WordRole::Access
            | WordRole::Specifier
    )
}
