"""BLS Employment Projections: how occupations change, and the schooling of those in them."""
