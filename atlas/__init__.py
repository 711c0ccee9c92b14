"""The engine of Korea Care Atlas: load, check, link, word, place, publish. Imports no MkDocs."""
