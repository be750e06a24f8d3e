import type { Case } from './random-case.ts'

/** A case as a test would write it (test/notation.ts). */
export function notationOf({ story, market, delisted, asOf, from, ...about }: Case): string {
  const markets = Object.entries(market).map(([symbol, items]) => `    '${symbol}': '${items.join(', ')}',`)
  const gone =
    Object.keys(delisted).length > 0
      ? `  delisted: new Map(Object.entries(${JSON.stringify(delisted)})),\n`
      : ''
  return `ledger(\`${story.join('\n  ')}\`, {
  baseCurrency: '${about.baseCurrency}',
  costBasis: '${about.costBasis}',
  benchmarks: ${JSON.stringify(about.benchmarks)},
${gone}  markets: closes({
${markets.join('\n')}
  }),
}) as of ${asOf}${from === null ? '' : `, from ${from}`}`
}
