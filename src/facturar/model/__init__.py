"""The words of the trade as frozen models. No I/O, no clock: nothing here knows of files or of today."""
