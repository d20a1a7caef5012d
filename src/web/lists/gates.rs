//! What decides who leaves, as the counting worker gave it, and what a list is made of.

use std::rc::Rc;

use roaring::RoaringBitmap;

use super::{Desk, internal};
use crate::export::{ExportError, ListColumn, SourceParts, Sources};
use crate::listing::{Shared, contact_columns};
use crate::model::{Contacts, DEFAULT_COLUMNS, Decimals, Membership, TextColumn};
use crate::view::FilterKind;
use crate::web::platform::{Attachments, WorkerProblem};
use crate::web::protocol::Failure;
use crate::web::protocol::lists::ListGates;

/// What decides who leaves.
#[derive(Default, Clone)]
pub struct Gates {
    /// The day of each customer's latest order.
    latest_orders: Rc<Vec<u32>>,
    /// Who gave the consent to marketing; `None` where the venue names none.
    marketing: Option<Rc<RoaringBitmap>>,
    flags: Rc<Vec<Membership>>,
}

impl Gates {
    /// Takes what lies beside a message from a position on.
    pub fn take(
        &mut self,
        gates: ListGates,
        beside: &Attachments,
        mut place: impl FnMut() -> u32,
    ) -> Result<(), Failure> {
        let missing = || internal(&WorkerProblem::NotUnderstood);
        let rows = |at: u32| -> Result<RoaringBitmap, Failure> {
            let bytes = beside.bytes(at).ok_or_else(missing)?;
            RoaringBitmap::deserialize_from(&*bytes).map_err(|_| missing())
        };
        if gates.is_first {
            self.latest_orders = Rc::new(beside.words(place()).ok_or_else(missing)?);
            let marketing = gates.has_marketing.then(|| rows(place())).transpose()?;
            self.marketing = marketing.map(Rc::new);
        }
        let mut flags = Vec::with_capacity(gates.flags.len());
        for flag in gates.flags {
            flags.push(Membership { id: flag.id, name: flag.name, rows: rows(place())? });
        }
        self.flags = Rc::new(flags);
        Ok(())
    }
}

/// What a list is made of, held for as long as somebody works on it. Nothing is copied.
pub struct Material {
    shared: Shared,
    contacts: Rc<Contacts>,
    gates: Gates,
    country: Option<String>,
    decimals: Decimals,
}

impl Material {
    /// What lies on the desk now.
    pub fn of(desk: &Desk) -> Result<Material, Failure> {
        let shared = desk.list.borrow().shared();
        let missing = || internal(&"names and addresses are not here");
        Ok(Material {
            contacts: shared.contacts.clone().ok_or_else(missing)?,
            shared,
            gates: desk.gates.borrow().clone(),
            country: desk.country.borrow().clone(),
            decimals: Decimals::new(desk.digits.get()).unwrap_or_default(),
        })
    }

    /// The same, as an export reads it.
    pub fn sources(&self) -> Result<Sources<'_>, ExportError> {
        Sources::of_parts(SourceParts {
            ids: &self.shared.ids,
            country: self.country.as_deref(),
            decimals: self.decimals,
            marketing: self.gates.marketing.as_deref(),
            flags: &self.gates.flags,
            latest_orders: &self.gates.latest_orders,
            contacts: &self.contacts,
        })
    }

    /// Names and addresses.
    pub fn contacts(&self) -> &Contacts {
        &self.contacts
    }

    /// The customers' ids.
    pub fn ids(&self) -> &TextColumn {
        &self.shared.ids
    }

    /// The columns of these names that there are. Those of the default stand empty where the
    /// import has none.
    pub fn columns(&self, names: &[String]) -> Vec<ListColumn<'_>> {
        names.iter().filter_map(|name| self.column(name)).collect()
    }

    fn column(&self, name: &str) -> Option<ListColumn<'_>> {
        let header = name.strip_prefix("own:").unwrap_or(name).to_owned();
        let texts = contact_columns(&self.contacts).find(|(known, _)| known == name);
        if let Some((_, texts)) = texts {
            return Some(ListColumn::of_texts(header, Some(texts)));
        }
        let numbers = self.shared.numbers.iter().find(|(known, _)| known == name);
        if let (Some((_, column)), Some(kind)) = (numbers, FilterKind::from_name(name)) {
            let table = column.table.as_deref();
            return Some(ListColumn::of_numbers(header, kind, &column.keys, table));
        }
        DEFAULT_COLUMNS.contains(&name).then(|| ListColumn::of_texts(header, None))
    }
}
