"""Commands for developers, outside of the package that is shipped."""
