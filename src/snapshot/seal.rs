//! Sealing: a part becomes an age file that one passphrase opens, and comes back.
//!
//! The format is [age version 1](https://c2sp.org/age) with a single `scrypt` stanza: whoever has
//! the passphrase can open a part without Publik as well (`age -d`).

use std::io::Read;
use std::iter;

use age::scrypt::{Identity, Recipient};
use age::secrecy::SecretString;
use age::{DecryptError, Decryptor};

use super::{Part, Passphrase, SnapshotError};

/// The work that a guess at a passphrase takes, as the power of two that is scrypt's `N`: about
/// a second and 256 MB, which is what the age tool asks for.
pub const STANDARD_WORK: u8 = 18;
/// The most that is done to open a part: 1 GB of memory. A sealed file says how much work it
/// wants, and may say so to do harm.
pub const MOST_WORK: u8 = 20;

/// Seals bytes with a passphrase. `work` is scrypt's `N` as a power of two, from 1 to
/// [`MOST_WORK`]: [`STANDARD_WORK`], unless a test is in a hurry. Twice the same gives different
/// bytes, since the key and its salt are drawn anew.
///
/// # Panics
/// For work out of these bounds, or a system without randomness.
pub fn seal(plain: &[u8], passphrase: &Passphrase, work: u8) -> Vec<u8> {
    assert!((1..=MOST_WORK).contains(&work), "work from 1 to {MOST_WORK}, not {work}");
    let mut recipient = Recipient::new(SecretString::from(passphrase.expose()));
    recipient.set_work_factor(work);
    age::encrypt(&recipient, plain)
        .expect("one passphrase mixes with no other recipient, and memory takes every byte")
}

/// The bytes that were sealed.
///
/// # Errors
/// [`SnapshotError::WrongPassphrase`] for another passphrase; [`SnapshotError::Unsealable`] for
/// an age file that no passphrase opens, that asks for more than [`MOST_WORK`] or is of a later
/// version; [`SnapshotError::Damaged`] for one that is broken.
pub fn unseal(
    part: Part,
    sealed: &[u8],
    passphrase: &Passphrase,
) -> Result<Vec<u8>, SnapshotError> {
    let refused = |error| refusal(part, &error);
    let decryptor = Decryptor::new_buffered(sealed).map_err(refused)?;
    if !decryptor.is_scrypt() {
        return Err(refused(DecryptError::NoMatchingKeys));
    }
    let mut identity = Identity::new(SecretString::from(passphrase.expose()));
    identity.set_max_work_factor(MOST_WORK);
    let mut reader = decryptor.decrypt(iter::once(&identity as _)).map_err(refused)?;
    let mut plain = Vec::with_capacity(sealed.len());
    reader
        .read_to_end(&mut plain)
        .map_err(|_| damaged(part, "the content is cut short, or is not what was sealed"))?;
    Ok(plain)
}

/// Why the header does not open. The crate's own messages are translated texts with all that
/// belongs to it: ours are shorter, and keep that out of the browser.
fn refusal(part: Part, error: &DecryptError) -> SnapshotError {
    let unsealable = |reason: String| SnapshotError::Unsealable { part, reason };
    match error {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
            SnapshotError::WrongPassphrase { part }
        }
        DecryptError::NoMatchingKeys => unsealable(
            "it is sealed to a key; Publik opens what is sealed with a passphrase".to_owned(),
        ),
        DecryptError::ExcessiveWork { required, .. } => unsealable(format!(
            "it asks for scrypt work of 2^{required}; up to 2^{MOST_WORK} is allowed"
        )),
        DecryptError::UnknownFormat => {
            unsealable("it is an age file of a version that is not known here".to_owned())
        }
        DecryptError::InvalidMac => damaged(part, "the header is not the one that was sealed"),
        // Also what a later version of the crate may add: it reads the header here.
        _ => damaged(part, "the header is not that of an age file"),
    }
}

fn damaged(part: Part, reason: &str) -> SnapshotError {
    let reason = reason.to_owned();
    SnapshotError::Damaged { part, section: "age", offset: 0, reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text).unwrap()
    }

    fn opened(sealed: &[u8], text: &str) -> Result<Vec<u8>, SnapshotError> {
        unseal(Part::Contacts, sealed, &passphrase(text))
    }

    #[test]
    fn what_was_sealed_comes_back_whatever_its_length() {
        for length in [0, 1, 65_535, 65_536, 65_537, 200_000] {
            let plain: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let sealed = seal(&plain, &passphrase("Röda rummet"), 2);
            assert_eq!(opened(&sealed, "Röda rummet").unwrap(), plain, "{length}");
        }
    }

    #[test]
    fn another_passphrase_is_told_from_damage() {
        let sealed = seal(b"names and addresses", &passphrase("right"), 2);
        for wrong in ["wrong", "right ", "Right", "right\n"] {
            let error = opened(&sealed, wrong).unwrap_err();
            assert!(error.is_wrong_passphrase(), "{wrong:?}: {error}");
        }
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert!(opened(&damaged, "right").is_err(), "byte {at}");
        }
        let broken_off = opened(&sealed[..sealed.len() - 1], "right").unwrap_err();
        assert!(matches!(broken_off, SnapshotError::Damaged { .. }), "{broken_off}");
    }

    #[test]
    fn a_part_sealed_to_a_key_says_that_no_passphrase_opens_it() {
        let key = age::x25519::Identity::generate().to_public();
        let sealed = age::encrypt(&key, b"names").unwrap();
        let error = opened(&sealed, "any").unwrap_err();
        assert!(error.to_string().contains("sealed to a key"), "{error}");
    }

    #[test]
    fn a_file_that_asks_for_too_much_work_is_refused_at_once() {
        let sealed = seal(b"names", &passphrase("right"), 2);
        let header = sealed.iter().position(|&byte| byte == b'\n').unwrap();
        let text = String::from_utf8_lossy(&sealed[header + 1..]).into_owned();
        let line = text.lines().next().unwrap().to_owned();
        let greedy = line.strip_suffix(" 2").unwrap().to_owned() + " 40";
        let mut asking = sealed[..=header].to_vec();
        asking.extend(greedy.as_bytes());
        asking.extend(&sealed[header + 1 + line.len()..]);
        let error = opened(&asking, "right").unwrap_err();
        assert!(error.to_string().contains("2^40; up to 2^20 is allowed"), "{error}");
    }

    #[test]
    fn a_passphrase_is_never_shown() {
        assert!(!format!("{:?}", passphrase("secret")).contains("secret"));
        assert_eq!(Passphrase::new(""), None);
    }
}
