//! `?since=&limit=`

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use serde::Deserialize;
use utoipa::IntoParams;

use super::check::Findings;
use super::refusal::Refusal;
use crate::wire::MAX_CHANGES;

/// Which part of a feed.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Feed {
    /// The `cursor` of the answer before; 0 when there was none.
    #[param(value_type = Option<i64>)]
    since: Option<String>,
    /// At most so many entries; more than 10,000 are never sent.
    #[param(value_type = Option<u32>)]
    limit: Option<String>,
}

impl Feed {
    /// Where to begin and how much to send.
    ///
    /// # Errors
    /// 422, with the parameter.
    pub(super) fn checked(
        query: Result<Query<Feed>, QueryRejection>,
    ) -> Result<(i64, usize), Refusal> {
        let Query(feed) = query
            .map_err(|_| Refusal::field("since", "since and limit may be given, once each"))?;
        let mut findings = Findings::default();
        let mut number = |name: &str, text: Option<String>, lowest: i64, absent: i64| match text {
            None => absent,
            Some(text) => {
                let number = text.parse::<i64>().ok().filter(|number| *number >= lowest);
                number.unwrap_or_else(|| {
                    findings.add(name, format!("a whole number from {lowest}"));
                    absent
                })
            }
        };
        let since = number("since", feed.since, 0, 0);
        let limit = number("limit", feed.limit, 1, MAX_CHANGES as i64);
        findings.none()?;
        let limit = usize::try_from(limit).unwrap_or(MAX_CHANGES).min(MAX_CHANGES);
        Ok((since, limit))
    }
}
