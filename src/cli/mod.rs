//! The command line: one file a command. Results go to standard output, everything else to
//! standard error.

mod build;
mod count;
mod demo;
mod failure;
mod ids;
mod info;
mod progress;
mod questions;

use std::fmt::Display;
use std::io::{Write, stderr};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::model::Day;
use failure::Failure;

/// Whom does a venue write to? Exact audiences from its own customers.
#[derive(Debug, Parser)]
#[command(name = "publik", version, max_term_width = 100)]
#[command(after_help = "Exit status: 0 done; 2 an unknown or malformed command, option or \
    argument, found before any file is read; 1 everything else.")]
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

/// Reads a date argument.
fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).map_err(|error| error.to_string())
}
