"""What the field talks about: frozen values and rules, without file, clock or database."""
