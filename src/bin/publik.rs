//! The command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    publik::cli::run()
}
