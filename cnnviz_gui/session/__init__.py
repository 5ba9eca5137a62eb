"""What the user is looking at."""
