"""Claims of a profile: what their rules ask of the example, and how they are borne out."""
