//! What a venue opens with: its first segment, counted.

use leptos::prelude::*;

use crate::web::components::{ResultBar, ResultNumbers};
use crate::web::platform::written_count;

/// A venue and the counts of the segment it opens with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// The venue's name.
    pub venue: String,
    /// The yardstick, `YYYY-MM-DD`.
    pub as_of: String,
    /// Customers the venue has.
    pub customers: u32,
    /// Events in scope.
    pub events: u32,
    /// Customers in the result.
    pub total: u32,
    /// Of those, with an e-mail address.
    pub with_email: u32,
    /// Of those, with the marketing consent; `None` where the venue names none.
    pub with_consent: Option<u32>,
    /// Consents by name, and how many customers of the result gave each.
    pub consents: Vec<(String, u32)>,
}

/// What the page has to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Venue {
    /// It is on its way.
    Opening,
    /// It is there.
    Open(Overview),
    /// It could not be opened, and why.
    Closed(String),
}

impl Venue {
    fn overview(&self) -> Option<&Overview> {
        match self {
            Venue::Open(overview) => Some(overview),
            Venue::Opening | Venue::Closed(_) => None,
        }
    }
}

/// The first segment of a venue: everyone with a ticket to an event of the last two years or of
/// the future.
#[component]
pub fn OverviewPage(
    /// What is open.
    venue: Signal<Venue>,
) -> impl IntoView {
    let numbers = Signal::derive(move || {
        venue.with(|venue| {
            venue.overview().map(|overview| ResultNumbers {
                total: overview.total,
                audience: overview.customers,
                with_email: overview.with_email,
                with_consent: overview.with_consent,
            })
        })
    });
    view! {
        <main class="overview">
            <h1 class="overview__title">"The last two years"</h1>
            <p class="overview__lead">
                "Everyone with a ticket to an event of the last 730 days or of the future."
            </p>
            {move || venue.with(content)}
        </main>
        <ResultBar numbers/>
    }
}

fn content(venue: &Venue) -> AnyView {
    match venue {
        Venue::Opening => view! {
            <p class="overview__state" role="status">"Making up the demo venue …"</p>
        }
        .into_any(),
        Venue::Closed(reason) => view! {
            <div class="overview__state overview__state--failed" role="alert">
                <p>{format!("The venue could not be opened: {reason}.")}</p>
                <p>"Nothing is lost: nothing was saved yet. Load the page again to try once more."</p>
            </div>
        }
        .into_any(),
        Venue::Open(overview) => view! {
            <p class="overview__state">
                {format!("{} events, as of {}.", written_count(overview.events), overview.as_of)}
            </p>
            <ConsentTable rows=overview.consents.clone()/>
        }
        .into_any(),
    }
}

/// How many of the result gave each consent.
#[component]
fn ConsentTable(
    /// Names and counts.
    rows: Vec<(String, u32)>,
) -> impl IntoView {
    let row = |(name, count)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{written_count(count)}</td>
            </tr>
        }
    };
    view! {
        <table class="consents">
            <caption>"Customers in the result by permission"</caption>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
