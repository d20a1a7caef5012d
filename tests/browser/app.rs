//! The app's page.

use crate::browser::in_browser;
use crate::site::Site;
use fantoccini::Locator;

#[test]
fn the_page_starts_without_an_error() {
    let site = Site::of_dist();
    in_browser(|browser| async move {
        browser.client.goto(&site.url("/")).await.unwrap();
        let name = browser.wait_for(Locator::Css("h1")).await;
        assert_eq!(name.text().await.unwrap(), "Publik");
        assert_eq!(browser.errors().await, Vec::<String>::new());
    });
}
