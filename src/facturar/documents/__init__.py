"""Records → Markdown → blocks → PDF and terminal. The door is `facturar.documents.press`."""
