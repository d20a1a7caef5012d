//! `publik sync`

use std::io::{self, IsTerminal, Read, Write, stderr};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};

use super::{Failure, say};
use crate::server;
use crate::server::config::{Config, TEMPLATE};
use crate::server::store::{Person, Rights, Store};
use crate::wire::{SuppressionReason, address_sha256};

/// Run the sync endpoint, or take care of it
#[derive(Debug, Args)]
#[command(after_help = "Without a further command the endpoint runs until SIGTERM or SIGINT. It \
    logs to standard error, as JSON unless that is a terminal, and never a name or an address.")]
pub struct Sync {
    /// The endpoint's configuration
    #[arg(long, value_name = "FILE", global = true, default_value = "sync.toml")]
    config: PathBuf,
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write a commented configuration and a first token
    Init {
        /// The token's name
        #[arg(long, default_value = "first")]
        token: String,
    },
    /// Add, list and revoke tokens
    #[command(subcommand)]
    Token(TokenAction),
    /// Write the changes of flags for the ticketing system: `customer_id,flag,op,at`
    Flags {
        /// Only what came after this cursor
        #[arg(long, value_name = "N", default_value_t = 0,
            value_parser = clap::value_parser!(i64).range(0..))]
        since: i64,
        /// Where to write
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Remove one person everywhere and say what went
    #[command(group = clap::ArgGroup::new("person").required(true))]
    Forget {
        /// By address
        #[arg(long, value_name = "ADDRESS", group = "person")]
        email: Option<String>,
        /// By customer id
        #[arg(long, value_name = "ID", group = "person")]
        customer: Option<String>,
    },
    /// Take addresses that came back or wrote: no mail goes there any more
    #[command(after_help = "Each line is read for its address, so that a list, a CSV file and \
        bounce reports will do. Addresses are kept as hashes only.")]
    Suppress {
        /// A file with an address a line; - for standard input
        file: PathBuf,
        /// Why: the mail came back, or its owner wants none
        #[arg(long, value_enum, default_value_t = Why::Bounced)]
        reason: Why,
    },
    /// Write the audit log: who, what, when, from which view, how many
    Audit,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Why {
    Bounced,
    Unsubscribed,
}

#[derive(Debug, Subcommand)]
enum TokenAction {
    /// Make a token and show it, this once
    Add {
        /// Who it is for; the audit log has this name
        name: String,
        /// What it may do, parted by commas
        #[arg(long, value_name = "RIGHTS", default_value = "flags,campaigns,audiences")]
        rights: Rights,
    },
    /// List tokens: name, rights, when added, when revoked
    List,
    /// Make a token useless from now on
    Revoke {
        /// As in the list
        name: String,
    },
}

impl Sync {
    /// Runs the endpoint, or the command beside it.
    ///
    /// # Errors
    /// A configuration that is none, or whatever keeps it from being done.
    pub fn run(&self) -> Result<(), Failure> {
        match &self.action {
            None => self.serve(),
            Some(Action::Init { token }) => self.init(token),
            Some(Action::Token(action)) => Ok(tokens(&self.store()?, action)?),
            Some(Action::Flags { since, output }) => self.flags(*since, output),
            Some(Action::Forget { email, customer }) => {
                self.forget(email.as_deref(), customer.as_deref())
            }
            Some(Action::Suppress { file, reason }) => self.suppress(file, *reason),
            Some(Action::Audit) => self.audit(),
        }
    }

    fn serve(&self) -> Result<(), Failure> {
        let config = Config::read(&self.config)?;
        server::log_to_stderr(stderr().is_terminal());
        server::run(config, |address| say(format_args!("publik: listening on http://{address}")))?;
        Ok(())
    }

    fn store(&self) -> Result<Store, Failure> {
        let config = Config::read(&self.config)?;
        Ok(Store::open(&config.store)?)
    }

    fn init(&self, token: &str) -> Result<(), Failure> {
        write_new(&self.config, TEMPLATE).map_err(Failure::of_file(&self.config))?;
        let secret = self.store()?.run(|store| server::store::add_token(store, token, Rights::ALL));
        show_secret(&secret?)?;
        say(format_args!(
            "{}: written; read it and set what is yours, then run \
             `publik sync --config {}`. The token above may do everything and is not shown again.",
            self.config.display(),
            self.config.display()
        ));
        Ok(())
    }

    fn forget(&self, email: Option<&str>, customer: Option<&str>) -> Result<(), Failure> {
        // The arguments were checked: one of the two is there.
        let Some(person) = person(email, customer) else { return Ok(()) };
        let config = Config::read(&self.config)?;
        let gone = server::forget(&config, &person)?;
        let mut out = io::stdout().lock();
        writeln!(out, "campaign mails       {}", gone.mails)?;
        writeln!(out, "  not sent for that  {}", gone.stopped)?;
        writeln!(out, "  written as files   {}", gone.files.len())?;
        writeln!(out, "rows of audiences    {}", gone.members)?;
        writeln!(out, "flags                {}", gone.flags)?;
        writeln!(out, "changes of flags     {}", gone.changes)?;
        writeln!(out, "kept answers         {}", gone.answers)?;
        if gone.is_suppressed {
            writeln!(
                out,
                "suppressions         the hash of the address stays, so that no mail goes there"
            )?;
        }
        say("services that audiences went to, and exports, keep their own copies");
        Ok(())
    }

    fn suppress(&self, file: &Path, why: Why) -> Result<(), Failure> {
        let config = Config::read(&self.config)?;
        let text = if file == Path::new("-") {
            let mut text = Vec::new();
            io::stdin().read_to_end(&mut text).map(|_| text)
        } else {
            std::fs::read(file)
        };
        let text = text.map_err(Failure::of_file(file))?;
        let reason = match why {
            Why::Bounced => SuppressionReason::HardBounce,
            Why::Unsubscribed => SuppressionReason::Unsubscribed,
        };
        let done = server::suppress(&config, &text, reason)?;
        let mut out = io::stdout().lock();
        writeln!(out, "suppressed from now on  {}", done.added)?;
        writeln!(out, "suppressed before       {}", done.known)?;
        if !done.unclear.is_empty() {
            say(format_args!(
                "{}: left out, because there is no address or more than one: {}",
                file.display(),
                lines(&done.unclear)
            ));
        }
        Ok(())
    }

    fn audit(&self) -> Result<(), Failure> {
        let store = self.store()?;
        let lines = store.run(|store| server::store::audit_lines(store))?;
        let mut out = csv::Writer::from_writer(io::stdout().lock());
        let header = ["at", "who", "what", "about", "view", "view_sha256", "counts"];
        let written = std::iter::once(header.map(str::to_owned))
            .chain(lines)
            .try_for_each(|line| out.write_record(line));
        written.map_err(io::Error::other)?;
        Ok(out.flush()?)
    }

    fn flags(&self, since: i64, output: &Path) -> Result<(), Failure> {
        let store = self.store()?;
        let file = std::fs::File::create(output).map_err(Failure::of_file(output))?;
        let mut out = csv::Writer::from_writer(io::BufWriter::new(file));
        let written = store.run(|store| server::store::write_flag_changes(store, since, &mut out));
        let written =
            written?.and_then(|done| out.flush().map(|()| done).map_err(csv::Error::from));
        let (rows, cursor) =
            written.map_err(|error| Failure::of_file(output)(io::Error::other(error)))?;
        say(format_args!("{rows} changes written; next time: --since {cursor}"));
        Ok(())
    }
}

fn person(email: Option<&str>, customer: Option<&str>) -> Option<Person> {
    let by_address = email.map(|email| Person::Address(address_sha256(email)));
    by_address.or_else(|| customer.map(|id| Person::Customer(id.to_owned())))
}

/// Numbers of lines, the first of them named.
fn lines(numbers: &[usize]) -> String {
    const NAMED: usize = 20;
    let named: Vec<String> = numbers.iter().take(NAMED).map(usize::to_string).collect();
    let word = if numbers.len() == 1 { "line" } else { "lines" };
    match numbers.len().saturating_sub(NAMED) {
        0 => format!("{word} {}", named.join(", ")),
        more => format!("{word} {} and {more} more", named.join(", ")),
    }
}

fn tokens(store: &Store, action: &TokenAction) -> Result<(), Failure> {
    match action {
        TokenAction::Add { name, rights } => {
            let secret = store.run(|store| server::store::add_token(store, name, *rights))?;
            show_secret(&secret)?;
            say(format_args!("this is the token; it is not shown again"));
        }
        TokenAction::List => {
            let tokens = store.run(|store| server::store::tokens(store))?;
            let mut out = io::stdout().lock();
            for token in tokens {
                let revoked = token
                    .revoked_at
                    .map_or_else(String::new, |at| format!("\trevoked {}", server::moment(at)));
                let added = server::moment(token.created_at);
                writeln!(out, "{}\t{}\tadded {added}{revoked}", token.name, token.rights)?;
            }
        }
        TokenAction::Revoke { name } => {
            store.run(|store| server::store::revoke_token(store, name))?;
            say(format_args!("{name:?} is revoked"));
        }
    }
    Ok(())
}

fn show_secret(secret: &str) -> Result<(), Failure> {
    Ok(writeln!(io::stdout().lock(), "{secret}")?)
}

/// Writes a file that is not there yet, for its owner's eyes only.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}
