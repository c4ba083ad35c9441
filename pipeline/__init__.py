"""The flow from PubMed to answers, and the command line. May import graphs and extractors."""
