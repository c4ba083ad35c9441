"""A stand-in for NCBI's E-utilities on the loopback interface, and the records that it serves."""
