//! The endpoint as its users meet it: the program started on a free port, spoken to over HTTP.
#![allow(dead_code)]

pub mod service;
pub mod smtp;
pub mod theatre;

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use http::{HeaderMap, Method, Request};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;
use tempfile::TempDir;

/// A folder with a configuration that listens on any free port.
pub struct Venue {
    pub folder: TempDir,
}

impl Venue {
    /// `top` comes before every table of the configuration, `tables` behind.
    pub fn new(top: &str, tables: &str) -> Venue {
        let folder = tempfile::tempdir().unwrap();
        let config = format!(
            "listen = \"127.0.0.1:0\"\npublic_url = \"http://127.0.0.1:1\"\n{top}\n\
             [flags]\nvip = \"VIP\"\nchoir = \"Körvän\"\n{tables}\n"
        );
        fs::write(folder.path().join("sync.toml"), config).unwrap();
        Venue { folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn command(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_publik"))
            .arg("sync")
            .args(arguments)
            .arg("--config")
            .arg(self.path("sync.toml"))
            .output()
            .unwrap()
    }

    pub fn token(&self, name: &str, rights: &str) -> String {
        let made = self.command(&["token", "add", name, "--rights", rights]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        String::from_utf8(made.stdout).unwrap().trim().to_owned()
    }

    pub fn start(&self) -> Endpoint {
        Endpoint::start(&self.path("sync.toml"))
    }

    pub fn store(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path("sync.db")).unwrap()
    }
}

/// A running endpoint; dropped, it is killed.
pub struct Endpoint {
    child: Child,
    pub address: String,
    pub log: Arc<Mutex<String>>,
}

impl Endpoint {
    pub fn start(config: &Path) -> Endpoint {
        let mut child = Command::new(env!("CARGO_BIN_EXE_publik"))
            .args(["sync", "--config"])
            .arg(config)
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let log = Arc::new(Mutex::new(String::new()));
        let mut address = None;
        for line in lines.by_ref() {
            let line = line.unwrap();
            if let Some((_, found)) = line.split_once("listening on ") {
                address = Some(found.to_owned());
                break;
            }
            writeln!(log.lock().unwrap(), "{line}").unwrap();
        }
        let Some(address) = address else {
            panic!("the endpoint did not start: {}", log.lock().unwrap());
        };
        let kept = Arc::clone(&log);
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                writeln!(kept.lock().unwrap(), "{line}").unwrap();
            }
        });
        Endpoint { child, address, log }
    }

    pub fn call(&self, method: Method, path: &str) -> Call {
        let uri = format!("{}{path}", self.address);
        Call { request: Request::builder().method(method).uri(uri), body: Vec::new() }
    }

    pub fn get(&self, path: &str, token: &str) -> Answer {
        self.call(Method::GET, path).token(token).send()
    }

    /// A post with a new key.
    pub fn post(&self, path: &str, token: &str, body: &Value) -> Answer {
        self.call(Method::POST, path).token(token).new_key().json(body).send()
    }

    /// Asks it to stop and waits until it has.
    pub fn stop(mut self) -> bool {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let until = Instant::now() + Duration::from_secs(20);
        while Instant::now() < until {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.success();
            }
            thread::sleep(Duration::from_millis(10));
        }
        false
    }

    /// SIGKILL, as a loss of power would end it.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn said(&self) -> String {
        self.log.lock().unwrap().clone()
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A request on its way.
pub struct Call {
    request: http::request::Builder,
    body: Vec<u8>,
}

impl Call {
    pub fn header(mut self, name: &str, value: &str) -> Call {
        self.request = self.request.header(name, value);
        self
    }

    pub fn token(self, token: &str) -> Call {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub fn key(self, key: &str) -> Call {
        self.header("idempotency-key", key)
    }

    pub fn new_key(self) -> Call {
        self.key(&new_key())
    }

    pub fn json(self, body: &Value) -> Call {
        self.header("content-type", "application/json").body(body.to_string())
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Call {
        self.body = body.into();
        self
    }

    pub fn send(self) -> Answer {
        self.try_send().unwrap()
    }

    pub fn try_send(self) -> Result<Answer, Box<dyn std::error::Error>> {
        let request = self
            .request
            .body(Full::<std::io::Cursor<Vec<u8>>>::new(std::io::Cursor::new(self.body)))?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let client = Client::builder(TokioExecutor::new()).build(HttpConnector::new());
            let response = client.request(request).await?;
            let (parts, body) = response.into_parts();
            let body = body.collect().await?.to_bytes().to_vec();
            Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body })
        })
    }
}

pub fn new_key() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Checks that this is a problem of the contract with this status, and gives it.
    #[track_caller]
    pub fn problem(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["status"], status, "{problem}");
        assert!(problem["title"].as_str().is_some_and(|title| !title.is_empty()), "{problem}");
        problem
    }

    #[track_caller]
    pub fn ok(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        self.json()
    }
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}
