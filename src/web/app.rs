//! The app: opens a venue in the worker and shows it.

use leptos::prelude::*;

use super::components::AppHeader;
use super::pages::{OverviewPage, Venue};
use super::platform::{Worker, WorkerProblem, today_here};
use super::worker::{Answer, Ask};

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let venue = RwSignal::new(Venue::Opening);
    let worker = StoredValue::new_local(None);
    let heard = move |answer: Result<Answer, WorkerProblem>| match answer {
        Ok(Answer::Ready) => {
            let asked = worker.with_value(|worker: &Option<Worker>| open_demo(worker.as_ref()));
            if let Err(problem) = asked {
                venue.set(Venue::Closed(problem.to_string()));
            }
        }
        Ok(Answer::Opened(overview)) => venue.set(Venue::Open(overview)),
        Ok(Answer::Failed { message }) => venue.set(Venue::Closed(message)),
        Err(problem) => venue.set(Venue::Closed(problem.to_string())),
    };
    match Worker::start(heard) {
        Ok(started) => worker.set_value(Some(started)),
        Err(problem) => venue.set(Venue::Closed(problem.to_string())),
    }
    let name = Signal::derive(move || match venue.get() {
        Venue::Open(overview) => Some(overview.venue),
        Venue::Opening | Venue::Closed(_) => None,
    });
    view! {
        <AppHeader venue=name/>
        <OverviewPage venue=venue.into()/>
    }
}

fn open_demo(worker: Option<&Worker>) -> Result<(), WorkerProblem> {
    let worker = worker.ok_or(WorkerProblem::NotStarted)?;
    let today = today_here().ok_or(WorkerProblem::NotUnderstood)?;
    worker.send(&Ask::OpenDemo { today: today.to_string() })
}
