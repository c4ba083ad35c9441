"""What a person says of what was extracted: kept beside the run, stronger than extraction, exported as gold."""
