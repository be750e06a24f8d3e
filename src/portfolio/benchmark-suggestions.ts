import { readBenchmark } from './benchmark-spelling.ts'

/** A benchmark that is offered: how it is spelled, what it is called, and a word on what it is. */
export type Suggestion = { spelling: string; name: string; says: string }

/**
 * Returns what is offered for a text as it is typed: the text itself where it is a blend or a rate, then those of a short
 * list of which each word is the beginning of a word. All of the list for an empty text; none for what fits none.
 */
export function suggestedBenchmarks(typed: string): Suggestion[] {
  const text = typed.trim()
  if (text === '') return common
  const read = readBenchmark(text)
  const own: Suggestion[] =
    'reason' in read || read.kind === 'symbol'
      ? []
      : [{ spelling: read.spelling, name: read.kind === 'rate' ? 'Savings' : 'Blend', says: 'as typed' }]
  const words = wordsOf(text)
  const alike = common.filter(({ spelling, name, says }) => {
    const known = wordsOf(`${name} ${spelling} ${says}`)
    return words.every((word) => known.some((each) => each.startsWith(word)))
  })
  return [...own, ...alike.filter(({ spelling }) => spelling !== own[0]?.spelling)]
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s+,]+/)
    .filter((word) => word !== '')
}

const common: Suggestion[] = [
  { spelling: 'VOO', name: 'S&P 500', says: 'large US companies, dividends reinvested' },
  { spelling: 'QQQ', name: 'Nasdaq 100', says: 'large technology companies, dividends reinvested' },
  { spelling: 'VT', name: 'World', says: 'all countries’ stocks, dividends reinvested' },
  { spelling: 'VTI', name: 'All US stocks', says: 'dividends reinvested' },
  { spelling: '60 VOO + 40 BND', name: '60/40', says: 'stocks and bonds, rebalanced yearly' },
  { spelling: 'BND', name: 'US bonds', says: 'interest reinvested' },
  { spelling: '4 %', name: 'Savings at 4%', says: 'a fixed rate' },
  { spelling: '^GSPC', name: 'S&P 500 index', says: 'prices only, no dividends' },
]
