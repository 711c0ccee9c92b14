"""How a site is made of its contents, without MkDocs: drawn, written, indexed, packed and sealed, on all processors."""
