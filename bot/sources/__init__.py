"""Where articles come from: folders and sites. Bytes in; pages, listings and articles out."""
