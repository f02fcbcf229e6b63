"""The workbook of the first week: written for people to fill in, and read back."""
