"""How the site is served: one definition of headers, caching and media types, and the configuration of each host made from it."""
