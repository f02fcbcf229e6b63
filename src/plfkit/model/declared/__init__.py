"""What is declared: goals, indicators, claims, facts and standards."""
