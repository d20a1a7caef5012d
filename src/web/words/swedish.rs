//! Swedish.

use super::histogram_text::HistogramText;
use super::messages::{
    BarWords, BoxWords, HeadWords, LeftOutWords, Messages, PanelWords, Plural, WorkspaceWords,
};
use crate::view::FilterKind;

/// All texts in Swedish.
pub static SWEDISH: Messages = Messages {
    customers: |plural| match plural {
        Plural::One => "kund",
        Plural::Other => "kunder",
    },
    workspace: WORKSPACE,
    head: HEAD,
    boxes: BOXES,
    panels: PANELS,
    left_out: LEFT_OUT,
    bar: BAR,
};

const WORKSPACE: WorkspaceWords = WorkspaceWords {
    sentence: "Urvalet i ord",
    boxes: "Rutor",
    boxes_in_view: "Rutor i urvalet",
    boxes_shown: |shown, all| format!("{shown} av {all}. En ruta som inte är här frågar inget."),
    first_boxes: "Välj först rutor att fråga med, ställ sedan in värden.",
    no_boxes: "Inga rutor ännu",
    no_boxes_text: "Alla i segmentet räknas. En ruta frågar en sak om dem: hur nära de bor, hur ofta de har köpt, när de senast gjorde det. Välj vilka rutor urvalet har; ställ sedan in värdena här.",
    all_boxes: "Visa alla rutor",
    add_box: |title| format!("Lägg till {title}"),
    remove_box: |title| format!("Ta bort {title}"),
    choose_boxes: "Välj rutor…",
    find_box: "Sök en ruta",
    no_such_box: "Ingen ruta heter så.",
    mute_to_get: |title, customers| format!("Tysta {title}: {customers}"),
    nobody: "Ingen uppfyller alla villkor.",
    unknown_ids: |ids| format!("Finns inte i dessa data, så utan verkan eller utan träff: {ids}"),
    keys: "Tangenter",
    key_list: &[
        ("F6", "nästa del av sidan; med Skift den förra"),
        ("← →", "på ett handtag: en stapel; med Skift tio; Home och End: ändarna"),
        ("Enter", "på ett handtag: till dess tal"),
        ("M", "i en ruta: tysta"),
        ("Backsteg", "i en ruta: återställ"),
        ("←, →", "på en rutas märke: flytta rutan"),
        ("/", "sök en ruta"),
        ("Ctrl Z", "ångra; med Skift gör om"),
        ("Ctrl S", "spara"),
    ],
};

const HEAD: HeadWords = HeadWords {
    unnamed: "Nytt urval",
    unnamed_segment: "Segment utan namn",
    unsaved: "Osparade ändringar",
    mode: "Visa",
    mode_all: "Alla",
    mode_event: "Utan biljett till evenemang",
    mode_production: "Utan biljett till produktion",
    mode_event_tip: "För ett evenemang: den som redan har biljett till det lämnas utanför.",
    mode_production_tip: "För en produktion: den som redan har biljett till den lämnas utanför.",
    choose_other: "Välj annan…",
    as_of: "Per",
    today: "Idag",
    as_of_note: "Senare beställningar räknas också; detta flyttar bara måttstocken.",
    undo: "Ångra",
    redo: "Gör om",
    open_new: "Öppna / Nytt…",
    save: "Spara",
    save_as: "Spara som…",
    edit_segment: |name| format!("Redigera segmentet {name}"),
};

const BOXES: BoxWords = BoxWords {
    hint,
    no_condition: "Inget villkor",
    muted: "Tystad",
    mute: |title| format!("Tysta {title}"),
    reset: |title| format!("Återställ {title}"),
    move_box: |title| format!("Flytta {title}: dra, eller piltangenter"),
    moved: |title, place, all| format!("{title}: plats {place} av {all}"),
    from: |title| format!("{title}, från"),
    to: |title| format!("{title}, till"),
    field_from: "Från",
    field_to: "Till",
    any: "valfritt",
    any_days: "alla",
    unit: |kind| match kind {
        FilterKind::DistanceKm => Some("km"),
        FilterKind::LastPurchase | FilterKind::Impulsive => Some("dagar"),
        FilterKind::Orders
        | FilterKind::Purchases
        | FilterKind::Tickets
        | FilterKind::TicketsPerOrder
        | FilterKind::Events => Some("st"),
        _ => None,
    },
    allowed: |min, max| format!("Tillåtet: ett tal från {min} till {max}."),
    allowed_whole: |min, max| format!("Tillåtet: ett heltal från {min} till {max}."),
    allowed_day: |first, last| format!("Tillåtet: ett datum från {first} till {last}."),
    upside_down: "Det första får inte vara över det sista.",
    matching: "Rutan ensam",
    without: "Utan den",
    unknown: "Okänt",
    matching_tip: |count, title| format!("{count} i segmentet uppfyller {title} för sig"),
    without_tip: |count, title| format!("{count} skulle vara kvar utan {title}"),
    unknown_tip: |count, title| format!("{title} är inte känt för {count} i segmentet"),
    nobody_left: "De andra filtren lämnar ingen kvar",
    histogram: |text| {
        let HistogramText { title, customers, from, to, most, most_from, most_to, above } = text;
        format!(
            "{title} för {customers} som de andra filtren lämnar, från {from} till {to}. \
             Flest, {most}, från {most_from} till {most_to}; {above} över {to}."
        )
    },
    counts_tickets_to: |title| format!("{title} räknar biljetter till"),
    these: "dessa",
    all_short: "alla",
    these_events: "dessa evenemang",
    all_events: "alla evenemang",
    own_word: "Rutan räknar annorlunda än urvalet i övrigt",
    within: "Inom",
    exactly: "Precis",
    not_within: "Ej på",
    last_purchase_mode: "Senaste beställning var",
    days: "Dagar",
    first_day: "Första dag",
    last_day: "Sista dag",
    any_day: "valfri dag",
    choices: |title| format!("Val för {title}"),
    women: "Kvinnor",
    women_and_men: "Män & kvinnor",
    men: "Män",
    all: "Alla",
    choice: |id| match id {
        "f" => "Kvinnor",
        "m" => "Män",
        "u" => "Obestämt",
        "online" => "Endast online",
        "both" => "Online och biljettkassa",
        "box_office" => "Endast biljettkassa",
        "subscriber" => "Abonnenter",
        _ => "Utan abonnemang",
    },
    last_choice: "Ett val måste stå kvar. Återställ tar bort villkoret.",
};

fn hint(kind: FilterKind) -> &'static str {
    match kind {
        FilterKind::DistanceKm => "Kilometer hemifrån till scenen",
        FilterKind::Gender => "Efter förnamnet, eller som angetts",
        FilterKind::Revenue => "Biljettpriser i summa",
        FilterKind::Orders => "Antal beställningar",
        FilterKind::SalesType => "Var beställningen gjordes",
        FilterKind::Subscription => "Minst en biljett i abonnemang",
        FilterKind::LastPurchase => "Dagar sedan senaste",
        FilterKind::Tickets => "Antal biljetter",
        FilterKind::Events => "Antal evenemang",
        FilterKind::Impulsive => "Minst antal dagar före",
        FilterKind::TicketsPerOrder => "I största beställningen",
        FilterKind::Purchases => "Mellan två dagar",
    }
}

const PANELS: PanelWords = PanelWords {
    region: "Samtycken och flaggor",
    permissions: "Samtycken",
    tags: "Flaggor",
    none_here: "Dessa data har inga.",
    matching: "Kräv",
    all: "alla",
    any: "någon",
    name: "Namn",
    result: "Resultat",
    audience: "Segment",
    short_must: "ska",
    short_not: "ej",
    must: "Måste ha",
    dont_care: "Spelar ingen roll",
    must_not: "Får inte ha",
    counting: "Vad rutorna räknar",
    tickets_to: "I regel biljetter till",
    none_otherwise: "Ingen ruta avviker.",
    otherwise: |titles| format!("Avviker, med egen omkopplare: {titles}"),
    not_in_data: "finns inte i dessa data",
};

const LEFT_OUT: LeftOutWords = LeftOutWords {
    title: "Lämnas utanför",
    by_view: "Av urvalet",
    by_segment: "Av segmentet",
    nobody: "ingen",
    holders: |what| format!("den som har biljett till {what}"),
    event: "Evenemang…",
    production: "Produktion…",
    exclude: "Undanta i segmentet…",
    exclude_hint: "Välj produktioner eller evenemang i segmentet: den som har biljett till något av dem lämnas utanför.",
};

const BAR: BarWords = BarWords {
    region: "Resultat",
    of_audience: |audience, is_part| {
        if is_part {
            format!("av {audience} kvar i segmentet")
        } else {
            format!("av {audience} i segmentet")
        }
    },
    with_email: "med e-post",
    with_consent: "med samtycke",
    no_consent: "inget samtycke angivet",
};
