"""From built pages to a folder that may be published: assets under hashed names, the manifest, parts, and the swap."""
