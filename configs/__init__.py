"""Questions, lexicons, cues and the embedded sample: data only, shipped with the package."""
