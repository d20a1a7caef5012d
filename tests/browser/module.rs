//! The JavaScript module, used as another page would.

use fantoccini::Locator;
use serde_json::{Value, json};

use crate::app::written;
use crate::browser::{Browser, ZONE, in_browser};
use crate::case::{AS_OF, Case, PASSPHRASE};
use crate::site::Site;

/// What every script starts with.
const PRELUDE: &str = r#"
    const publik = await import("/module/publik.js");
    await publik.default();
    const bytes = async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer());
    const view = async (file) => (await fetch("/case/views/" + file)).json();
    const manifest = await bytes("/snapshot/manifest.json");
    const { parts } = JSON.parse(new TextDecoder().decode(manifest));
    const facts = await bytes("/snapshot/" + parts.find(({ part }) => part === "facts").file);
    const everyone = { version: 1, segment: { name: "All", people: "everyone" } };
    const refusal = (act) => {
        try { act(); } catch (error) {
            return { isError: error instanceof Error, message: error.message, path: error.path };
        }
        throw new Error("not refused: " + act);
    };
"#;

/// Runs a script in a page of the site, after [`PRELUDE`].
async fn script(browser: &Browser, site: &Site, body: &str, args: Vec<Value>) -> Value {
    browser.client.goto(&site.url("/module/publik.js")).await.unwrap();
    browser.run(&format!("{PRELUDE}{body}"), args).await
}

#[test]
fn every_view_of_a_case_has_exactly_the_expected_counts_and_ids() {
    let case = Case::stockholm();
    in_browser(|browser| async move {
        let body = r"
            const snapshot = publik.open(manifest, facts);
            const [files, asOf] = args;
            const answers = [];
            for (const file of files) {
                const session = snapshot.session(await view(file), asOf);
                answers.push({ counts: session.counts(), ids: session.ids(0, 1e6) });
                session.free();
            }
            snapshot.free();
            return answers;
        ";
        let args = vec![case.files(), json!(AS_OF)];
        let answers = script(&browser, &case.site, body, args).await;
        for (expected, answer) in case.expected.iter().zip(answers.as_array().unwrap()) {
            assert_eq!(answer["counts"], expected.counts, "{}", expected.file);
            assert_eq!(answer["ids"], expected.ids, "{}", expected.file);
        }
    });
}

#[test]
fn setters_lead_to_the_same_counts_as_a_fresh_view() {
    let case = Case::stockholm();
    in_browser(|browser| async move {
        let body = r#"
            const snapshot = publik.open(manifest, facts);
            const [files, asOf] = args;
            const whole = snapshot.session(everyone, asOf);
            const answers = [];
            for (const file of files) {
                const next = await view(file);
                // What has no setter of its own is there from the start.
                const { version, count_over, muted } = next;
                const start = { version, segment: { name: "Start" } };
                if (count_over) start.count_over = count_over;
                if (muted) start.muted = muted;
                const parts = snapshot.session(start, asOf);
                parts.setFilter("orders", { min: 3 });
                parts.setFilter("orders", null);
                for (const [name, setting] of Object.entries(next.filters ?? {})) {
                    parts.setFilter(name, setting);
                }
                parts.setFlags(next.flags ?? {});
                parts.setConsents(next.consents ?? {});
                parts.setMode(next.mode ?? { kind: "all" });
                const counts = parts.setSegment(next.segment);
                answers.push({ parts: counts, again: parts.counts(), whole: whole.setView(next) });
                parts.free();
            }
            return answers;
        "#;
        let args = vec![case.files(), json!(AS_OF)];
        let answers = script(&browser, &case.site, body, args).await;
        for (expected, answer) in case.expected.iter().zip(answers.as_array().unwrap()) {
            for way in ["parts", "again", "whole"] {
                assert_eq!(answer[way], expected.counts, "{} by {way}", expected.file);
            }
        }
    });
}

#[test]
fn a_histogram_adds_up_to_whom_the_other_filters_leave() {
    let case = Case::stockholm();
    in_browser(|browser| async move {
        let body = r#"
            const snapshot = publik.open(manifest, facts);
            const session = snapshot.session({
                version: 1, segment: { name: "All", events: { days_back: "all" } },
                filters: { revenue: { min: 200 }, tickets: { max: 12 }, distance_km: { max: 300 } },
            }, args[0]);
            const { filters, total } = session.counts();
            return args[1].map((name) => {
                const { edges, bins, below, above, unknown } = session.histogram(name, 40);
                const sum = bins.reduce((sum, count) => sum + count, below + above + unknown);
                const ascending = edges.every((edge, at) => at === 0 || edge > edges[at - 1]);
                return { name, sum, without: filters[name]?.without ?? total, ascending,
                         bins: bins.length, edges: edges.length };
            });
        "#;
        let names = json!([
            "distance_km",
            "revenue",
            "orders",
            "last_purchase",
            "tickets",
            "events",
            "impulsive",
            "tickets_per_order",
            "purchases"
        ]);
        let answers = script(&browser, &case.site, body, vec![json!(AS_OF), names]).await;
        assert_eq!(answers.as_array().unwrap().len(), 9);
        for answer in answers.as_array().unwrap() {
            assert!(answer["sum"].as_u64().unwrap() > 0, "{answer}");
            assert_eq!(answer["sum"], answer["without"], "{answer}");
            assert_eq!(answer["ascending"], true, "{answer}");
            let bins = answer["bins"].as_u64().unwrap();
            assert!((1..=40).contains(&bins), "{answer}");
            assert_eq!(answer["edges"], bins + 1, "{answer}");
        }
    });
}

#[test]
fn what_is_refused_names_its_path_and_changes_nothing() {
    let case = Case::stockholm();
    in_browser(|browser| async move {
        let body = r#"
            const session = publik.open(manifest, facts).session(everyone, args[0]);
            const before = session.setFilter("revenue", { min: 100 });
            const circle = {}; circle.self = circle;
            const refusals = [
                () => session.setFilter("revenue", { min: 5, max: 1 }),
                () => session.setFilter("revenue", { mim: 5 }),
                () => session.setFilter("revenue", undefined),
                () => session.setFilter("income", { min: 5 }),
                () => session.setSegment({ events: {} }),
                () => session.setSegment({ name: "A", events: { days_back: -1 } }),
                () => session.setMode({ kind: "event" }),
                () => session.setConsents({ include: "newsletter" }),
                () => session.setFlags(null),
                () => session.setView({ ...everyone, version: 2 }),
                () => session.setView(circle),
                () => session.histogram("gender", 10),
                () => session.histogram("revenue", 0),
                () => session.histogram("revenue", 10.5),
                () => session.ids(-1),
            ].map(refusal);
            const after = session.counts();
            return { before, after, refusals };
        "#;
        let answer = script(&browser, &case.site, body, vec![json!(AS_OF)]).await;
        assert!(answer["before"]["total"].as_u64().unwrap() > 0);
        assert_eq!(answer["before"], answer["after"]);
        let refusals = answer["refusals"].as_array().unwrap();
        for refusal in refusals {
            assert_eq!(refusal["isError"], true, "{refusal}");
            assert_ne!(refusal["message"], "", "{refusal}");
        }
        let paths: Vec<_> = refusals.iter().map(|refusal| refusal["path"].as_str()).collect();
        let expected = [
            "filters.revenue.min",
            "filters.revenue.mim",
            "filters.revenue",
            "filters.income",
            "segment.name",
            "segment.events.days_back",
            "mode.id",
            "consents.include",
            "flags",
            "version",
            "",
            "filters.gender",
            "bins",
            "bins",
            "start",
        ];
        assert_eq!(paths, expected.map(Some));
    });
}

#[test]
fn a_damaged_snapshot_and_a_wrong_argument_are_refused() {
    let case = Case::stockholm();
    in_browser(|browser| async move {
        let body = r#"
            const changed = facts.slice(); changed[changed.length >> 1] ^= 1;
            const snapshot = publik.open(manifest, facts);
            return [
                () => publik.open(manifest, changed),
                () => publik.open(manifest, facts.subarray(0, facts.length - 1)),
                () => publik.open(facts, facts),
                () => publik.open(manifest, "facts"),
                () => publik.open(undefined, facts),
                () => snapshot.session(everyone, "2026-02-30"),
                () => snapshot.session(everyone, 20261121),
                () => snapshot.session({ version: 1 }),
            ].map(refusal);
        "#;
        let refusals = script(&browser, &case.site, body, vec![]).await;
        let told = |at: usize, part: &str| {
            let message = refusals[at]["message"].as_str().unwrap();
            assert!(message.contains(part), "{message:?} does not say {part:?}");
        };
        told(0, "SHA-256");
        told(1, "bytes");
        told(2, "manifest");
        told(3, "facts: \"facts\" is not allowed; allowed is a Uint8Array");
        told(4, "manifest: undefined is not allowed; allowed is a Uint8Array");
        told(5, "asOf: ");
        told(6, "asOf: 20261121 is not allowed");
        told(7, "segment");
        let paths: Vec<_> = (0..8).map(|at| refusals[at]["path"].as_str().unwrap()).collect();
        assert_eq!(paths, ["", "", "", "facts", "manifest", "asOf", "asOf", "segment.name"]);
    });
}

#[test]
fn sealed_facts_open_with_their_passphrase_and_with_no_other() {
    let case = Case::stockholm();
    in_browser(|browser| async move {
        let body = r#"
            const [asOf, passphrase] = args;
            const sealed = await bytes("/sealed/manifest.json");
            const entry = JSON.parse(new TextDecoder().decode(sealed)).parts[0];
            const hidden = await bytes("/sealed/" + entry.file);
            const total = (snapshot) => snapshot.session(everyone, asOf).counts().total;
            return {
                encryption: entry.encryption,
                open: total(publik.open(manifest, facts)),
                unneeded: total(publik.open(manifest, facts, passphrase)),
                unsealed: total(publik.open(sealed, hidden, passphrase)),
                refusals: [undefined, "another", "", 7].map((wrong) =>
                    refusal(() => publik.open(sealed, hidden, wrong))),
            };
        "#;
        let args = vec![json!(AS_OF), json!(PASSPHRASE)];
        let answer = script(&browser, &case.site, body, args).await;
        assert_eq!(answer["encryption"], "age");
        assert!(answer["open"].as_u64().unwrap() > 0);
        assert_eq!(answer["unsealed"], answer["open"]);
        assert_eq!(answer["unneeded"], answer["open"]);
        let said = ["needs its passphrase", "sealed with another", "at least one", "at least one"];
        for (refusal, said) in answer["refusals"].as_array().unwrap().iter().zip(said) {
            let message = refusal["message"].as_str().unwrap();
            assert!(message.contains(said), "{message:?} does not say {said:?}");
            assert!(!message.contains("another\"") && !message.contains('7'), "{message:?}");
            assert_eq!(
                (&refusal["isError"], &refusal["path"]),
                (&json!(true), &json!("passphrase"))
            );
        }
    });
}

#[test]
fn sessions_follow_changes_of_flags() {
    let case = Case::stockholm();
    in_browser(|browser| async move {
        let body = r#"
            const snapshot = publik.open(manifest, facts);
            const session = snapshot.session(everyone, args[0]);
            const flag = Object.keys(session.counts().flags)[0];
            const [first, second, ...others] = session.ids(0, 10);
            const has = (id) => {
                session.setFlags({ include: [flag] });
                const ids = session.ids(0, 1e6);
                session.setFlags({});
                return ids.includes(id);
            };
            const change = (cursor, op, customers) => ({ cursor, flag, op, customers, by: "A" });
            const set = snapshot.applyFlags([
                change(1, "add", [first, second, "nobody"]), change(2, "remove", [second]),
            ]);
            const after = [has(first), has(second)];
            snapshot.applyFlags({ cursor: 4, more: false, changes: [
                change(3, "remove", [first]), change(4, "add", [second]),
            ] });
            const later = [has(first), has(second)];
            snapshot.applyFlags([change(1, "add", [first]), change(2, "remove", [second])]);
            const repeated = [has(first), has(second)];
            snapshot.applyFlags([{ flag: "brand new", op: "add", customers: others }]);
            const before = session.counts();
            const refused = refusal(() => snapshot.applyFlags([change(9, "give", [first])]));
            return { set, after, later, repeated, refused, unchanged:
                JSON.stringify(session.counts()) === JSON.stringify(before),
                fresh: snapshot.session(everyone, args[0]).counts().flags["brand new"],
                followed: before.flags["brand new"], others: others.length };
        "#;
        let answer = script(&browser, &case.site, body, vec![json!(AS_OF)]).await;
        assert_eq!(answer["set"]["unknown_customers"], 1);
        assert_eq!(answer["after"], json!([true, false]));
        assert_eq!(answer["later"], json!([false, true]));
        assert_eq!(answer["repeated"], json!([false, true]), "what is older comes too late");
        assert_eq!(answer["refused"]["path"], "changes[0].op");
        assert_eq!(answer["unchanged"], true);
        let others = &answer["others"];
        assert_eq!(answer["followed"], json!({ "audience": others, "total": others }));
        assert_eq!(answer["fresh"], answer["followed"]);
    });
}

#[test]
fn snapshot_and_sessions_are_freed_in_any_order() {
    let case = Case::stockholm();
    in_browser(|browser| async move {
        let body = r#"
            const first = publik.open(manifest, facts);
            const session = first.session(everyone, args[0]);
            const other = first.session(everyone, args[0]);
            const before = session.counts();
            other.free();
            first.free();
            const after = session.setFilter("tickets", { min: 0 });
            session.free();
            const second = publik.open(manifest, facts);
            second.session(everyone, args[0]).free();
            second.free();
            return { before: before.total, after: after.total, ids: refusal(() => session.ids()) };
        "#;
        let answer = script(&browser, &case.site, body, vec![json!(AS_OF)]).await;
        assert!(answer["before"].as_u64().unwrap() > 0);
        assert_eq!(answer["before"], answer["after"]);
        assert_eq!(answer["ids"]["isError"], true);
    });
}

#[test]
fn ids_come_a_thousand_at_a_time_unless_said_otherwise() {
    let case = Case::stockholm();
    in_browser(|browser| async move {
        let body = r"
            const session = publik.open(manifest, facts).session(everyone, args[0]);
            const all = session.ids(0, 1e6);
            return { all, first: session.ids(), next: session.ids(1000), few: session.ids(5, 3),
                     none: session.ids(1e6), total: session.counts().total };
        ";
        let answer = script(&browser, &case.site, body, vec![json!(AS_OF)]).await;
        let all = answer["all"].as_array().unwrap();
        assert_eq!(answer["total"], all.len());
        assert!(all.len() > 1000 && all.len() <= 2000);
        assert!(all.is_sorted_by_key(|id| id.as_str().unwrap().as_bytes()));
        assert_eq!(answer["first"].as_array().unwrap(), &all[..1000]);
        assert_eq!(answer["next"].as_array().unwrap(), &all[1000..]);
        assert_eq!(answer["few"].as_array().unwrap(), &all[5..8]);
        assert_eq!(answer["none"], json!([]));
    });
}

#[test]
fn without_a_day_it_is_today_where_the_venue_is() {
    let case = Case::stockholm();
    in_browser(|browser| async move {
        let today = || jiff::Timestamp::now().in_tz(ZONE).unwrap().date().to_string();
        let body = "return publik.open(manifest, facts).session(everyone).counts().as_of;";
        let before = today();
        let as_of = script(&browser, &case.site, body, vec![]).await;
        // Midnight may fall between the two.
        assert!([before, today()].iter().any(|day| as_of == *day), "{as_of}");
    });
}

#[test]
fn the_example_page_shows_the_counts_and_follows_its_field() {
    let case = Case::stockholm();
    in_browser(|browser| async move {
        browser.client.goto(&case.site.url("/module/?snapshot=/snapshot/")).await.unwrap();
        browser.wait_for(Locator::Css("td")).await;
        // In the order of their names, as a map has them here.
        let shown =
            "return Array.from(document.querySelectorAll('tr'), (row) => row.innerText).sort()";
        let rows = browser.run(shown, vec![]).await;
        let body = r#"
            const all = { version: 1, segment: { name: "All", events: { days_back: "all" } } };
            const session = publik.open(manifest, facts).session(all);
            return { all: session.counts(), some: session.setFilter("revenue", { min: 1000 }) };
        "#;
        let counts = browser.run(&format!("{PRELUDE}{body}"), vec![]).await;
        assert_eq!(rows, expected_rows(&counts["all"]));
        assert_ne!(counts["all"]["total"], counts["some"]["total"]);
        let field = browser.wait_for(Locator::Css("input")).await;
        field.send_keys("1000").await.unwrap();
        assert_eq!(browser.run(shown, vec![]).await, expected_rows(&counts["some"]));
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

fn expected_rows(counts: &Value) -> Value {
    let consents = counts["consents"].as_object().unwrap().iter();
    let consents =
        consents.map(|(id, row)| (format!("In the result, consent {id}"), &row["total"]));
    let segment = ("In the segment".to_owned(), &counts["segment"]);
    let total = ("In the result".to_owned(), &counts["total"]);
    let rows = [total].into_iter().chain(consents).chain([segment]);
    let count = |count: &Value| u32::try_from(count.as_u64().unwrap()).unwrap();
    rows.map(|(name, number)| format!("{name}\t{}", written(count(number)))).collect()
}
