"""The questions as JSON, with an OpenAPI document at /api/openapi.json."""
