"""Search: what a page says, cut into terms, in small files of which a browser fetches only those that a query needs."""
