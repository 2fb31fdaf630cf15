"""Settings: `base` runs on any machine as it is, `production` only tightens it, `test` only speeds it up."""
