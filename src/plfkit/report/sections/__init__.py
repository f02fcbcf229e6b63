"""The page's sections: each makes of a released scorecard what its template writes, in words."""
