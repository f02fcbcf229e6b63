"""Results: figures, what they were computed from, and how they are said."""
