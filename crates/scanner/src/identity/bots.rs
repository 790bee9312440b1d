//! Programs among the authors: bots and coding agents.

use bstr::{BString, ByteSlice};
use debtscan_model::Author;

use super::address::github_account;

/// Names and e-mail addresses of bots.
///
/// `*` matches any text and letter case is ignored. A pattern with `@` matches the e-mail address, any
/// other pattern the name. Coding agents whose bare name may be that of a person are recognised by their address
/// as well, see `AGENTS`. The list was collected from accounts in public repositories; `[people] bots` of
/// `debtscan.toml` adds to it.
pub const BOT_PATTERNS: [&str; 78] = [
    "*[bot]",
    "*[bot]@*",
    "*-bot",
    "bot@*",
    "*-bot@*",
    "*(bot)",
    "jenkins@*",
    "svc-*@*",
    "noreply@*",
    "no-reply@*",
    "donotreply@*",
    "do-not-reply@*",
    "allcontributors",
    "asf-ci",
    "autofix-ci",
    "bors",
    "ci-bot",
    "codecov",
    "copilot",
    "github copilot*",
    "*copilot-swe-agent*",
    "codex",
    "codex cli",
    "openai codex*",
    "claude code*",
    "claude opus*",
    "claude sonnet*",
    "claude haiku*",
    "cursor",
    "cursor agent*",
    "cursoragent*",
    "aider",
    "aider (*)",
    "gemini cli*",
    "gemini-cli*",
    "gemini code assist*",
    "google gemini*",
    "google jules*",
    "google-labs-jules*",
    "devin ai*",
    "devin-ai-integration*",
    "crowdin bot",
    "deepsource*",
    "dependabot*",
    "*@dependabot.com",
    "mend renovate",
    "release bot",
    "build bot",
    "depfu",
    "github action",
    "github actions",
    "github-actions",
    "github classroom",
    "gitlab bot",
    "google-oss-robot",
    "greenkeeper",
    "greenkeeperio*",
    "hosted weblate",
    "imgbot*",
    "jenkins",
    "jenkins ci",
    "k8s-*-robot",
    "kubernetes *robot",
    "mergify",
    "merge queue",
    "openshift-*-robot",
    "pre-commit-ci",
    "pre-commit.ci*",
    "pyup*bot",
    "renovate",
    "renovate bot",
    "restyled*",
    "semantic release",
    "snyk bot",
    "snyk-bot",
    "travis ci",
    "weblate",
    "whitesource*",
];

/// Coding agents: the first word of the name, and the domains of their makers. Some of the names are given
/// names of people too, so both must fit; or the address must be that of the agent's own account.
const AGENTS: [(&[u8], &[&[u8]]); 25] = [
    (b"claude", &[b"anthropic.com", b"claude.ai", b"claude.com"]),
    (b"codex", &[b"openai.com", b"chatgpt.com"]),
    (b"chatgpt", &[b"openai.com", b"chatgpt.com"]),
    (b"cursor", &[b"cursor.com", b"cursor.sh"]),
    (b"cursoragent", &[b"cursor.com", b"cursor.sh"]),
    (b"copilot", &[b"github.com", b"microsoft.com"]),
    (b"gemini", &[b"google.com", b"gemini.google.com"]),
    (b"jules", &[b"google.com", b"jules.google", b"jules.google.com"]),
    (b"devin", &[b"cognition.ai", b"cognition-labs.com", b"devin.ai"]),
    (b"amp", &[b"ampcode.com", b"sourcegraph.com"]),
    (b"cody", &[b"sourcegraph.com"]),
    (b"aider", &[b"aider.chat"]),
    (b"openhands", &[b"all-hands.dev", b"openhands.dev"]),
    (b"opencode", &[b"opencode.ai", b"sst.dev"]),
    (b"windsurf", &[b"windsurf.com", b"codeium.com"]),
    (b"cascade", &[b"windsurf.com", b"codeium.com"]),
    (b"junie", &[b"jetbrains.com"]),
    (b"kiro", &[b"kiro.dev", b"amazon.com"]),
    (b"qwen", &[b"alibabacloud.com", b"qwen.ai"]),
    (b"warp", &[b"warp.dev"]),
    (b"crush", &[b"charm.land", b"charm.sh"]),
    (b"replit", &[b"replit.com"]),
    (b"agent", &[b"warp.dev"]),
    (b"roo", &[b"roocode.com"]),
    (b"roomote", &[b"roocode.com"]),
];

/// GitHub accounts of coding agents. Those of apps end with `[bot]`, which the patterns know.
const AGENT_ACCOUNTS: [&[u8]; 10] = [
    b"claude",
    b"codex",
    b"copilot",
    b"cursoragent",
    b"gemini-cli",
    b"devin-ai-integration",
    b"google-labs-jules",
    b"openhands-agent",
    b"copilot-swe-agent",
    b"kiro-agent",
];

/// True if the author is a coding agent.
fn is_agent(name: &[u8], email: &[u8]) -> bool {
    if let Some(account) = github_account(email) {
        return AGENT_ACCOUNTS.contains(&account);
    }
    let Some((local, domain)) = email.split_once_str(b"@") else { return false };
    // `Claude Opus 4`, `claude-code` and `claude[bot]` all begin with the agent's word.
    let is_border = |byte: &u8| !byte.is_ascii_alphanumeric();
    let first_word = |text: &[u8]| text.split(is_border).next().unwrap_or(b"").to_vec();
    AGENTS.iter().any(|(agent, domains)| {
        let is_its_maker = domains.contains(&domain);
        // An employee of the maker has its domain too, but not the agent's name.
        is_its_maker && (first_word(name) == *agent || first_word(local) == *agent)
    })
}

/// Distinguishes bots from people.
pub(crate) struct Bots {
    /// In lower case.
    patterns: Vec<BString>,
}

impl Bots {
    /// Takes further patterns, besides [`BOT_PATTERNS`].
    pub(crate) fn new(more: &[String]) -> Self {
        let all = BOT_PATTERNS.into_iter().chain(more.iter().map(String::as_str));
        Self { patterns: all.map(|pattern| BString::from(pattern.trim().to_lowercase())).collect() }
    }

    /// True if the author is a bot.
    pub(crate) fn include(&self, author: &Author) -> bool {
        let (name, email) = (author.name.to_ascii_lowercase(), author.email.to_ascii_lowercase());
        let matches = |pattern: &BString| {
            let subject = if pattern.contains(&b'@') { &email } else { &name };
            matches_wildcards(pattern, subject)
        };
        self.patterns.iter().any(matches) || is_agent(&name, &email)
    }
}

/// True if `text` matches `pattern`, in which `*` matches any bytes.
fn matches_wildcards(pattern: &[u8], text: &[u8]) -> bool {
    let mut parts = pattern.split(|byte| *byte == b'*');
    let first = parts.next().unwrap_or(b"");
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&[u8]> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        // The first match suffices: a later one would only leave less text for the parts that
        // follow.
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use bstr::BString;
    use debtscan_model::Author;

    use super::Bots;

    fn author(name: &str, email: &str) -> Author {
        Author { name: BString::from(name), email: BString::from(email) }
    }

    #[test]
    fn programs_are_told_by_name_or_address() {
        let bots = Bots::new(&["Release*".to_owned(), "*@ci.example.org".to_owned()]);
        for (name, email) in [
            ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"),
            ("Dependabot", "x@y"),
            ("renovate-bot", "x@y"),
            ("Renovate Bot", "bot@renovateapp.com"),
            ("GitHub Actions", "x@y"),
            ("greenkeeperio-bot", "support@greenkeeper.io"),
            ("snyk-bot", "x@y"),
            ("pre-commit-ci", "x@y"),
            ("Service", "noreply@example.org"),
            ("k8s-ci-robot", "x@y"),
            ("Dependabot Preview", "support@dependabot.com"),
            ("Dependabot Preview", "x@y"),
            ("ImgBotApp", "ImgBotHelp@gmail.com"),
            ("Weblate (bot)", "hosted@weblate.org"),
            ("Jenkins CI", "x@y"),
            ("Build", "jenkins@ci.example.org"),
            ("Deploy", "svc-deploy@example.org"),
            ("Release Bot", "x@y"),
            ("Release Manager", "x@y"),
            ("Ann", "build@ci.example.org"),
        ] {
            assert!(bots.include(&author(name, email)), "{name} <{email}>");
        }
        for (name, email) in [
            ("Ann", "1234+ann@users.noreply.github.com"),
            ("Abbot", "abbot@example.org"),
            ("Robot Fan", "fan@example.org"),
            ("Jenkins Smith", "js@example.org"),
            ("Jan Bot", "jan@example.org"),
            ("", ""),
        ] {
            assert!(!bots.include(&author(name, email)), "{name} <{email}>");
        }
    }

    #[test]
    fn coding_agents_are_programs_and_their_namesakes_are_people() {
        let bots = Bots::new(&[]);
        for (name, email) in [
            ("Claude", "noreply@anthropic.com"),
            ("Claude Opus 4.5", "noreply@anthropic.com"),
            ("Claude", "claude@anthropic.com"),
            ("claude", "81847+claude@users.noreply.github.com"),
            ("Cursor Agent", "cursoragent@cursor.com"),
            ("Cursor", "cursoragent@cursor.com"),
            ("Codex", "codex@openai.com"),
            ("aider (gpt-4o)", "aider@aider.chat"),
            ("aider (openrouter/x)", "noreply@aider.chat"),
            ("Amp", "amp@ampcode.com"),
            ("gemini-cli", "218195315+gemini-cli@users.noreply.github.com"),
            ("Gemini", "gemini@google.com"),
            ("google-labs-jules[bot]", "161369871+google-labs-jules[bot]@users.noreply.github.com"),
            ("Jules", "jules@google.com"),
            ("Copilot", "198982749+Copilot@users.noreply.github.com"),
            ("copilot-swe-agent[bot]", "198982749+copilot@users.noreply.github.com"),
            ("Devin AI", "158243242+devin-ai-integration[bot]@users.noreply.github.com"),
            ("Devin", "devin@cognition.ai"),
            ("openhands", "openhands@all-hands.dev"),
            ("Warp", "agent@warp.dev"),
            ("Roo Code", "roomote@roocode.com"),
            ("Kiro Agent", "244629292+kiro-agent@users.noreply.github.com"),
        ] {
            assert!(bots.include(&author(name, email)), "{name} <{email}>");
        }
        for (name, email) in [
            ("Claude Monet", "claude@example.fr"),
            ("Claude", "claude.m@gmail.com"),
            ("Devin Booker", "devin@example.com"),
            ("Jules Verne", "jules@example.com"),
            ("Ann Lee", "ann@anthropic.com"),
            ("Ann Lee", "ann@google.com"),
            ("Amp", "amp@example.com"),
            ("Ann Lee (aider)", "ann@example.com"),
        ] {
            assert!(!bots.include(&author(name, email)), "{name} <{email}>");
        }
    }
}
