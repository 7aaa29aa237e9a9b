"""The acts: the only place where a study changes."""
