"""The term base at work: forms that must not be written, found in any inflection, and its table as CSV."""
