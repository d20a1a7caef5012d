//! The command line: one file a command. Results go to standard output, everything else to
//! standard error.

mod build;
mod count;
mod demo;
mod export;
mod failure;
mod files;
mod ids;
mod info;
mod passphrase;
mod progress;
mod questions;
#[cfg(feature = "server")]
mod sync;

use std::fmt::Display;
use std::io::{Write, stderr};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

use crate::model::Day;
use failure::Failure;

/// The version, and whose data the program carries: their licences ask for the credit.
const CREDITS: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\n\n\
Licence: MIT or Apache-2.0.

Places of postcodes: GeoNames, geonames.org (CC BY 4.0), several points of a code as their mean.

Genders of first names, reduced to one verdict for each name and country: Statistics Sweden
(CC BY 4.0), Statistics Norway (NLOD), Statistics Denmark (CC BY 4.0), Digital and Population Data
Services Agency of Finland (CC BY 4.0); Office for National Statistics, National Records of
Scotland, Northern Ireland Statistics and Research Agency (contains public sector information
licensed under the Open Government Licence v3.0); US Social Security Administration; Faker (MIT)."
);

/// Whom does a venue write to? Exact audiences from its own customers.
#[derive(Debug, Parser)]
#[command(name = "publik", version, long_version = CREDITS, max_term_width = 100)]
#[command(after_help = "Exit status: 0 done; 2 an unknown or malformed command, option or \
    argument, found before any file is read; 1 everything else.\n\n`publik --version` names the \
    sources of the data that the program carries.")]
struct Publik {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the export folder of a made-up venue
    Demo(demo::Demo),
    /// Read an export folder and write a snapshot
    Build(build::Build),
    /// Say what a snapshot holds
    Info(info::Info),
    /// Count a view, as JSON
    Count(count::Count),
    /// List the ids of a view's result, one a line
    Ids(ids::Ids),
    /// Write the list of a view's result
    Export(export::Export),
    #[cfg(feature = "server")]
    Sync(sync::Sync),
}

/// Runs the program's arguments to the end. A usage error has ended the process with status 2
/// before any file was read.
pub fn run() -> ExitCode {
    let done = match Publik::parse().command {
        Command::Demo(command) => command.run(),
        Command::Build(command) => command.run(),
        Command::Info(command) => command.run(),
        Command::Count(command) => command.run(),
        Command::Ids(command) => command.run(),
        Command::Export(command) => command.run(),
        #[cfg(feature = "server")]
        Command::Sync(command) => command.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads has seen enough: `publik ids … | head` is no failure.
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            say(format_args!("publik: {failure}"));
            ExitCode::FAILURE
        }
    }
}

/// Writes a line to standard error. Whoever closed it wants to hear nothing more, which is no
/// reason to stop.
fn say(line: impl Display) {
    let _ = writeln!(stderr(), "{line}");
}

/// Ends the process as clap does over arguments that it could not see to be wrong together.
fn misuse(subcommand: &str, kind: ErrorKind, message: impl Display) -> ! {
    let mut publik = Publik::command();
    publik.build();
    match publik.find_subcommand_mut(subcommand) {
        Some(command) => command.error(kind, message).exit(),
        None => publik.error(kind, message).exit(),
    }
}

/// Reads a date argument.
fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).map_err(|error| error.to_string())
}
