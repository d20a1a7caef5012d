CREATE TABLE tokens (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    hash BLOB NOT NULL,
    rights TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

-- First answers, for keys that come again.
CREATE TABLE answers (
    token INTEGER NOT NULL,
    key TEXT NOT NULL,
    request BLOB NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (token, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_by_age ON answers (at);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    about TEXT NOT NULL,
    view_name TEXT,
    view_sha256 TEXT,
    counts TEXT NOT NULL
) STRICT;

CREATE TABLE flag_changes (
    cursor INTEGER PRIMARY KEY AUTOINCREMENT,
    flag TEXT NOT NULL,
    op TEXT NOT NULL,
    at INTEGER NOT NULL,
    by TEXT NOT NULL
) STRICT;
CREATE TABLE flag_change_customers (
    cursor INTEGER NOT NULL,
    customer TEXT NOT NULL,
    PRIMARY KEY (cursor, customer)
) STRICT, WITHOUT ROWID;
CREATE INDEX flag_changes_of_customer ON flag_change_customers (customer);
-- The last change of each flag and customer.
CREATE TABLE flag_states (
    flag TEXT NOT NULL,
    customer TEXT NOT NULL,
    op TEXT NOT NULL,
    PRIMARY KEY (flag, customer)
) STRICT, WITHOUT ROWID;

CREATE TABLE suppressions (
    cursor INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL UNIQUE,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE campaigns (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    offer TEXT NOT NULL,
    mode TEXT NOT NULL,
    layout TEXT NOT NULL,
    -- What mails are put together from, by language: later changes of files do not matter.
    letter TEXT NOT NULL,
    test INTEGER NOT NULL,
    ungated_reason TEXT,
    delivery TEXT NOT NULL,
    by TEXT NOT NULL,
    accepted INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    sends_at INTEGER NOT NULL,
    cancelled_at INTEGER,
    done_at INTEGER,
    -- When names and addresses were removed.
    cleared_at INTEGER
) STRICT;
CREATE INDEX campaigns_by_age ON campaigns (created_at);

-- state: queued; taken (by a sender, nothing handed over); handed (may have reached the mail
-- server); sent; failed; suppressed; uncertain; cancelled.
CREATE TABLE recipients (
    number INTEGER PRIMARY KEY,
    campaign INTEGER NOT NULL REFERENCES campaigns (number),
    customer TEXT NOT NULL,
    email TEXT,
    sha256 TEXT NOT NULL,
    first_name TEXT,
    last_name TEXT,
    language TEXT NOT NULL,
    -- The opaque part of the link to unsubscribe.
    token TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL,
    reason TEXT
) STRICT;
CREATE INDEX recipients_to_do ON recipients (next_at, number) WHERE state = 'queued';
CREATE INDEX recipients_of_campaign ON recipients (campaign, state);
CREATE INDEX recipients_by_customer ON recipients (customer);
CREATE INDEX recipients_by_address ON recipients (sha256);

-- state: waiting, sending, done, failed.
CREATE TABLE audiences (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    connector TEXT NOT NULL,
    audience TEXT NOT NULL,
    name TEXT NOT NULL,
    operation TEXT NOT NULL,
    ungated_reason TEXT,
    by TEXT NOT NULL,
    state TEXT NOT NULL,
    error TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL,
    total INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    done_at INTEGER,
    cleared_at INTEGER
) STRICT;
-- state: queued, sent, rejected.
CREATE TABLE members (
    number INTEGER PRIMARY KEY,
    audience INTEGER NOT NULL REFERENCES audiences (number),
    customer TEXT NOT NULL,
    sha256 TEXT,
    -- The recipient as it came, without the id; NULL once it is cleared.
    fields TEXT,
    state TEXT NOT NULL,
    reason TEXT
) STRICT;
CREATE INDEX members_of_audience ON members (audience, state, number);
CREATE INDEX members_by_customer ON members (customer);
CREATE INDEX members_by_address ON members (sha256);
