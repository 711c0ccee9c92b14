"""What comes in from people: files, names, bytes, characters and markup, each looked at before anything reads its meaning."""
