"""Makes the parts of the manual that code can make: the executed notebook and the reference."""
