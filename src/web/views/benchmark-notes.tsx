import {
  benchmarkOf,
  percentOf,
  priceIndexesIn,
  type Rebalancing,
} from '../../portfolio/benchmark-spelling.ts'
import { readWhatIf } from '../../portfolio/what-if-spelling.ts'
import { type Label, t } from '../words/words.ts'

/** Says what benchmarks are that are no ticker, and which of them pay no dividends; nothing of other tickers. */
export const BenchmarkNotes = ({ benchmarks }: { benchmarks: readonly string[] }) => {
  const notes = benchmarks.flatMap(notesOn)
  if (notes.length === 0) return null
  return (
    <div class="aside benchmark-notes">
      {notes.map((note) => (
        <p>{note}</p>
      ))}
    </div>
  )
}

/** Returns the sentences that a reader of one benchmark's figures needs; of a what-if, those of what is put in its place. */
export function notesOn(spelling: string): string[] {
  const rule = readWhatIf(spelling)
  if (!('reason' in rule)) return 'benchmark' in rule ? notesOn(rule.benchmark) : []
  const benchmark = benchmarkOf(spelling)
  const indexes = priceIndexesIn(spelling).map((symbol) =>
    t('{symbol} is a price index and pays no dividends: a fund that follows it would have made more.', {
      symbol,
    }),
  )
  switch (benchmark.kind) {
    case 'symbol':
      return indexes
    case 'rate':
      return [t('{spelling} is a fixed yearly rate: money grows by (1 + rate)^(days ÷ 365).', { spelling })]
    case 'blend': {
      const parts = benchmark.parts.map(({ symbol, weight }) => `${percentOf(weight)} % ${symbol}`)
      return [
        t('{spelling} is a blend of {parts}, {rebalanced}.', {
          spelling,
          parts: parts.join(', '),
          rebalanced: t(times[benchmark.rebalanced]),
        }),
        ...indexes,
      ]
    }
  }
}

const times: Record<Rebalancing, Label> = {
  yearly: 'rebalanced at the first close of each year',
  quarterly: 'rebalanced at the first close of each quarter',
  monthly: 'rebalanced at the first close of each month',
  never: 'bought once and never rebalanced',
}
