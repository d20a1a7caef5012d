//! A mail server on loopback that keeps what it is sent and answers as it is told to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A mail that was sent to its end.
#[derive(Debug, Clone)]
pub struct Received {
    pub from: String,
    pub to: String,
    pub bytes: Vec<u8>,
    /// Whether the connection was secured, and with which login.
    pub is_secure: bool,
    pub login: Option<String>,
}

/// What the server does with a recipient, by address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Manner {
    Take,
    /// Answers `RCPT` with this.
    RefuseRecipient(&'static str),
    /// Answers the mail itself with this, and keeps nothing.
    RefuseMail(&'static str),
    /// Keeps the mail and closes the connection without an answer.
    FallSilent,
}

type Manners = Box<dyn Fn(&str) -> Manner + Send + Sync>;

struct Shared {
    received: Mutex<Vec<Received>>,
    attempts: Mutex<Vec<String>>,
    logins: Mutex<Vec<String>>,
    connections: AtomicUsize,
    manners: Manners,
    tls: Option<Arc<rustls::ServerConfig>>,
    is_secured_at_once: bool,
    is_ending: AtomicBool,
}

pub struct MailServer {
    pub port: u16,
    shared: Arc<Shared>,
}

impl MailServer {
    pub fn start() -> MailServer {
        MailServer::with(|_| Manner::Take, None)
    }

    /// Offers STARTTLS where it has a certificate.
    pub fn with(
        manners: impl Fn(&str) -> Manner + Send + Sync + 'static,
        tls: Option<Arc<rustls::ServerConfig>>,
    ) -> MailServer {
        MailServer::listening(Box::new(manners), tls, false)
    }

    /// Speaks over TLS from the first byte.
    pub fn secured_at_once(tls: Arc<rustls::ServerConfig>) -> MailServer {
        MailServer::listening(Box::new(|_| Manner::Take), Some(tls), true)
    }

    fn listening(
        manners: Manners,
        tls: Option<Arc<rustls::ServerConfig>>,
        is_secured_at_once: bool,
    ) -> MailServer {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            received: Mutex::default(),
            attempts: Mutex::default(),
            logins: Mutex::default(),
            connections: AtomicUsize::new(0),
            manners,
            tls,
            is_secured_at_once,
            is_ending: AtomicBool::new(false),
        });
        let of_thread = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if of_thread.is_ending.load(Ordering::SeqCst) {
                    return;
                }
                let shared = Arc::clone(&of_thread);
                // A client that is killed breaks its connection; what came whole was kept.
                thread::spawn(move || drop(talk(&stream, &shared)));
            }
        });
        MailServer { port, shared }
    }

    pub fn received(&self) -> Vec<Received> {
        self.shared.received.lock().unwrap().clone()
    }

    pub fn count(&self) -> usize {
        self.shared.received.lock().unwrap().len()
    }

    /// Every `RCPT` that came, in order.
    pub fn attempts(&self) -> Vec<String> {
        self.shared.attempts.lock().unwrap().clone()
    }

    /// Every login that was tried.
    pub fn logins(&self) -> Vec<String> {
        self.shared.logins.lock().unwrap().clone()
    }

    /// Waits until this many connections have come.
    pub fn wait_for_connections(&self, count: usize) {
        let until = Instant::now() + Duration::from_mins(1);
        while self.shared.connections.load(Ordering::SeqCst) < count {
            assert!(Instant::now() < until, "fewer than {count} connections came");
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits until this many mails have come.
    pub fn wait_for(&self, count: usize) {
        let until = Instant::now() + Duration::from_mins(1);
        while self.count() < count {
            assert!(Instant::now() < until, "only {} of {count} mails came", self.count());
            thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.shared.is_ending.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

trait Wire: Read + Write {}
impl<T: Read + Write> Wire for T {}

type Conversation = BufReader<Box<dyn Wire>>;

#[derive(Default)]
struct Session {
    from: String,
    to: String,
    is_secure: bool,
    login: Option<String>,
}

fn talk(stream: &TcpStream, shared: &Shared) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut wire: Conversation = BufReader::new(Box::new(stream.try_clone()?));
    let mut session = Session::default();
    shared.connections.fetch_add(1, Ordering::SeqCst);
    if shared.is_secured_at_once {
        (wire, session) = secured(stream, shared)?;
    }
    say(&mut wire, "220 mail.test ready")?;
    loop {
        let mut line = String::new();
        if wire.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let line = line.trim_end();
        let (command, rest) = line.split_once([' ', ':']).unwrap_or((line, ""));
        match command.to_ascii_uppercase().as_str() {
            "EHLO" => {
                let starttls = if shared.tls.is_some() && !session.is_secure {
                    "250-STARTTLS\r\n"
                } else {
                    ""
                };
                say(
                    &mut wire,
                    &format!(
                        "250-mail.test\r\n{starttls}250-AUTH PLAIN LOGIN\r\n250-SMTPUTF8\r\n250 8BITMIME"
                    ),
                )?;
            }
            "STARTTLS" => {
                say(&mut wire, "220 go on")?;
                (wire, session) = secured(stream, shared)?;
            }
            "AUTH" => {
                session.login = Some(rest.to_owned());
                shared.logins.lock().unwrap().push(rest.to_owned());
                say(&mut wire, "235 welcome")?;
            }
            "MAIL" => {
                session.from = address(rest);
                say(&mut wire, "250 ok")?;
            }
            "RCPT" => {
                session.to = address(rest);
                shared.attempts.lock().unwrap().push(session.to.clone());
                match (shared.manners)(&session.to) {
                    Manner::RefuseRecipient(answer) => say(&mut wire, answer)?,
                    _ => say(&mut wire, "250 ok")?,
                }
            }
            "DATA" => {
                say(&mut wire, "354 go on")?;
                let bytes = mail(&mut wire)?;
                let manner = (shared.manners)(&session.to);
                if let Manner::RefuseMail(answer) = manner {
                    say(&mut wire, answer)?;
                    continue;
                }
                shared.received.lock().unwrap().push(Received {
                    from: session.from.clone(),
                    to: session.to.clone(),
                    bytes,
                    is_secure: session.is_secure,
                    login: session.login.clone(),
                });
                if manner == Manner::FallSilent {
                    return stream.shutdown(std::net::Shutdown::Both);
                }
                say(&mut wire, "250 2.0.0 taken")?;
            }
            "RSET" | "NOOP" => say(&mut wire, "250 ok")?,
            "QUIT" => {
                say(&mut wire, "221 bye")?;
                return Ok(());
            }
            _ => say(&mut wire, "500 what?")?,
        }
    }
}

/// The connection from here on, over TLS.
fn secured(stream: &TcpStream, shared: &Shared) -> std::io::Result<(Conversation, Session)> {
    let config = Arc::clone(shared.tls.as_ref().unwrap());
    let tls = rustls::ServerConnection::new(config).unwrap();
    let secured: Box<dyn Wire> = Box::new(rustls::StreamOwned::new(tls, stream.try_clone()?));
    Ok((BufReader::new(secured), Session { is_secure: true, ..Session::default() }))
}

fn say(wire: &mut Conversation, line: &str) -> std::io::Result<()> {
    wire.get_mut().write_all(format!("{line}\r\n").as_bytes())?;
    wire.get_mut().flush()
}

fn address(rest: &str) -> String {
    let start = rest.find('<').unwrap() + 1;
    rest[start..rest.find('>').unwrap()].to_owned()
}

/// The lines up to the lonely dot, doubled dots undone.
fn mail(wire: &mut Conversation) -> std::io::Result<Vec<u8>> {
    let mut mail = Vec::new();
    loop {
        let mut line = Vec::new();
        if wire.read_until(b'\n', &mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        match line.as_slice() {
            b".\r\n" => return Ok(mail),
            [b'.', rest @ ..] => mail.extend(rest),
            line => mail.extend(line),
        }
    }
}
