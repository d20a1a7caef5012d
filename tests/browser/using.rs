//! Hours of random use in short: buttons, sliders, lists and pages as they come, by a seed.

use std::env;
use std::time::{Duration, Instant};

use fantoccini::Locator;
use serde_json::json;

use crate::browser::{Browser, in_browser};
use crate::site::Site;
use crate::workspace::{open, shows, view, view_of_address};

/// How long one call of the script uses the page; the driver waits two minutes for a script.
const TURN: Duration = Duration::from_secs(15);
/// What the second half of the use may add to memory. A wasm memory never shrinks, and the engine
/// keeps an index for each range that ever moved: 9 of them for 10,000 customers are below a
/// megabyte. The rest is what a garbage collector leaves lying, which is not to be argued with.
const MOST_GROWTH_BYTES: f64 = 24e6;

/// Uses the page for so many milliseconds, by a seed; gives how many steps it took.
const USE: &str = r"
    let state = args[0] | 0;
    const random = () => {
        state = (state + 0x6D2B79F5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
    const pick = (all) => all[Math.floor(random() * all.length)];
    const pause = (ms) => new Promise((over) => setTimeout(over, ms));
    // Files, the clipboard and the end of everything are not for chance.
    const never = new RegExp(['erase', 'radera allt', 'import', 'restore', 'återställ', 'choose f', 'välj',
        'back up', 'säkerhetskop', 'export', 'download', 'hämta', 'ladda ner', 'copy link', 'kopiera',
        'mapp', 'filer', 'begin anew', 'reload', 'update', 'unlock', 'send', 'skicka'].join('|'), 'i');
    const keys = ['ArrowLeft', 'ArrowRight', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'];
    const end = performance.now() + args[1];
    let steps = 0;
    while (performance.now() < end) {
        const dialog = [...document.querySelectorAll('dialog[open]')].pop();
        const wanted = 'button:not(:disabled), [role=slider], [role=option], label, summary, nav a';
        const here = [...(dialog ?? document).querySelectorAll(wanted)].filter((element) =>
            element.checkVisibility()
            && !never.test(element.innerText + ' ' + (element.getAttribute('aria-label') ?? '')));
        const sliders = here.filter((element) => element.role === 'slider' || element.getAttribute('role') === 'slider');
        const element = sliders.length > 0 && random() < 0.5 ? pick(sliders) : pick(here);
        if (sliders.includes(element)) {
            element.focus();
            for (let times = 1 + Math.floor(random() * 12); times > 0; times--) {
                const key = pick(keys);
                for (const type of ['keydown', 'keyup']) {
                    element.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, cancelable: true }));
                }
                await pause(8);
            }
        } else {
            element?.click();
        }
        // Not past the page's own beginning.
        if (random() < 0.02 && navigation.currentEntry.index > 0) history.back();
        if (random() < 0.05) document.querySelector('[role=grid]')?.scrollTo(0, random() * 200000);
        steps++;
        await pause(random() * 60);
    }
    for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close();
    return steps;
";

fn seconds() -> u64 {
    env::var("PUBLIK_USE_SECONDS").ok().and_then(|said| said.parse().ok()).unwrap_or(120)
}

async fn use_it(browser: &Browser, turns: &mut u64, duration: Duration) -> u64 {
    let (begun, mut steps) = (Instant::now(), 0);
    while begun.elapsed() < duration {
        *turns += 1;
        let took = browser.run(USE, vec![json!(*turns), json!(TURN.as_millis() as u64)]).await;
        steps += took.as_u64().unwrap();
    }
    steps
}

/// Leads back to the workspace, in English, with the boxes in sight.
async fn come_back(browser: &Browser) {
    let speak = "if (document.documentElement.lang !== 'en') document.querySelector('[lang=en][type=button]').click();";
    browser.run(speak, vec![]).await;
    let back = "
        let link;
        for (let tries = 0; !link && tries < 100; tries++) {
            await new Promise((drawn) => setTimeout(drawn, 100));
            link = [...document.querySelectorAll('nav a')].find((link) => link.innerText === 'Workspace');
        }
        link.click();
        await new Promise((drawn) => setTimeout(drawn, 300));
    ";
    browser.run(back, vec![]).await;
    browser.wait_for(Locator::Css("[aria-label=Result] output")).await;
}

/// Bytes of the page and its workers, wasm and JavaScript, after a collection.
async fn memory(browser: &Browser) -> f64 {
    browser.devtools("HeapProfiler.collectGarbage", json!({})).await;
    let body =
        "const { bytes } = await performance.measureUserAgentSpecificMemory(); return bytes;";
    browser.run(body, vec![]).await.as_f64().unwrap()
}

#[test]
fn random_use_ends_with_the_engines_counts_and_flat_memory() {
    let site = Site::isolated_with(vec![]);
    in_browser(|browser| async move {
        let start = view(&json!({}));
        open(&browser, &site, &start).await;
        shows(&browser, &start).await;
        let half = Duration::from_secs(seconds()) / 2;
        let mut turns = 0;
        let first = use_it(&browser, &mut turns, half).await;
        come_back(&browser).await;
        let middle = memory(&browser).await;
        let second = use_it(&browser, &mut turns, half).await;
        come_back(&browser).await;
        let end = memory(&browser).await;
        println!("{first} and {second} steps, {middle} bytes, then {end}");
        assert!(first.min(second) > half.as_secs(), "{first} and {second} steps are no use");
        let shown = view_of_address(&browser).await;
        shows(&browser, &shown).await;
        assert!(end - middle < MOST_GROWTH_BYTES, "memory grew from {middle} to {end} bytes");
        let messages = "return document.querySelectorAll('dialog[role=alertdialog][open]').length;";
        assert_eq!(browser.run(messages, vec![]).await, json!(0));
        let errors = browser.errors().await;
        assert_eq!(errors, Vec::<String>::new());
    });
}
