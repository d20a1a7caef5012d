//! Chromium, one fresh profile a test.

use fantoccini::elements::Element;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read};
use std::panic::resume_unwind;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

/// How long a page may take to show something before the test gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where the browser is: the zone of the demo's venue.
pub const ZONE: &str = "Europe/Stockholm";

/// A browser with one window.
#[derive(Clone)]
pub struct Browser {
    pub client: Client,
}

impl Browser {
    /// The first element that matches, as soon as it is there.
    pub async fn wait_for(&self, what: Locator<'_>) -> Element {
        self.client.wait().at_most(PATIENCE).for_element(what).await.unwrap()
    }

    /// What the script's promise resolves to. `body` is the body of an async function whose
    /// arguments are `args`; whatever it throws fails the test with its message.
    pub async fn run(&self, body: &str, args: Vec<Value>) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             const args = Array.from(arguments).slice(0, -1);
             (async (...args) => {{ {body} }})(...args)
                 .then((value) => done({{ value }}), (error) => done({{ thrown: String(error) }}));"
        );
        let mut answer = self.client.execute_async(&script, args).await.unwrap();
        assert!(answer.get("thrown").is_none(), "the script threw {}", answer["thrown"]);
        answer["value"].take()
    }

    /// Has the browser's own tools do something: a command of the `DevTools` protocol.
    #[allow(dead_code, reason = "benches/browser.rs does not")]
    pub async fn devtools(&self, command: &str, params: Value) -> Value {
        let execute = DevTools(json!({ "cmd": command, "params": params }));
        self.client.issue_cmd(execute).await.unwrap()
    }

    /// The errors that the console holds since the last call.
    pub async fn errors(&self) -> Vec<String> {
        let entries = self.log("browser").await;
        let errors = entries.iter().filter(|entry| entry["level"] == "SEVERE");
        let messages = errors.map(|entry| entry["message"].to_string());
        // A site without a configuration has no such file, and the browser notes every 404.
        messages.filter(|message| !message.contains("/config.json")).collect()
    }

    /// What the browser's own tracing noted since the last call, of [`in_traced_browser`].
    #[allow(dead_code, reason = "benches do not")]
    pub async fn trace(&self) -> Vec<Value> {
        let entries = self.log("performance").await;
        let messages = entries.iter().filter_map(|entry| entry["message"].as_str());
        let messages = messages.map(|message| -> Value { message.parse().unwrap() });
        let noted = messages.filter(|said| said["message"]["method"] == "Tracing.dataCollected");
        noted.map(|mut said| said["message"]["params"].take()).collect()
    }

    async fn log(&self, of: &'static str) -> Vec<Value> {
        let entries = self.client.issue_cmd(Log(of)).await.unwrap();
        entries.as_array().expect("the driver answers with a list").clone()
    }
}

/// Clicks the first element of an `XPath`, as soon as it is there.
#[allow(dead_code, reason = "benches/browser.rs does not")]
pub async fn click(browser: &Browser, path: &str) {
    browser.wait_for(Locator::XPath(path)).await.click().await.unwrap();
}

/// Runs a test's steps in a browser of their own, and closes it whatever comes of them.
pub fn in_browser<F: Future<Output = ()> + Send + 'static>(steps: impl FnOnce(Browser) -> F) {
    assert!(in_browser_of(tempfile::tempdir().unwrap().path(), steps), "Chromium closes");
}

/// The same in the browser of somebody who may have been here before; whether it was there to be
/// closed.
pub fn in_browser_of<F: Future<Output = ()> + Send + 'static>(
    profile: &Path,
    steps: impl FnOnce(Browser) -> F,
) -> bool {
    run_in(capabilities(profile), steps)
}

/// The same in a browser that notes what it loads, lays out and paints.
#[allow(dead_code, reason = "benches do not")]
pub fn in_traced_browser<F: Future<Output = ()> + Send + 'static>(
    steps: impl FnOnce(Browser) -> F,
) {
    let profile = tempfile::tempdir().unwrap();
    let mut wanted = capabilities(profile.path());
    wanted["goog:loggingPrefs"]["performance"] = "ALL".into();
    wanted["goog:chromeOptions"]["perfLoggingPrefs"] = json!({
        "enableNetwork": false,
        "enablePage": false,
        "traceCategories": "toplevel,loading,devtools.timeline",
    });
    assert!(run_in(wanted, steps), "Chromium closes");
}

fn run_in<F: Future<Output = ()> + Send + 'static>(
    wanted: Capabilities,
    steps: impl FnOnce(Browser) -> F,
) -> bool {
    let driver = Driver::start();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let outcome = runtime.block_on(async {
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted)
            .connect(&driver.url)
            .await
            .expect("Chromium starts");
        let outcome = tokio::spawn(steps(Browser { client: client.clone() })).await;
        (outcome, client.close().await.is_ok())
    });
    match outcome {
        (Ok(()), is_closed) => is_closed,
        (Err(failed), _) => resume_unwind(failed.into_panic()),
    }
}

fn capabilities(profile: &Path) -> Capabilities {
    let args = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1440,1000",
        &format!("--user-data-dir={}", profile.display()),
    ];
    let wanted = json!({
        "browserName": "chrome",
        "goog:chromeOptions": { "args": args },
        "goog:loggingPrefs": { "browser": "ALL" },
        "timeouts": { "script": 120_000 },
    });
    wanted.as_object().expect("written as an object above").clone()
}

/// The driver's process; it ends with the value.
struct Driver {
    process: Child,
    url: String,
    /// Kept open: a driver that cannot write its messages ends.
    _output: BufReader<ChildStdout>,
}

impl Driver {
    /// Starts one. A busy machine may give the port it chose to somebody else meanwhile, and then
    /// it ends at once: another is started.
    fn start() -> Self {
        (0..5)
            .find_map(|_| Self::started())
            .expect("chromedriver says which port it took, in one of five starts")
    }

    fn started() -> Option<Self> {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            // The browser inherits it: the demo's today is then its venue's, at every hour.
            .env("TZ", ZONE)
            .stdout(Stdio::piped())
            .spawn()
            .expect("chromedriver is on the PATH: `tools/setup.sh test` installs it");
        let mut output = BufReader::new(process.stdout.take().expect("piped above"));
        let said = output.by_ref().lines().map_while(Result::ok).find_map(|line| {
            let port = line.split_once("started successfully on port ")?.1;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let Some(port) = said else {
            process.wait().ok();
            return None;
        };
        Some(Self { process, url: format!("http://127.0.0.1:{port}"), _output: output })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// Chromium's own command for its tools.
#[derive(Debug)]
struct DevTools(Value);

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(
        &self,
        base_url: &url::Url,
        session_id: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base_url.join(&format!("session/{}/goog/cdp/execute", session_id.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.0.to_string()))
    }
}

/// Chromium's own command for one of its logs.
#[derive(Debug)]
struct Log(&'static str);

impl WebDriverCompatibleCommand for Log {
    fn endpoint(
        &self,
        base_url: &url::Url,
        session_id: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base_url.join(&format!("session/{}/se/log", session_id.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "type": self.0 }).to_string()))
    }
}
