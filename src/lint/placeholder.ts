/**
 * What the template of a configuration has for a word that a program puts in: `{{ x }}`, `<% x %>`, `${MAX_SIZE}`, `@x@`,
 * `__X__`, `%%x%%`, `%(x)s`, `<your name>`, but not `<http://…>`. What the word will be, nobody knows here.
 */
export function isPlaceholder(word: string): boolean {
  return PLACEHOLDER.test(word)
}

const PLACEHOLDER = /\{\{|\{%|<%|^<[A-Za-z](?!\w*:)|\$\{?[A-Z][A-Z0-9_]*\b|@\w+@|__[A-Za-z]\w*__|%%|%\(\w+\)s|#\{/
