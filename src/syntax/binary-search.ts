/**
 * How many of the numbers from 0 on something holds for, if it holds for a beginning of them.
 * @param length so many are there
 * @param holds is asked of some twenty of a million
 */
export function countWhile(length: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) low = middle + 1
    else high = middle
  }
  return low
}

/** How many of ascending numbers are not above another. */
export function countUpTo(most: number, ascending: ArrayLike<number>): number {
  return countWhile(ascending.length, (index) => (ascending[index] as number) <= most)
}
