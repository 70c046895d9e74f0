extension Schema {
    /// The keys of requests that must not be done twice: what was asked, and what was answered.
    static let idempotency = """
        CREATE TABLE idempotency_key (
            key TEXT PRIMARY KEY,
            body TEXT NOT NULL,
            answer TEXT NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX idempotency_key_age ON idempotency_key (created_at);
        """
}
