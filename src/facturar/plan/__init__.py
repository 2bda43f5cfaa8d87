"""What is to be done, as a value that can be read before anything is written: Book + day → Plan. Pure."""
