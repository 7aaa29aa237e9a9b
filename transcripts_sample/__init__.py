"""Invented interviews, with codings by two invented coders, to try qcode on."""
