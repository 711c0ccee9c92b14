"""What is true, since when, and who says so: one module for each kind of record or value."""
