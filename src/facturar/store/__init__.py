"""The folder: from its text to models with places, and back as edits and whole files. No rule is run here."""
