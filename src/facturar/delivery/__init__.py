"""E-mail: the messages that go into the outbox, and their way to a server. It reads no book and writes no file."""
