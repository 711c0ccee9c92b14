"""Translations by section and by text: what each was made from, what has changed since, and who has reviewed it."""
