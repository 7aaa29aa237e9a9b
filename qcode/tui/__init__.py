"""The terminal reader: shows a transcript, calls the acts of the study."""
