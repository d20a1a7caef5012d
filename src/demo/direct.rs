//! The demo as a model, without a detour over files: what the page opens with.

use std::convert::Infallible;

use super::Settings;
use super::generate::generate;
use super::people::Person;
use super::programme::{Performance, Production};
use super::purchases::{Order, Ticket};
use super::records::{COLUMNS, CUSTOMER_SINCE, Customer, Offer, Sink};
use super::towns::Postcode;
use super::venue;
use crate::model::{
    self, Contacts, CustomerFacts, Day, EventFacts, Facts, FactsBuilder, Gender, Place, TextColumn,
    TicketFacts, Validity, great_circle_km,
};

/// The made-up venue as facts and contacts: exactly what reading the folder of
/// [`super::write_folder`] with the same settings gives.
pub fn build(settings: &Settings) -> (Facts, Contacts) {
    let mut direct = Direct::new();
    let Ok(()) = generate(settings, &mut direct);
    direct.finish()
}

struct Direct {
    facts: FactsBuilder,
    cells: [TextColumn; COLUMNS.len()],
    venue: Place,
    /// Where the current customer and order stand in the builder.
    customer: u32,
    order: u32,
}

impl Direct {
    fn new() -> Direct {
        let mut facts = FactsBuilder::new(venue::venue());
        for (id, name) in venue::CONSENTS {
            facts.add_consent(id, name);
        }
        for (id, name) in venue::FLAGS {
            facts.add_flag(id, name);
        }
        Direct {
            facts,
            cells: std::array::from_fn(|_| TextColumn::default()),
            venue: venue::place(venue::POINT),
            customer: 0,
            order: 0,
        }
    }

    fn distance_km(&self, person: &Person) -> Option<f64> {
        person.point.map(|point| great_circle_km(self.venue, venue::place(point)))
    }

    fn finish(self) -> (Facts, Contacts) {
        let built = self.facts.finish();
        let in_order = |column: TextColumn| -> TextColumn {
            if built.customer_of_row.is_sorted() {
                return column;
            }
            built.customer_of_row.iter().map(|&at| column.get(at as usize)).collect()
        };
        let contacts = Contacts {
            headers: COLUMNS.map(str::to_owned).to_vec(),
            names: COLUMNS.map(|name| (name != CUSTOMER_SINCE).then(|| name.to_owned())).to_vec(),
            cells: self.cells.into_iter().map(in_order).collect(),
        };
        (built.facts, contacts)
    }
}

impl Sink for Direct {
    type Error = Infallible;

    fn postcode(&mut self, _: &Postcode) -> Result<(), Infallible> {
        Ok(())
    }

    fn performance(&mut self, one: &Performance, of: &Production) -> Result<(), Infallible> {
        let event = EventFacts {
            id: &one.id,
            name: &of.name,
            production: (&of.id, &of.name),
            promoter: of.promoter,
            season: &one.season,
            categories: one.categories.clone(),
            tags: one.tags.clone(),
        };
        self.facts.add_event(&event, one.starts_at);
        Ok(())
    }

    fn offer(&mut self, offer: &Offer, of: &Production) -> Result<(), Infallible> {
        let production = offer.production.and_then(|_| self.facts.production_index(&of.id));
        self.facts.add_offer(model::Offer {
            id: offer.id.clone(),
            name: offer.name.clone(),
            url: offer.url.clone(),
            event: offer.performance.map(|at| at as u32),
            production,
            starts_at: offer.starts_at,
            ends_at: offer.ends_at,
        });
        Ok(())
    }

    fn customer(&mut self, customer: &Customer) -> Result<(), Infallible> {
        let added = self.facts.add_customer(&CustomerFacts {
            id: customer.id(),
            gender: customer.person.gender.unwrap_or(Gender::Unknown),
            distance_km: self.distance_km(&customer.person),
            has_email: !customer.person.email.is_empty(),
            consents: &customer.consents,
            flags: &customer.flags,
        });
        self.customer = added.expect("ten million ids of eight bytes fit a column");
        for (column, cell) in self.cells.iter_mut().zip(&customer.cells) {
            assert!(column.push(cell), "ten million cells of the demo fit a column");
        }
        Ok(())
    }

    fn order(&mut self, order: &Order, day: Day) -> Result<(), Infallible> {
        self.order = self.facts.add_order(self.customer, day, order.channel);
        Ok(())
    }

    fn ticket(&mut self, ticket: &Ticket) -> Result<(), Infallible> {
        self.facts.add_ticket(TicketFacts {
            order: self.order,
            event: ticket.performance as u32,
            price_minor: ticket.price_minor,
            subscription: ticket.subscription,
            validity: if ticket.refunded { Validity::Refunded } else { Validity::Valid },
        });
        Ok(())
    }
}
