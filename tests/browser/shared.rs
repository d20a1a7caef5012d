//! Segments and views that the host shares with everyone.

use std::fs;

use fantoccini::Locator;
use serde_json::{Value, json};

use crate::browser::{click, in_browser};
use crate::device::{document, has_segment, put, visit};
use crate::site::Site;

fn shared(id: &str, name: &str, changed_at: &str) -> Value {
    let mut segment: Value = serde_json::from_str(&document(id, name)).unwrap();
    segment.as_object_mut().unwrap().remove("version");
    segment["changed_at"] = json!(changed_at);
    segment
}

#[test]
fn what_the_host_shares_is_read_only_until_it_is_duplicated_and_newer_ones_are_announced() {
    let folder = tempfile::tempdir().unwrap();
    let views = json!({ "version": 1, "segments": [
        shared("a", "House segment", "2026-11-20T10:00:00Z"),
        shared("b", "Autumn of all", "2026-11-20T10:00:00Z"),
    ] });
    fs::write(folder.path().join("views.json"), views.to_string()).unwrap();
    fs::write(folder.path().join("config.json"), r#"{"views":"views.json"}"#).unwrap();
    let site = Site::with(vec![("", folder.path().to_owned())]);
    in_browser(|browser| async move {
        visit(&browser, &site.url("/#/segments")).await;
        let badge = "//tr[contains(., 'House segment')]//*[.='Shared']";
        browser.wait_for(Locator::XPath(badge)).await;
        click(&browser, "//*[@aria-label='Actions for House segment']").await;
        let entry = |name: &str| format!("//tr[contains(., 'House segment')]//button[.='{name}']");
        for forbidden in ["Edit", "Delete"] {
            let found = browser.client.find_all(Locator::XPath(&entry(forbidden))).await.unwrap();
            assert_eq!(found.len(), 0, "{forbidden}");
        }
        click(&browser, &entry("Duplicate")).await;
        has_segment(&browser, "Copy of House segment").await;
        click(&browser, "//*[@aria-label='Actions for Copy of House segment']").await;
        let edit = "//tr[contains(., 'Copy of House segment')]//button[.='Edit']";
        browser.wait_for(Locator::XPath(edit)).await;

        // One's own of the same id, older and newer than what the host has.
        put(&browser, "documents", &json!({ "b": document("b", "Autumn of mine") })).await;
        visit(&browser, &site.url("/#/segments")).await;
        let newer = "//p[contains(., 'The shared segment Autumn of all is newer')]";
        browser.wait_for(Locator::XPath(newer)).await;
        has_segment(&browser, "Autumn of mine").await;
        has_segment(&browser, "Autumn of all").await;

        let hear = "
            window.files = [];
            const make = URL.createObjectURL;
            URL.createObjectURL = (blob) => { window.files.push(blob); return make.call(URL, blob); };
        ";
        browser.run(hear, vec![]).await;
        click(&browser, "//button[.='Export as shared']").await;
        let file = browser.run("return await window.files[0].text();", vec![]).await;
        let file: Value = serde_json::from_str(file.as_str().unwrap()).unwrap();
        assert_eq!(file["version"], json!(1));
        let names: Vec<&Value> = file["segments"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| &one["segment"]["name"])
            .collect();
        assert_eq!(names, [&json!("Autumn of mine"), &json!("Copy of House segment")]);
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}

#[test]
fn a_saved_view_is_found_by_its_name_in_the_list_of_segments() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        visit(&browser, &site.url("/#/segments")).await;
        put(&browser, "documents", &json!({ "a": document("a", "Autumn") })).await;
        visit(&browser, &site.url("/#/segments")).await;
        click(&browser, "//ul[@aria-label='Saved views']//button[.='Often']").await;
        browser.wait_for(Locator::XPath("//h1[contains(., 'Often')]")).await;

        // Another segment's dialog says where it is.
        visit(&browser, &site.url("/#/segments")).await;
        // The venue's name moves what stands beside it.
        let venue = Locator::XPath("//*[@class='app-header__venue'][string-length(.) > 0]");
        browser.wait_for(venue).await;
        click(&browser, "//nav//a[.='Workspace']").await;
        click(&browser, "//button[.='Open / New…']").await;
        click(&browser, "//dialog//button[.='All segments']").await;
        has_segment(&browser, "Autumn").await;
    });
}
