"""The only room that knows SQL: rows to values and back."""
