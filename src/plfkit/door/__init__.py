"""The door: what opens data, and what is handed out to be filled in, in the words of a profile."""
