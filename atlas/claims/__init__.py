"""The search for what Korean law forbids in medical advertising, in pages and records. The words stand in ``data/claims/``."""
