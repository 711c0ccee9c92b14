"""Hand-off to translators: what is missing or stale goes out as XLIFF 2 or PO, and comes back checked."""
