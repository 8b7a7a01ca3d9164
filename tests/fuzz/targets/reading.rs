//! What must hold of whatever is read.

use planwright::{
    Format, ImportOptions, Limits, PublishOptions, import, json, publish, read_within,
};

/// Room for small files, and not for much more.
pub(crate) fn limits() -> Limits {
    Limits { unpacked: 8 << 20, cells: 100_000, ..Limits::default() }
}

/// Reads and imports the bytes: there is a plan that its file can hold, or an error with a message.
pub(crate) fn read_and_import(bytes: &[u8], format: Format) {
    match read_within(bytes, format, &limits()) {
        Ok(source) => {
            let imported = import(source, &ImportOptions::default());
            let file = json::write(&publish(imported.plan, &PublishOptions::internal()))
                .map(String::into_bytes);
            assert!(file.and_then(|file| json::read(&file)).is_ok());
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
