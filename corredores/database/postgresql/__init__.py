"""The database backend that the settings name; Django looks for it here, in `base`."""
