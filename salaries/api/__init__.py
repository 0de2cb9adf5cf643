"""The site for programs: read-only JSON under /api/v1/, described by its own OpenAPI document.

Every figure passes through salaries.figures, as on the pages; no answer holds a number alone.
"""
