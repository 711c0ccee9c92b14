"""What changed from the last published edition to this one: base, comparison, history, feeds, and the summary for reviewers."""
