"""The questions as tools for an assistant that speaks the Model Context Protocol; needs the extra `mcp`."""
