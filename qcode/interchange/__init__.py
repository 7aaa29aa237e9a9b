"""Other tools' projects and codebooks to our values and back, saying what is lost."""
