"""The editor in the browser: a git-based editor (Sveltia CMS) over the records and pages of this folder."""
