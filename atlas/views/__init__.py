"""One view for each language: what a template needs to print a page, as plain data."""
