"""CIP: fields of study, and which occupations they lead to."""
