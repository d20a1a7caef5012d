//! A snapshot as a folder: whole or not there, old or new.

#[path = "common/facts.rs"]
mod made;

use std::fs;
use std::path::{Path, PathBuf};

use publik::snapshot::folder::{self, MANIFEST, StoredPart};
use publik::snapshot::{Encryption, Manifest, PartKind, SnapshotError, encode_facts};
use sha2::Digest;

const BUILT_AT: &str = "2026-11-21T12:00:00Z";

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn contents(dir: &Path) -> Vec<(String, Vec<u8>)> {
    names(dir).into_iter().map(|name| (name.clone(), fs::read(dir.join(name)).unwrap())).collect()
}

#[test]
fn a_folder_comes_back_as_it_was_written() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("new/snapshot");
    let (facts, contacts) = made::regular(200);
    let written = folder::write(&dir, &facts, &contacts, BUILT_AT).unwrap();
    let (manifest, facts_read, contacts_read) = folder::read(&dir).unwrap();
    assert_eq!((&manifest, facts_read, contacts_read), (&written, facts, contacts));
    assert_eq!(folder::read_manifest(&dir).unwrap(), manifest);
}

#[test]
fn the_folder_holds_the_manifest_and_the_parts_named_by_their_hashes_and_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let (facts, contacts) = made::regular(20);
    let manifest = folder::write(home.path(), &facts, &contacts, BUILT_AT).unwrap();
    let mut expected = vec![MANIFEST.to_owned()];
    for (part, name) in [(PartKind::Facts, "facts"), (PartKind::Contacts, "contacts")] {
        let entry = manifest.part(part).unwrap();
        let bytes = fs::read(home.path().join(&entry.file)).unwrap();
        let hash = sha2::Sha256::digest(&bytes);
        let hex = hash.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        assert_eq!((entry.bytes, &entry.sha256), (bytes.len() as u64, &hex));
        assert_eq!(entry.file, format!("{name}-{}.bin", &hex[..16]));
        expected.push(entry.file.clone());
    }
    expected.sort();
    assert_eq!(names(home.path()), expected);
}

#[test]
fn the_same_input_and_time_give_the_same_files_and_another_time_only_another_manifest() {
    let home = tempfile::tempdir().unwrap();
    let (facts, contacts) = made::regular(30);
    let write = |name: &str, built_at: &str| {
        let dir = home.path().join(name);
        folder::write(&dir, &facts, &contacts, built_at).unwrap();
        contents(&dir)
    };
    let first = write("first", BUILT_AT);
    assert_eq!(write("second", BUILT_AT), first);
    let later = write("later", "2027-01-01T00:00:00+01:00");
    for ((name, bytes), (later_name, later_bytes)) in first.iter().zip(&later) {
        assert_eq!(name, later_name);
        assert_eq!(bytes == later_bytes, name != MANIFEST, "{name}");
    }
}

#[test]
fn a_newer_snapshot_takes_the_place_of_the_older_one() {
    let home = tempfile::tempdir().unwrap();
    let (facts, contacts) = made::regular(10);
    folder::write(home.path(), &facts, &contacts, BUILT_AT).unwrap();
    fs::write(home.path().join("README"), "kept").unwrap();
    let (facts, contacts) = made::regular(11);
    folder::write(home.path(), &facts, &contacts, BUILT_AT).unwrap();
    assert_eq!(folder::read_facts(home.path(), None).unwrap().1, facts);
    assert_eq!(names(home.path()).len(), 4, "{:?}", names(home.path()));
    assert_eq!(fs::read(home.path().join("README")).unwrap(), b"kept");
}

#[test]
fn a_folder_with_something_else_in_it_is_refused_and_not_touched() {
    let (facts, contacts) = made::regular(3);
    let foreign = [
        ("notes.txt", "mine"),
        (MANIFEST, "{\"name\": \"a web app\"}"),
        ("facts.bin", "not a part's name"),
    ];
    for (name, text) in foreign {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join(name), text).unwrap();
        let before = contents(home.path());
        let error = folder::write(home.path(), &facts, &contacts, BUILT_AT).unwrap_err();
        assert!(matches!(error, SnapshotError::NotASnapshot { .. }), "{name}: {error}");
        assert_eq!(contents(home.path()), before);
    }
}

/// Whatever a write leaves when it stops before the manifest takes its name: new parts, whole
/// or half, beside the old snapshot.
#[test]
fn an_interrupted_write_leaves_the_old_snapshot_readable_and_the_next_one_clears_up() {
    let home = tempfile::tempdir().unwrap();
    let (old, old_contacts) = made::regular(10);
    folder::write(home.path(), &old, &old_contacts, BUILT_AT).unwrap();

    let (new, new_contacts) = made::regular(25);
    let elsewhere = tempfile::tempdir().unwrap();
    folder::write(elsewhere.path(), &new, &new_contacts, BUILT_AT).unwrap();
    for (name, bytes) in contents(elsewhere.path()) {
        if name != MANIFEST {
            fs::write(home.path().join(&name), &bytes).unwrap();
        }
        let half = &bytes[..bytes.len() / 2];
        fs::write(home.path().join(format!("{name}.next")), half).unwrap();
        assert_eq!(folder::read(home.path()).unwrap().1, old);
    }

    folder::write(home.path(), &new, &new_contacts, BUILT_AT).unwrap();
    assert_eq!(contents(home.path()), contents(elsewhere.path()));
}

#[test]
fn what_an_interrupted_first_write_left_does_not_block_the_next_one() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("facts-0123456789abcdef.bin"), "").unwrap();
    fs::write(home.path().join("contacts-0123456789abcdef.bin.next"), "").unwrap();
    let error = folder::read(home.path()).unwrap_err();
    assert!(matches!(error, SnapshotError::NoSnapshot { .. }), "{error}");
    let (facts, contacts) = made::regular(3);
    folder::write(home.path(), &facts, &contacts, BUILT_AT).unwrap();
    assert_eq!(names(home.path()).len(), 3);
}

#[test]
fn a_damaged_part_is_refused_by_name_and_can_be_replaced() {
    let home = tempfile::tempdir().unwrap();
    let (facts, contacts) = made::regular(10);
    let manifest = folder::write(home.path(), &facts, &contacts, BUILT_AT).unwrap();
    let path = home.path().join(&manifest.part(PartKind::Contacts).unwrap().file);
    let mut bytes = fs::read(&path).unwrap();
    bytes[100] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let message = folder::read(home.path()).unwrap_err().to_string();
    assert!(message.contains("contacts") && message.contains("SHA-256"), "{message}");
    folder::read_facts(home.path(), None).unwrap();
    folder::write(home.path(), &facts, &contacts, BUILT_AT).unwrap();
    assert_eq!(folder::read(home.path()).unwrap().2, contacts);
}

#[test]
fn a_sealed_part_is_written_under_its_own_name() {
    let home = tempfile::tempdir().unwrap();
    let (facts, _) = made::regular(3);
    let parts = [
        StoredPart {
            part: PartKind::Facts,
            bytes: encode_facts(&facts),
            encryption: Encryption::None,
        },
        StoredPart {
            part: PartKind::Contacts,
            bytes: b"age-encryption.org/v1 and so on".to_vec(),
            encryption: Encryption::Age,
        },
    ];
    let manifest = folder::write_parts(home.path(), &facts, &parts, BUILT_AT).unwrap();
    let entry = manifest.part(PartKind::Contacts).unwrap();
    assert!(entry.file.ends_with(".bin.age") && home.path().join(&entry.file).exists());
    assert_eq!(
        folder::read_part(home.path(), &manifest, PartKind::Contacts).unwrap(),
        parts[1].bytes
    );
    assert!(folder::read(home.path()).unwrap_err().is_sealed());
    folder::read_facts(home.path(), None).unwrap();
}

#[test]
fn a_time_that_is_none_is_refused_before_anything_is_written() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("snapshot");
    let (facts, contacts) = made::regular(3);
    for built_at in ["yesterday", "2026-11-21", "2026-11-21T12:00:00", ""] {
        let error = folder::write(&dir, &facts, &contacts, built_at).unwrap_err();
        assert!(matches!(error, SnapshotError::BuiltAt { .. }), "{built_at}: {error}");
        assert!(!dir.exists());
    }
}

/// The files under `tests/data/snapshot-v1` were written when the format got its version 1 and
/// are never written again: every later Publik reads them.
#[test]
fn a_snapshot_of_version_1_still_reads() {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/snapshot-v1");
    let (manifest, facts, contacts) = folder::read(&dir).unwrap();
    let (expected_facts, expected_contacts) = made::regular(150);
    assert_eq!(facts, expected_facts);
    assert_eq!(contacts, expected_contacts);
    assert_eq!((manifest.version, manifest.built_at.as_str()), (1, BUILT_AT));
    assert_eq!(manifest.rows.customers, 150);
    let bytes = fs::read(dir.join(MANIFEST)).unwrap();
    assert_eq!(Manifest::parse(&bytes).unwrap().to_bytes(), bytes);
}
