//! A server of folders on this machine, for as long as the tests run.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{fs, thread};

/// Folders behind one local address.
pub struct Site {
    address: SocketAddr,
    host: Arc<Host>,
}

/// How a host treats who asks.
#[allow(dead_code, reason = "benches/browser.rs has a friendly host")]
#[derive(Clone)]
pub enum Mood {
    /// It answers.
    Friendly,
    /// It says nothing to anybody.
    Gone,
    /// It stops in the middle of files with this in their name.
    Breaking(&'static str),
    /// It lets those wait that ask for files with this in their name.
    Holding(&'static str),
}

/// A file that was asked for and is there.
#[derive(Clone)]
struct Given {
    path: String,
    /// Whether the service worker asked, and not the page or one of its workers.
    is_for_copy: bool,
}

struct Host {
    folders: Mutex<Vec<(String, PathBuf)>>,
    headers: &'static str,
    mood: Mutex<Mood>,
    given: Mutex<Vec<Given>>,
    asked: Mutex<Vec<String>>,
}

/// The folder that `make dist` builds.
pub fn dist() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("dist")
}

#[allow(dead_code, reason = "benches/browser.rs needs only some of it")]
impl Site {
    /// What `make dist` built.
    pub fn of_dist() -> Self {
        Self::with(vec![])
    }

    /// The same as [`Site::with`], cross-origin isolated, so that clocks are fine enough to
    /// measure with.
    pub fn isolated_with(folders: Vec<(&'static str, PathBuf)>) -> Self {
        Self::serve(
            folders.into_iter().chain([("", dist())]),
            "cross-origin-opener-policy: same-origin\r\ncross-origin-embedder-policy: require-corp\r\n",
        )
    }

    /// What `make dist` built, and further folders: (`/case`, folder).
    pub fn with(folders: Vec<(&'static str, PathBuf)>) -> Self {
        Self::of(folders.into_iter().chain([("", dist())]))
    }

    /// Folders at their paths; the first that has a file gives it.
    pub fn of(folders: impl IntoIterator<Item = (&'static str, PathBuf)>) -> Self {
        Self::serve(folders, "")
    }

    fn serve(
        folders: impl IntoIterator<Item = (&'static str, PathBuf)>,
        headers: &'static str,
    ) -> Self {
        for built in ["index.html", "module/publik.js"] {
            let is_built = dist().join(built).is_file();
            assert!(is_built, "dist/{built} is not built: run `make dist` first");
        }
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let folders = folders.into_iter().map(|(prefix, folder)| (prefix.to_owned(), folder));
        let host = Arc::new(Host {
            folders: Mutex::new(folders.collect()),
            headers,
            mood: Mutex::new(Mood::Friendly),
            given: Mutex::default(),
            asked: Mutex::default(),
        });
        let site = Self { address, host: Arc::clone(&host) };
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let host = Arc::clone(&host);
                // A browser that goes away mid-answer is no concern of the test.
                thread::spawn(move || host.answer(&stream).ok());
            }
        });
        site
    }

    /// The address of a path that starts with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Treats everybody so from now on.
    pub fn set_mood(&self, mood: Mood) {
        *self.host.mood.lock().unwrap() = mood;
    }

    /// Has another folder at a path, in place of the one that is there.
    pub fn put(&self, prefix: &str, folder: PathBuf) {
        let mut folders = self.host.folders.lock().unwrap();
        folders.iter_mut().find(|(at, _)| at == prefix).expect("a path of the site").1 = folder;
    }

    /// Paths of the files given so far, in order.
    pub fn given(&self) -> Vec<String> {
        self.host.given.lock().unwrap().iter().map(|given| given.path.clone()).collect()
    }

    /// The same, without what the service worker fetched for the time without a network.
    pub fn given_to_page(&self) -> Vec<String> {
        let given = self.host.given.lock().unwrap();
        given.iter().filter(|given| !given.is_for_copy).map(|given| given.path.clone()).collect()
    }

    /// Paths asked for so far, whether they are there or not.
    pub fn asked(&self) -> Vec<String> {
        self.host.asked.lock().unwrap().clone()
    }
}

impl Host {
    fn mood(&self) -> Mood {
        self.mood.lock().unwrap().clone()
    }

    fn answer(&self, mut stream: &TcpStream) -> std::io::Result<()> {
        let mut request = String::new();
        let mut reader = BufReader::new(stream);
        reader.read_line(&mut request)?;
        let (mut header, mut is_for_copy) = (String::from("…"), false);
        while header.trim() != "" {
            header.clear();
            reader.read_line(&mut header)?;
            let header = header.to_ascii_lowercase();
            is_for_copy |= header.starts_with("referer:") && header.trim().ends_with("/sw.js");
        }
        let target = request.split(' ').nth(1).unwrap_or("/");
        let path = target.split(['?', '#']).next().unwrap_or("/");
        let path = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        if matches!(self.mood(), Mood::Gone) {
            return Ok(());
        }
        while matches!(self.mood(), Mood::Holding(part) if path.contains(part)) {
            thread::sleep(Duration::from_millis(20));
        }
        self.asked.lock().unwrap().push(path.clone());
        let folders = self.folders.lock().unwrap().clone();
        let found = folders.iter().find_map(|(prefix, folder)| {
            let rest = path.strip_prefix(prefix.as_str())?.strip_prefix('/')?;
            fs::read(folder.join(rest)).ok()
        });
        let (status, body) = match found {
            Some(body) => {
                self.given.lock().unwrap().push(Given { path: path.clone(), is_for_copy });
                ("200 OK", body)
            }
            None => ("404 Not Found", vec![]),
        };
        write!(
            stream,
            "HTTP/1.1 {status}\r\ncontent-type: {}\r\ncontent-length: {}\r\nconnection: close\r\n{}\r\n",
            media_type(&path),
            body.len(),
            self.headers,
        )?;
        let is_broken = matches!(self.mood(), Mood::Breaking(part) if path.contains(part));
        let sent = if is_broken { body.len() / 2 } else { body.len() };
        stream.write_all(&body[..sent])
    }
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}
