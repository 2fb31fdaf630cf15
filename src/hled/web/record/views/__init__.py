"""What the record shows: pages for people (`browsing`) and files for programs (`files`)."""
