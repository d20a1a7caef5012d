//! Flags as the endpoint has them now, and who of a result is meant.

use std::fmt::Write;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::counting::Counting;
use super::documents::{day, unreadable, view_of};
use crate::engine::parse_flag_changes;
use crate::web::protocol::{Answer, Chosen, ChosenAsk, Failure, FlagsSet};

impl Counting {
    /// Sets flags as the feed's changes say; those that the snapshot already holds are passed over.
    pub fn set_flags(&mut self, changes: &str) -> Result<Answer, Failure> {
        let mut changes = parse_flag_changes(changes).map_err(|error| unreadable(&error))?;
        let facts = self.snapshot.facts();
        let (held, named) = (facts.venue.flags_cursor, facts.flags.len());
        changes.retain(|change| change.cursor.is_none_or(|cursor| cursor > held));
        let (snapshot, applied) = self.snapshot.with_flags(&changes);
        let snapshot = Arc::new(snapshot);
        if let Some(session) = &mut self.session {
            session.set_snapshot(Arc::clone(&snapshot));
        }
        let further = snapshot.flags()[named..].iter().map(|flag| flag.id.clone()).collect();
        self.snapshot = snapshot;
        Ok(Answer::Flags(FlagsSet { unknown_customers: applied.unknown_customers, further }))
    }

    /// Names customers of a view's result.
    pub fn chosen(&mut self, ask: &ChosenAsk) -> Result<Answer, Failure> {
        let result = self.session_of(view_of(&ask.view)?, day(&ask.as_of)?)?.result();
        let flags = self.snapshot.flags().iter();
        let of_flag = ask.flag.as_ref().map(|(id, with)| {
            let set = flags.clone().find(|flag| flag.id == *id).map(|flag| &flag.rows);
            (set, *with)
        });
        let is_meant = |row: &u32| match of_flag {
            Some((set, with)) => set.is_some_and(|set| set.contains(*row)) == with,
            None => true,
        };
        let ids = &self.snapshot.facts().customers.ids;
        let ids = result.iter().filter(is_meant).map(|row| ids.get(row as usize).to_owned());
        let digest = Sha256::digest(&ask.view);
        let view_sha256 = digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
            // Writing into a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        Ok(Answer::Chosen(Chosen { ids: ids.collect(), view_sha256 }))
    }
}
