//! A wire between page and endpoint that can be cut while an answer is on it.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;

/// Passes calls on, and their answers unless it is told to lose those of posts.
pub struct CutWire {
    pub address: String,
    shared: Arc<Shared>,
}

struct Shared {
    endpoint: String,
    loses_answers: AtomicBool,
    lost: AtomicU32,
}

impl CutWire {
    pub fn to(endpoint: &str) -> CutWire {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared {
            endpoint: endpoint.strip_prefix("http://").unwrap().to_owned(),
            loses_answers: AtomicBool::new(false),
            lost: AtomicU32::new(0),
        });
        let of_thread = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&of_thread);
                // A browser that goes away mid-answer is no concern of the test.
                thread::spawn(move || pass(stream, &shared).ok());
            }
        });
        CutWire { address, shared }
    }

    pub fn lose_answers(&self, loses: bool) {
        self.shared.loses_answers.store(loses, Ordering::SeqCst);
    }

    /// How many posts were done whose answers were lost.
    pub fn lost(&self) -> u32 {
        self.shared.lost.load(Ordering::SeqCst)
    }
}

fn pass(mut page: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut chunk = [0; 16 * 1024];
    let head = loop {
        let count = page.read(&mut chunk)?;
        if count == 0 {
            return Ok(());
        }
        request.extend_from_slice(&chunk[..count]);
        if let Some(at) = request.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
    };
    let text = String::from_utf8_lossy(&request[..head]).into_owned();
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    while request.len() < head + 4 + length.unwrap_or(0) {
        let count = page.read(&mut chunk)?;
        if count == 0 {
            return Ok(());
        }
        request.extend_from_slice(&chunk[..count]);
    }
    let (first, rest) = text.split_once("\r\n").unwrap_or((&text, ""));
    let mut endpoint = TcpStream::connect(&shared.endpoint)?;
    let kept = rest.split("\r\n").filter(|line| !line.to_lowercase().starts_with("connection:"));
    write!(endpoint, "{first}\r\nconnection: close\r\n")?;
    for line in kept {
        write!(endpoint, "{line}\r\n")?;
    }
    endpoint.write_all(b"\r\n")?;
    endpoint.write_all(&request[head + 4..])?;
    let mut answer = Vec::new();
    endpoint.read_to_end(&mut answer)?;
    if first.starts_with("POST ") && shared.loses_answers.load(Ordering::SeqCst) {
        shared.lost.fetch_add(1, Ordering::SeqCst);
        return Ok(());
    }
    page.write_all(&answer)
}
