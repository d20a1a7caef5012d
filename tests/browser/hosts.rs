//! The built page behind the servers of `docs/hosting.md`, as it says.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{env, thread};

use serde_json::json;

use crate::browser::in_browser;
use crate::hosting::COUNTED;
use crate::site::dist;

/// A process that ends with the value.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// `nginx` on the PATH, or the one that `tools/setup.sh` unpacked, and its table of types.
fn nginx() -> (PathBuf, PathBuf) {
    let tools = env::var_os("PUBLIK_TOOLS").map_or_else(
        || PathBuf::from(env::var_os("HOME").expect("there is a home")).join(".cache/publik"),
        PathBuf::from,
    );
    let unpacked = tools.join("nginx/usr/sbin/nginx");
    if unpacked.is_file() {
        return (unpacked, tools.join("nginx/etc/nginx/mime.types"));
    }
    (PathBuf::from("nginx"), PathBuf::from("/etc/nginx/mime.types"))
}

/// The recipe's configuration without its certificates, for a folder and a port of this machine.
fn recipe(folder: &Path, users: &Path, port: u16) -> String {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/hosting.md");
    let docs = fs::read_to_string(docs).unwrap();
    let recipe = docs.split("```nginx\n").nth(1).unwrap().split("```").next().unwrap();
    let mut changed = 0;
    let lines = recipe.lines().filter_map(|line| {
        let key = line.split_whitespace().next().unwrap_or_default();
        changed += usize::from(["listen", "root", "auth_basic_user_file"].contains(&key));
        match key {
            "listen" => Some(format!("listen 127.0.0.1:{port};")),
            "root" => Some(format!("root {};", folder.display())),
            "auth_basic_user_file" => Some(format!("auth_basic_user_file {};", users.display())),
            "ssl_certificate" | "ssl_certificate_key" => None,
            _ => Some(line.to_owned()),
        }
    });
    let lines: Vec<String> = lines.collect();
    assert_eq!(changed, 3, "{recipe}");
    lines.join("\n")
}

/// nginx as the recipe has it; the user is `desk`, the password `curtain`.
fn start_nginx(work: &Path, port: u16) -> Server {
    let (program, types) = nginx();
    fs::copy(types, work.join("mime.types")).unwrap();
    let users = work.join("users");
    fs::write(&users, "desk:{PLAIN}curtain\n").unwrap();
    let recipe = recipe(&dist(), &users, port);
    let at = work.display();
    let text = format!(
        "daemon off; master_process off; pid {at}/pid; error_log {at}/error.log;\nevents {{}}\n\
         http {{ access_log off; client_body_temp_path {at}/a; proxy_temp_path {at}/b;\n\
         fastcgi_temp_path {at}/c; uwsgi_temp_path {at}/d; scgi_temp_path {at}/e;\n{recipe}\n}}\n"
    );
    let file = work.join("nginx.conf");
    fs::write(&file, text).unwrap();
    let log = work.join("error.log");
    let process = Command::new(&program)
        .args(["-p".as_ref(), work.as_os_str(), "-c".as_ref(), file.as_os_str()])
        .args(["-e".as_ref(), log.as_os_str()])
        .spawn()
        .expect("nginx is there: `tools/setup.sh test` unpacks it");
    let mut server = Server(process);
    for _ in 0..100 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return server;
        }
        if server.0.try_wait().unwrap().is_some() {
            break;
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("nginx does not start: {}", fs::read_to_string(log).unwrap_or_default());
}

/// What the host answers: the status and the headers, names in lower case.
fn ask(port: u16, path: &str, headers: &str) -> (u16, HashMap<String, String>) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{headers}\r\n")
        .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer);
    let head = answer.split("\r\n\r\n").next().unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    (status, lines.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect())
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// `desk:curtain`, as browsers send it.
const LOGIN: &str = "authorization: Basic ZGVzazpjdXJ0YWlu\r\n";

#[test]
fn nginx_serves_the_page_as_the_recipe_promises() {
    let work = tempfile::tempdir().unwrap();
    let port = free_port();
    let server = start_nginx(work.path(), port);
    let name_of = |start: &str, end: &str| {
        let names = fs::read_dir(dist()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names = names.map(|name| name.into_string().unwrap());
        names.find(|name| name.starts_with(start) && name.ends_with(end)).unwrap()
    };
    let wasm = format!("/{}", name_of("app_bg-", ".wasm"));
    for path in ["/", "/sw.js", &wasm, "/config.json"] {
        assert_eq!(ask(port, path, "").0, 401, "{path} without a login");
    }
    assert_eq!(ask(port, "/config.json", LOGIN).0, 404);
    let header = |path: &str, more: &str, name: &str| {
        let (status, headers) = ask(port, path, &format!("{LOGIN}{more}"));
        assert_eq!(status, 200, "{path}");
        headers.get(name).cloned().unwrap_or_default()
    };
    for path in ["/", "/index.html", "/sw.js", "/app.webmanifest", "/module/publik.js"] {
        assert_eq!(header(path, "", "cache-control"), "no-cache", "{path}");
    }
    assert!(header(&wasm, "", "cache-control").contains("immutable"));
    assert_eq!(header(&wasm, "", "content-type"), "application/wasm");
    assert_eq!(header("/app.webmanifest", "", "content-type"), "application/manifest+json");
    assert!(header("/sw.js", "", "content-type").contains("javascript"));
    assert_eq!(header(&wasm, "accept-encoding: gzip\r\n", "content-encoding"), "gzip");
    assert_eq!(header("/", "", "content-security-policy"), "frame-ancestors 'none'");
    assert_eq!(header("/", "", "x-content-type-options"), "nosniff");
    assert!(header("/", "", "permissions-policy").contains("geolocation=()"));
    in_browser(move |browser| async move {
        let address = format!("http://desk:curtain@127.0.0.1:{port}/");
        browser.client.goto(&address).await.unwrap();
        browser.wait_for(COUNTED).await;
        // From here on the browser knows the login, as after its own question.
        browser.client.goto(&format!("http://127.0.0.1:{port}/")).await.unwrap();
        browser.wait_for(COUNTED).await;
        // The service worker and the manifest pass the login as well.
        let kept = "
            await navigator.serviceWorker.ready;
            return (await (await caches.open((await caches.keys())[0])).keys()).length;";
        assert!(browser.run(kept, vec![]).await.as_u64().unwrap() > 10);
        assert_eq!(browser.errors().await, Vec::<String>::new());
        drop(server);
        browser.client.goto(&format!("http://127.0.0.1:{port}/")).await.unwrap();
        browser.wait_for(COUNTED).await;
    });
}

#[test]
fn pythons_own_server_is_enough() {
    let mut process = Command::new("python3")
        .args(["-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory"])
        .arg(dist())
        .arg("0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("python3 is on the PATH");
    let mut line = String::new();
    BufReader::new(process.stdout.take().expect("piped above")).read_line(&mut line).unwrap();
    let server = Server(process);
    let port: u16 = line.split_once("port ").unwrap().1.split(' ').next().unwrap().parse().unwrap();
    in_browser(move |browser| async move {
        browser.client.goto(&format!("http://127.0.0.1:{port}/")).await.unwrap();
        browser.wait_for(COUNTED).await;
        let state = browser.run("return (await navigator.serviceWorker.ready).scope", vec![]).await;
        assert_eq!(state, json!(format!("http://127.0.0.1:{port}/")));
        assert_eq!(browser.errors().await, Vec::<String>::new());
        drop(server);
        browser.client.refresh().await.unwrap();
        browser.wait_for(COUNTED).await;
    });
}
