//! The counts of the view at hand.

use std::sync::Arc;

use leptos::prelude::*;

use super::{BINS, Workspace, boxes};
use crate::web::platform::Attachments;
use crate::web::protocol::{Answer, Ask, NumbersAsk};
use crate::web::state::pacer::Pacer;

impl Workspace {
    /// Asks for the counts of every view as it comes.
    pub(super) fn follow_the_view(self) {
        Effect::new(move |before: Option<Option<usize>>| {
            let data = self.data.open();
            // By address: a new opening is a new allocation while the old one is still held.
            let now = data.as_ref().map(|data| Arc::as_ptr(data).addr());
            if before.is_some_and(|before| before != now) {
                self.pacer.update_value(Pacer::forget);
                self.numbers.set(None);
            }
            if data.is_some() {
                self.data.flags_turn();
                let (as_of, view) = (self.as_of(), self.view.get());
                let shown = boxes(&view);
                self.ask(NumbersAsk { view, as_of, shown, bins: BINS });
            }
            now
        });
    }

    fn ask(self, question: NumbersAsk) {
        if let Some(Some((number, question))) =
            self.pacer.try_update_value(|pacer| pacer.ask(question))
        {
            self.send(number, question);
        }
    }

    fn send(self, number: u32, question: NumbersAsk) {
        self.engine.ask(Ask::Numbers(Box::new(question)), Attachments::none(), move |answer, _| {
            let heard = self.pacer.try_update_value(|pacer| pacer.heard(number));
            let Some(heard) = heard else { return };
            if let Some((number, next)) = heard.next {
                self.send(number, next);
            }
            if !heard.is_useful {
                return;
            }
            match answer {
                Answer::Numbers(numbers) => {
                    self.failure.set(None);
                    self.numbers.set(Some(Arc::new(*numbers)));
                }
                Answer::Failed(failure) => self.failure.set(Some(failure)),
                _ => {}
            }
        });
    }
}
