//! What the endpoint answers, in words.

use crate::web::platform;
use crate::web::state::sync::trouble::Trouble;
use crate::web::state::use_app;
use crate::web::words::Words;

/// What stood in the way, and what to do.
pub fn trouble_said(trouble: &Trouble, words: Words) -> String {
    let t = words.endpoint();
    match trouble {
        Trouble::Unreachable => t.unreachable.to_owned(),
        Trouble::NotForThisPage => t.not_for_this_page.to_owned(),
        Trouble::Busy { retry_after: None } => t.busy.to_owned(),
        Trouble::Busy { retry_after: Some(seconds) } => {
            (t.busy_until)(&wait_said(u64::from(*seconds), words))
        }
        Trouble::NotAnEndpoint => t.not_an_endpoint.to_owned(),
        Trouble::WrongToken => t.wrong_token.to_owned(),
        Trouble::NoRight => t.no_right.to_owned(),
        Trouble::NoContacts => t.no_contacts.to_owned(),
        Trouble::Broken { status } => (t.broken)(&status.to_string()),
        Trouble::Refused { why, .. } => (t.refused)(why.trim_end_matches('.')),
    }
}

/// A time to wait: `1:05` is a minute and five seconds.
pub fn wait_said(seconds: u64, words: Words) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{}\u{A0}h {minutes}\u{A0}min", words.formats.count(hours as u32))
    } else if minutes > 0 {
        format!("{minutes}:{seconds:02}\u{A0}min")
    } else {
        format!("{seconds}\u{A0}s")
    }
}

/// How the feed of tags stands; nothing where there is none.
pub fn feed_said(words: Words) -> Option<String> {
    let app = use_app();
    app.endpoint.address()?;
    let t = words.endpoint();
    let standing = app.flags.standing();
    let mut parts = Vec::new();
    if let Some(moment) = &standing.read_at {
        parts.push((t.feed_read)(&platform::moment(moment, None, words.language.code())));
    }
    if let Some(trouble) = &standing.trouble {
        if standing.read_at.is_none() {
            parts.push(t.feed_kept.to_owned());
        }
        parts.push(trouble_said(trouble, words));
    }
    if standing.unknown > 0 {
        let plural = words.formats.plural(standing.unknown);
        parts.push((t.feed_unknown)(&words.formats.count(standing.unknown), plural));
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}
