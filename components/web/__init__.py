"""Routes and headers beside the pages."""
