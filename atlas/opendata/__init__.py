"""Open data: every record as JSON, CSV and GeoJSON with schemas, below ``/data/v1/``; and the records back from there."""
