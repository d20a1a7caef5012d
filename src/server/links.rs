//! Links in what marketers write.

use url::Url;

/// The hosts of a text's links that are not among `allowed`, each once; `None` stands for an
/// address that cannot be read. Entries of `allowed` are in lower case; `*.example.org` means every
/// host below `example.org`.
///
/// A link is what mail programs make one: `scheme://…` anywhere, and `www.…` where a word begins.
pub fn foreign_hosts(text: &str, allowed: &[String]) -> Vec<Option<String>> {
    let mut foreign = Vec::new();
    for word in text.split(|letter: char| letter.is_whitespace() || "<>\"'()[]{}|".contains(letter))
    {
        for link in links(word) {
            let host = Url::parse(&link).ok().and_then(|url| {
                let plain = url.username().is_empty() && url.password().is_none();
                let host = url.host_str().map(str::to_lowercase);
                host.filter(|_| plain && matches!(url.scheme(), "http" | "https"))
            });
            let is_allowed = host.as_ref().is_some_and(|host| is_allowed(host, allowed));
            if !is_allowed && !foreign.contains(&host) {
                foreign.push(host);
            }
        }
    }
    foreign
}

/// Every address in a word, as something that can be parsed.
fn links(word: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lower = word.to_lowercase();
    for (at, _) in lower.match_indices("://") {
        let is_scheme = |letter: &char| letter.is_ascii_alphanumeric() || "+-.".contains(*letter);
        let scheme = lower[..at].chars().rev().take_while(is_scheme).count();
        found.push(lower[at - scheme..].to_owned());
    }
    if found.is_empty() && (lower.starts_with("www.") || lower.starts_with("//")) {
        found.push(format!("http://{}", lower.trim_start_matches('/')));
    }
    for scheme in ["mailto:", "javascript:", "data:", "tel:"] {
        if lower.starts_with(scheme) {
            found.push(lower.clone());
        }
    }
    found
}

fn is_allowed(host: &str, allowed: &[String]) -> bool {
    allowed.iter().any(|entry| match entry.strip_prefix("*.") {
        Some(parent) => host.strip_suffix(parent).is_some_and(|rest| rest.ends_with('.')),
        None => host == entry,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreign(text: &str) -> Vec<Option<String>> {
        foreign_hosts(text, &["example.org".to_owned(), "*.example.net".to_owned()])
    }

    #[test]
    fn links_to_the_venues_own_hosts_may_stand_in_a_text() {
        for text in [
            "Kom! Kl. 19.30, t.ex. fredag. Se https://example.org/a?b=https, (http://EXAMPLE.org).",
            "https://tickets.example.net/x och https://a.b.example.net:8443/",
            "a://",
            "",
        ] {
            let found = foreign(text);
            assert!(found.is_empty() || text == "a://", "{text}: {found:?}");
        }
    }

    #[test]
    fn links_to_anywhere_else_are_found_however_they_are_written() {
        for (text, host) in [
            ("se https://evil.example/", Some("evil.example")),
            ("(HTTPS://Evil.Example)", Some("evil.example")),
            ("www.evil.example/x", Some("www.evil.example")),
            ("x:https://evil.example", Some("evil.example")),
            ("https://example.org.evil.example", Some("example.org.evil.example")),
            ("https://example.net", Some("example.net")),
            ("https://notexample.org", Some("notexample.org")),
            ("https://example.org@evil.example/", None),
            ("ftp://example.org", None),
            ("javascript:alert", None),
            ("https://", None),
        ] {
            assert_eq!(foreign(text), [host.map(str::to_owned)], "{text}");
        }
    }
}
