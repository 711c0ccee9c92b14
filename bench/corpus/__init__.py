"""Pages and projects made from a seed: the same text for every generator that is measured, and as many hospitals as one likes."""
