import type { Security } from './instrument.ts'

/**
 * Returns those of the found listings that seem to be a company's new ticker: another symbol of the same kind, by the same
 * name and in the same currency, or in one that the source does not say.
 */
export function underNewTicker(
  known: Pick<Security, 'symbol' | 'name' | 'kind' | 'currency'>,
  found: readonly Security[],
): Security[] {
  const name = plainName(known.name)
  return found.filter(
    (each) =>
      each.symbol !== known.symbol &&
      each.kind === known.kind &&
      (each.currency === null || each.currency === known.currency) &&
      name !== '' &&
      plainName(each.name) === name,
  )
}

/** `Meta Platforms, Inc.` and `Meta Platforms Inc` are one name, `meta platforms`. */
export function plainName(name: string): string {
  const words = name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
  while (words.length > 1 && legalForms.has(words.at(-1)!)) words.pop()
  return words.join(' ')
}

const legalForms = new Set(
  'inc incorporated corp corporation co company plc ltd limited llc lp sa se ag nv ab asa as oyj spa kgaa holdings group'.split(
    ' ',
  ),
)
