"""The store and every view of it: claims, questions, tables, exports. May import extractors."""
