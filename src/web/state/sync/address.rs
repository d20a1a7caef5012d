//! Which addresses may be an endpoint's.

/// Why an address is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressProblem {
    /// It is no address.
    NotOne,
    /// It is not https, and not this machine.
    NotHttps,
    /// There is a login, a query or a fragment in it.
    MoreThanAnAddress,
}

/// What to read as an address: whoever leaves the scheme out means https.
pub fn with_scheme(typed: &str) -> String {
    let typed = typed.trim();
    if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") }
}

/// The address of an endpoint without a slash at its end, from one as the browser writes it in full.
///
/// # Errors
/// What is not https, unless it is this machine; what holds more than a place.
pub fn endpoint_address(whole: &str) -> Result<String, AddressProblem> {
    let (scheme, rest) = whole.split_once("://").ok_or(AddressProblem::NotOne)?;
    let host = host_of(rest);
    match scheme {
        "https" => {}
        "http" if is_loopback(host) => {}
        "http" => return Err(AddressProblem::NotHttps),
        _ => return Err(AddressProblem::NotOne),
    }
    if host.is_empty() {
        return Err(AddressProblem::NotOne);
    }
    if rest.contains(['?', '#', '@']) {
        return Err(AddressProblem::MoreThanAnAddress);
    }
    Ok(whole.trim_end_matches('/').to_owned())
}

/// Scheme, host and port of an address that [`endpoint_address`] gave: to whom a token may go.
pub fn origin_of(address: &str) -> &str {
    let start = address.find("://").map_or(0, |at| at + 3);
    address[start..].find('/').map_or(address, |end| &address[..start + end])
}

fn host_of(rest: &str) -> &str {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let place = authority.rsplit('@').next().unwrap_or_default();
    match place.find(']') {
        Some(end) => &place[..=end],
        None => place.split(':').next().unwrap_or_default(),
    }
}

/// Whether a host, as browsers write it, is this machine.
fn is_loopback(host: &str) -> bool {
    let is_v4 = host.parse::<std::net::Ipv4Addr>().is_ok_and(|ip| ip.is_loopback());
    is_v4 || host == "[::1]" || host == "localhost" || host.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_is_taken_from_anywhere_and_http_from_this_machine_alone() {
        for (whole, address) in [
            ("https://sync.example.org/", "https://sync.example.org"),
            ("https://example.org:8443/publik/", "https://example.org:8443/publik"),
            ("http://127.0.0.1:8090/", "http://127.0.0.1:8090"),
            ("http://localhost/", "http://localhost"),
            ("http://[::1]:80/", "http://[::1]:80"),
        ] {
            assert_eq!(endpoint_address(whole).as_deref(), Ok(address), "{whole}");
        }
        for whole in [
            "http://sync.example.org/",
            "http://127.0.0.1.example.org/",
            "http://localhost.example.org/",
            "http://127.0.0.1@example.org/",
            "http://[2001:db8::1]/",
        ] {
            assert_eq!(endpoint_address(whole), Err(AddressProblem::NotHttps), "{whole}");
        }
    }

    #[test]
    fn what_is_more_or_less_than_an_address_is_refused() {
        for whole in ["ftp://example.org/", "javascript:alert(1)", "https:///", ""] {
            assert_eq!(endpoint_address(whole), Err(AddressProblem::NotOne), "{whole}");
        }
        for whole in ["https://a:b@example.org/", "https://example.org/?token=1", "https://a/#x"] {
            let refused = Err(AddressProblem::MoreThanAnAddress);
            assert_eq!(endpoint_address(whole), refused, "{whole}");
        }
    }

    #[test]
    fn a_token_is_for_scheme_host_and_port() {
        assert_eq!(origin_of("https://example.org:8443/publik"), "https://example.org:8443");
        assert_eq!(origin_of("http://[::1]:80"), "http://[::1]:80");
    }

    #[test]
    fn who_leaves_the_scheme_out_means_https() {
        assert_eq!(with_scheme(" sync.example.org "), "https://sync.example.org");
        assert_eq!(with_scheme("http://localhost:1"), "http://localhost:1");
    }
}
