//! The JavaScript module, used as another page would.

use crate::browser::in_browser;
use crate::site::Site;

#[test]
fn the_module_says_which_version_it_is() {
    let site = Site::with(vec![]);
    in_browser(|browser| async move {
        browser.client.goto(&site.url("/module/")).await.unwrap();
        let script = "const publik = await import('/module/publik.js');
                      await publik.default();
                      return publik.version();";
        let version = browser.run(script, vec![]).await;
        assert_eq!(version, env!("CARGO_PKG_VERSION"));
    });
}
