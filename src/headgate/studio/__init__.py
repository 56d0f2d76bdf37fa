"""Schema Studio's server side: trying schemas out before they are saved."""
