"""Surveys: who was asked, who answered, and which ties and answers they told."""
