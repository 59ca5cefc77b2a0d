/** The head of `--help`: what most people came for. */
export const examples = `Find and fix what is wrong in an nginx configuration, before a reload.

  ngxlint nginx.conf            report what breaks, and why
  ngxlint nginx.conf --diff     show what --fix would do
  ngxlint nginx.conf --fix      do it
  ngxlint - < site.conf         read standard input (--fix prints the result)
  ngxlint explain RULE          why, with a bad and a good example

Usage: ngxlint [options] [paths…]   no path: the nginx.conf found from here
Exit:  0 no errors left   1 problems left   2 ngxlint could not do its work`
