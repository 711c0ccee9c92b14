"""What each kind of record says to a reader, line by line: the same words and forms as on its page."""
