"""What a reader takes along: the list of pages that a browser can keep, and the whole guide in one language as a zip file."""
