//! A device without room: said before anything is lost, and everything goes on in memory.

use fantoccini::Locator;
use serde_json::json;

use crate::browser::{Browser, click, in_browser};
use crate::data::{drop_files, export, shows};
use crate::device::{has_segment, visit};
use crate::site::Site;

/// Makes the browser tell the page's workers that it has this much room: Chromium tells every site of
/// ten gigabytes, whatever quota is set. Workers start from a script that the page makes.
async fn tell_of_room(browser: &Browser, bytes: u32) {
    let source = format!(
        "const Made = Blob;
         window.Blob = class extends Made {{
             constructor(parts, options) {{
                 const told = 'StorageManager.prototype.estimate = async () => ({{ quota: {bytes}, usage: 0 }});';
                 const isScript = options?.type === 'text/javascript';
                 super(isScript ? [...parts, told] : parts, options);
             }}
         }};"
    );
    let params = json!({ "source": source });
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", params).await;
}

/// What the browser really gives to the site; `None` for what it gives by itself.
async fn give_room(browser: &Browser, site: &Site, bytes: Option<u32>) {
    let mut quota = json!({ "origin": site.url("") });
    if let Some(bytes) = bytes {
        quota["quotaSize"] = json!(bytes);
    }
    browser.devtools("Storage.overrideQuotaForOrigin", quota).await;
}

async fn name_and_save(browser: &Browser, name: &str) {
    let field = browser.wait_for(Locator::XPath("//label[contains(., 'Name')]//input")).await;
    field.send_keys(name).await.unwrap();
    click(browser, "//button[.='Save']").await;
}

#[test]
fn data_that_does_not_fit_is_told_of_before_it_is_written_and_worked_with_in_memory() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        tell_of_room(&browser, 1_000).await;
        visit(&browser, &site.url("/#/data")).await;
        shows(&browser, "From", "Demo").await;
        drop_files(&browser, &export()).await;
        let told = "//*[@role='status'][contains(., 'You work with it in memory')]";
        browser.wait_for(Locator::XPath(told)).await;
        shows(&browser, "From", "An export folder").await;
        shows(&browser, "Kept here", "are free").await;
    });
}

#[test]
fn on_a_full_disk_nothing_at_hand_is_lost_and_the_next_save_with_room_is_kept() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        visit(&browser, &site.url("/#/data")).await;
        shows(&browser, "From", "Demo").await;
        give_room(&browser, &site, Some(1)).await;
        drop_files(&browser, &export()).await;
        shows(&browser, "From", "An export folder").await;
        shows(&browser, "Kept here", "No").await;
        click(&browser, "//nav//a[.='Segments']").await;
        click(&browser, "//button[.='New segment']").await;
        name_and_save(&browser, "Afloat").await;
        let alert = "//*[@role='alert'][contains(., 'could not keep the last save')]";
        browser.wait_for(Locator::XPath(alert)).await;
        has_segment(&browser, "Afloat").await;

        give_room(&browser, &site, None).await;
        click(&browser, "//*[@aria-label='Actions for Afloat']").await;
        click(&browser, "//button[.='Edit']").await;
        name_and_save(&browser, " no more").await;
        has_segment(&browser, "Afloat no more").await;
        visit(&browser, &site.url("/#/segments")).await;
        has_segment(&browser, "Afloat no more").await;
    });
}
