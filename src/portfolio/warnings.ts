/** A page, and a snapshot that every reader loads, must not grow with the number of faults in a ledger. */
const MOST = 20

/**
 * Returns at most twenty sentences: the first of each group of sentences that say the same of different rows, with the
 * number of the others, and last how many groups are left out.
 */
export function shownWarnings(groups: readonly (readonly string[])[]): string[] {
  const sentences = groups.flatMap(([first, ...others]) => {
    if (first === undefined) return []
    return others.length === 0 ? first : `${ended(first)} ${others.length} more of the kind.`
  })
  if (sentences.length <= MOST) return sentences
  return [...sentences.slice(0, MOST - 1), `${sentences.length - MOST + 1} more warnings are not listed.`]
}

function ended(sentence: string): string {
  return sentence.endsWith('.') ? sentence : `${sentence}.`
}
