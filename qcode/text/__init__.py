"""Finds spans in text, never decides: turns, speakers, sentences, language."""
