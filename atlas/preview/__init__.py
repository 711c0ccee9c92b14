"""The preview: the site as it would be built from what is saved now, page by page, with a bar for editors."""
