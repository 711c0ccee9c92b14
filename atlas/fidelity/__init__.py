"""Whether a translation says what its source says, as far as a machine can tell: headings, lists, links, numbers, *must* and *may*."""
