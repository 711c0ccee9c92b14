"""New files for editors: complete as far as can be known, with a comment at each place that is still to be filled in."""
