"""What readers see: values of the core and templates in, messages out. Nothing here stores or sends."""
