//! Leaf components: values come in as signals, wishes go out as callbacks. They know neither the
//! app's state nor its worker.

mod app_header;
mod box_head;
mod box_offer;
mod brush;
mod choice_list;
mod choice_panel;
mod counting_panel;
mod customer_table;
mod date_field;
mod dialog;
mod explanation;
mod filter_box;
mod funnel;
mod histogram;
mod icon;
mod keyed;
mod keys_panel;
mod last_purchase;
mod left_out_panel;
mod notice_bar;
mod number_field;
mod option_list;
mod range_body;
mod range_dial;
mod range_handle;
mod result_bar;
mod sentence;
mod switch;
mod tap;
mod three_counts;
mod undo_pair;
mod workspace_head;

pub use app_header::{AppHeader, HeaderLink};
pub use box_head::BoxMove;
pub use box_offer::{BoxOffer, Mark};
pub use choice_panel::{ChoicePanel, MemberRow};
pub use counting_panel::CountingPanel;
pub use customer_table::{CustomerTable, ShownColumn};
pub use date_field::DateField;
pub use dialog::{Dialog, use_close_dialog};
pub use explanation::Explanation;
pub use filter_box::{BoxNumbers, FilterBox};
pub use funnel::{Funnel, FunnelStep, FunnelSteps};
pub use icon::{Glyph, Icon, Sprite};
pub use keyed::keyed;
pub use keys_panel::KeysPanel;
pub use left_out_panel::LeftOutPanel;
pub use notice_bar::NoticeBar;
pub use number_field::{Allowed, NumberField};
pub use option_list::{OptionList, RowCounts};
pub use result_bar::{ResultBar, ResultNumbers};
pub use sentence::Sentence;
pub use switch::{Switch, SwitchChoice};
pub use tap::tap;
pub use undo_pair::UndoPair;
pub use workspace_head::{HeadWishes, WorkspaceHead};

use crate::view::FilterKind;

/// Whether a hand is still on a control. A gesture is one step of undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// It is; more will follow.
    Moving,
    /// It let go.
    Settled,
}

/// A share of 0 to 1 as style sheets take it, to a thousandth of a per cent.
fn percent(share: f64) -> String {
    let thousandths = (share * 100_000.0).round() as u32;
    format!("{}.{:03}%", thousandths / 1000, thousandths % 1000)
}

/// A filter's name in the style sheets: `last-purchase`.
pub fn style_name(kind: FilterKind) -> &'static str {
    match kind {
        FilterKind::DistanceKm => "distance",
        FilterKind::Gender => "gender",
        FilterKind::Revenue => "revenue",
        FilterKind::Orders => "orders",
        FilterKind::SalesType => "sales-type",
        FilterKind::Subscription => "subscription",
        FilterKind::LastPurchase => "last-purchase",
        FilterKind::Tickets => "tickets",
        FilterKind::Events => "events",
        FilterKind::Impulsive => "impulsive",
        FilterKind::TicketsPerOrder => "tickets-per-order",
        FilterKind::Purchases => "purchases",
    }
}
