//! Says why somebody is in a view's result, or is not.

use std::sync::Arc;

use super::counting::Counting;
use super::documents::{day, view_of};
use crate::engine::Session;
use crate::web::protocol::explained::{ExplainAsk, Explained};
use crate::web::protocol::{Answer, Failure};

impl Counting {
    /// Why a customer is in a view's result, or is not. Another view than the one that is held
    /// open is counted beside it, so that the page's numbers stay as they are.
    pub fn explain(&mut self, ask: &ExplainAsk) -> Result<Answer, Failure> {
        let view = view_of(&ask.view)?;
        let as_of = day(&ask.as_of)?;
        let facts = self.snapshot.facts();
        let Some(row) = facts.customers.row_of(&ask.customer) else { return Ok(Answer::Nothing) };
        let explanation = match &mut self.session {
            Some(session) if session.as_of() == as_of && *session.view() == view => {
                session.explain(row)
            }
            _ => Session::new(Arc::clone(&self.snapshot), view, as_of).explain(row),
        };
        Ok(Answer::Explained(Box::new(Explained::of(explanation, facts))))
    }
}
