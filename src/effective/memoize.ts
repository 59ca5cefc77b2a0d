/** Remembers answers about an object for as long as that object lives, by a text that tells the questions apart. */
export function memoize<Key extends object, Answer>(
  answer: (key: Key, detail: string) => Answer,
): (key: Key, detail?: string) => Answer {
  const known = new WeakMap<Key, Map<string, Answer>>()
  return (key, detail = '') => {
    const answers = known.get(key) ?? new Map<string, Answer>()
    known.set(key, answers)
    if (!answers.has(detail)) answers.set(detail, answer(key, detail))
    return answers.get(detail) as Answer
  }
}
