"""How requests travel to the engine process and answers come back."""
