"""The font of pictures: DejaVu Sans, cut to Latin, Greek and the signs of tables. Its licence lies beside it."""
