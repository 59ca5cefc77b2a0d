/** The smallest text that is still like this one, by leaving out ever smaller pieces. */
export async function shrink(text: string, isLike: (text: string) => Promise<boolean>, tries = 2000): Promise<string> {
  let best = text
  let left = tries
  for (let size = Math.ceil(text.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < best.length && left > 0; ) {
      const shorter = best.slice(0, at) + best.slice(at + size)
      left--
      if (await isLike(shorter)) best = shorter
      else at += size
    }
  }
  return best
}
