interface Known<Answer> {
  readonly detail: string
  readonly answer: Answer
  others: Map<string, Answer> | undefined
}

/** Remembers answers about an object for as long as that object lives, by a text that tells the questions apart. */
export function memoize<Key extends object, Answer>(
  answer: (key: Key, detail: string) => Answer,
): (key: Key, detail?: string) => Answer {
  const known = new WeakMap<Key, Known<Answer>>()
  return (key, detail = '') => {
    const found = known.get(key)
    if (found && found.detail === detail) return found.answer
    if (found?.others?.has(detail)) return found.others.get(detail) as Answer
    const fresh = answer(key, detail)
    // Most objects are asked one question only: they need no table.
    const first = known.get(key)
    if (!first) known.set(key, { detail, answer: fresh, others: undefined })
    else {
      first.others ??= new Map()
      first.others.set(detail, fresh)
    }
    return fresh
  }
}
