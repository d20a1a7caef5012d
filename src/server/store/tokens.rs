//! Tokens: 256 random bits, shown once, kept as hashes.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::StoreError;
use crate::server::clock;

/// What a token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Set flags and read their changes.
    Flags,
    /// Send campaign mail.
    Campaigns,
    /// Hand audiences to services.
    Audiences,
}

impl Right {
    /// All of them.
    pub const ALL: [Right; 3] = [Right::Flags, Right::Campaigns, Right::Audiences];

    /// As written in lists.
    pub fn word(self) -> &'static str {
        match self {
            Right::Flags => "flags",
            Right::Campaigns => "campaigns",
            Right::Audiences => "audiences",
        }
    }
}

/// A set of rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rights {
    held: [bool; 3],
}

impl Rights {
    /// Every right there is.
    pub const ALL: Rights = Rights { held: [true; 3] };

    /// Whether this one is among them.
    pub fn holds(self, right: Right) -> bool {
        self.held[right as usize]
    }
}

impl FromStr for Rights {
    type Err = String;

    fn from_str(text: &str) -> Result<Rights, String> {
        let mut rights = Rights::default();
        for word in text.split(',').map(str::trim) {
            let right = Right::ALL.into_iter().find(|right| right.word() == word);
            let right = right.ok_or_else(|| {
                format!("{word:?} is no right; allowed: flags,campaigns,audiences")
            })?;
            rights.held[right as usize] = true;
        }
        Ok(rights)
    }
}

impl fmt::Display for Rights {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = Right::ALL.into_iter().filter(|right| self.holds(*right));
        out.write_str(&held.map(Right::word).collect::<Vec<_>>().join(","))
    }
}

/// A token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// In the store.
    pub id: i64,
    /// As people call it.
    pub name: String,
    /// What it may do.
    pub rights: Rights,
    /// Since when.
    pub created_at: i64,
    /// Until when it was good.
    pub revoked_at: Option<i64>,
}

/// Why a token is not made or revoked.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No randomness to be had.
    #[error("the system gives no random bytes: {0}")]
    Random(getrandom::Error),
    /// The name is taken, by a revoked token perhaps: the audit log names tokens.
    #[error("there is a token of this name already: {0:?}; names are used once")]
    Taken(String),
    /// No name at all, or one that breaks lines.
    #[error("a token needs a name without control characters, at most 100 letters long")]
    BadName,
    /// No token of this name is good.
    #[error("there is no good token of this name: {0:?}; `publik sync token list` has them all")]
    Unknown(String),
}

impl From<rusqlite::Error> for TokenError {
    fn from(error: rusqlite::Error) -> TokenError {
        TokenError::Store(StoreError::from(error))
    }
}

/// Makes a token and gives its secret, which nobody can see again.
///
/// # Errors
/// A name that is taken or no name.
pub fn add_token(store: &Connection, name: &str, rights: Rights) -> Result<String, TokenError> {
    if name.trim().is_empty() || name.chars().any(char::is_control) || name.chars().count() > 100 {
        return Err(TokenError::BadName);
    }
    let mut secret = [0_u8; 32];
    getrandom::fill(&mut secret).map_err(TokenError::Random)?;
    let secret = format!("publik_{}", URL_SAFE_NO_PAD.encode(secret));
    let made = store.execute(
        "INSERT INTO tokens (name, hash, rights, created_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (name) DO NOTHING",
        params![name, hash(&secret), rights.to_string(), clock::now()],
    )?;
    if made == 0 { Err(TokenError::Taken(name.to_owned())) } else { Ok(secret) }
}

/// Every token there was, oldest first.
///
/// # Errors
/// What SQLite says.
pub fn tokens(store: &Connection) -> Result<Vec<Token>, StoreError> {
    let mut statement =
        store.prepare("SELECT id, name, rights, created_at, revoked_at FROM tokens ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(token(row)?);
    }
    Ok(found)
}

fn token(row: &rusqlite::Row<'_>) -> Result<Token, StoreError> {
    let rights: String = row.get(2)?;
    let rights = rights.parse().map_err(|_| StoreError::Damaged("tokens.rights"))?;
    let (id, name) = (row.get(0)?, row.get(1)?);
    Ok(Token { id, name, rights, created_at: row.get(3)?, revoked_at: row.get(4)? })
}

/// Makes a token useless from now on.
///
/// # Errors
/// A name that no good token has.
pub fn revoke_token(store: &Connection, name: &str) -> Result<(), TokenError> {
    let revoked = store.execute(
        "UPDATE tokens SET revoked_at = ?2 WHERE name = ?1 AND revoked_at IS NULL",
        params![name, clock::now()],
    )?;
    if revoked == 0 { Err(TokenError::Unknown(name.to_owned())) } else { Ok(()) }
}

/// Whose secret this is; `None` for a wrong or revoked one. Takes as long for one as for the
/// other.
///
/// # Errors
/// What SQLite says.
pub fn authenticate(store: &Connection, secret: &str) -> Result<Option<Token>, StoreError> {
    let presented = hash(secret);
    let mut statement =
        store.prepare_cached("SELECT id, hash FROM tokens WHERE revoked_at IS NULL")?;
    let mut rows = statement.query([])?;
    let mut found = None;
    while let Some(row) = rows.next()? {
        let (id, hash): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        if bool::from(hash.ct_eq(&presented)) {
            found = Some(id);
        }
    }
    let Some(id) = found else { return Ok(None) };
    let one = "SELECT id, name, rights, created_at, revoked_at FROM tokens WHERE id = ?1";
    store.prepare_cached(one)?.query_row([id], |row| Ok(token(row))).optional()?.transpose()
}

fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::store::Store;

    #[test]
    fn a_token_is_good_until_it_is_revoked_and_stands_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sync.db");
        let store = Store::open(&file).unwrap();
        let secret = store
            .run(|store| {
                let secret = add_token(store, "desk", "flags, audiences".parse().unwrap())?;
                let token = authenticate(store, &secret)?.unwrap();
                assert_eq!(
                    (token.name.as_str(), token.rights.to_string()),
                    ("desk", "flags,audiences".to_owned())
                );
                assert!(token.rights.holds(Right::Flags) && !token.rights.holds(Right::Campaigns));
                assert_eq!(authenticate(store, "publik_wrong")?, None);
                assert!(matches!(add_token(store, "desk", Rights::ALL), Err(TokenError::Taken(_))));
                Ok::<_, TokenError>(secret)
            })
            .unwrap();
        assert_eq!(URL_SAFE_NO_PAD.decode(&secret["publik_".len()..]).unwrap().len(), 32);
        store
            .run(|store| {
                revoke_token(store, "desk")?;
                assert_eq!(authenticate(store, &secret)?, None);
                assert!(matches!(revoke_token(store, "desk"), Err(TokenError::Unknown(_))));
                Ok::<_, TokenError>(())
            })
            .unwrap();
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()));
        }
    }
}
