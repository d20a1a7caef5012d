//! A server of folders on this machine, for as long as the tests run.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::{fs, thread};

/// Folders behind one local address.
pub struct Site {
    address: SocketAddr,
    /// Paths of the files that were asked for and are there, in order.
    given: Arc<Mutex<Vec<String>>>,
}

impl Site {
    /// What `make dist` built.
    pub fn of_dist() -> Self {
        Self::with(vec![])
    }

    /// The same as [`Site::with`], cross-origin isolated, so that clocks are fine enough to
    /// measure with.
    #[allow(dead_code, reason = "only benches/browser.rs calls it")]
    pub fn isolated_with(folders: Vec<(&'static str, PathBuf)>) -> Self {
        Self::serve(
            folders,
            "cross-origin-opener-policy: same-origin\r\ncross-origin-embedder-policy: require-corp\r\n",
        )
    }

    /// What `make dist` built, and further folders: (`/case`, folder).
    pub fn with(folders: Vec<(&'static str, PathBuf)>) -> Self {
        Self::serve(folders, "")
    }

    fn serve(folders: Vec<(&'static str, PathBuf)>, headers: &'static str) -> Self {
        let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("dist");
        for built in ["index.html", "module/publik.js"] {
            assert!(dist.join(built).is_file(), "dist/{built} is not built: run `make dist` first");
        }
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let folders: Arc<[_]> = folders.into_iter().chain([("", dist)]).collect();
        let given = Arc::<Mutex<Vec<String>>>::default();
        let log = Arc::clone(&given);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (folders, log) = (Arc::clone(&folders), Arc::clone(&log));
                // A browser that goes away mid-answer is no concern of the test.
                thread::spawn(move || answer(&stream, &folders, headers, &log).ok());
            }
        });
        Self { address, given }
    }

    /// The address of a path that starts with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Paths of the files given so far, in order.
    #[allow(dead_code, reason = "benches/browser.rs does not ask")]
    pub fn given(&self) -> Vec<String> {
        self.given.lock().unwrap().clone()
    }
}

fn answer(
    mut stream: &TcpStream,
    folders: &[(&str, PathBuf)],
    headers: &str,
    log: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut request = String::new();
    let mut reader = BufReader::new(stream);
    reader.read_line(&mut request)?;
    let mut header = String::from("…");
    while header.trim() != "" {
        header.clear();
        reader.read_line(&mut header)?;
    }
    let target = request.split(' ').nth(1).unwrap_or("/");
    let path = target.split(['?', '#']).next().unwrap_or("/");
    let path = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let found = folders.iter().find_map(|(prefix, folder)| {
        let rest = path.strip_prefix(prefix)?.strip_prefix('/')?;
        fs::read(folder.join(rest)).ok()
    });
    let (status, body) = match found {
        Some(body) => {
            log.lock().unwrap().push(path.clone());
            ("200 OK", body)
        }
        None => ("404 Not Found", vec![]),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: {}\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n",
        media_type(&path),
        body.len()
    )?;
    stream.write_all(&body)
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}
