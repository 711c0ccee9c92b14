"""What a page says to machines: JSON-LD in the vocabulary of schema.org, and the card that is shown where its address is shared.

Both are made from the view that draws the page, so that they say what it shows and nothing else.
"""
