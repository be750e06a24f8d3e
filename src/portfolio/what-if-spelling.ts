import { readBenchmark } from './benchmark-spelling.ts'
import { type Day, isDay } from './day.ts'
import { SYMBOL } from './instrument.ts'

/**
 * One rule by which a ledger is rewritten (finance.md, "What if"). `spelling` is how it is shown and put into addresses;
 * whoever reads one gets the same.
 */
export type WhatIf = { spelling: string } & (
  | { kind: 'without'; symbol: string }
  /** A benchmark in the symbol's place. */
  | { kind: 'instead'; symbol: string; benchmark: string }
  /** All sales of the symbol, or those of a day, are left out. */
  | { kind: 'kept'; symbol: string; sold: Day | null }
  /** Every deposit goes into the benchmark. */
  | { kind: 'each time'; benchmark: string }
  /** The purchases and sales of a day are made on a later one. */
  | { kind: 'moved'; symbol: string; from: Day; to: Day }
)

/** Reads a rule as it is in an address. Otherwise returns the reason why it is none. */
export function readWhatIf(typed: string): WhatIf | { reason: string } {
  const text = typed.trim().replaceAll(/\s+/g, ' ')
  for (const [form, read] of forms) {
    const match = form.exec(text)
    if (match) return read(...(match.slice(1) as [string, string, string]))
  }
  return {
    reason: `“${text.slice(0, 60)}” is no what-if. Write no TSLA, VOO for TSLA, TSLA kept, VOO each time, or TSLA of 2024-03-01 on 2024-06-03`,
  }
}

/** A rule as the fields of a form ask it; those that are not of its kind are not looked at. */
export type AskedWhatIf = Record<'had' | 'symbol' | 'into' | 'from' | 'until', string>

/** Reads the rule that fields ask for. Otherwise returns the reason why it is none. */
export function askedWhatIf(asked: AskedWhatIf): WhatIf | { reason: string } {
  const { had } = asked
  if (!isKindOfWhatIf(had)) return { reason: 'choose what you might have done' }
  const { into, ...others } = asked
  const [symbol, from, until] = [others.symbol.trim(), others.from.trim(), others.until.trim()]
  return readWhatIf(words[had]({ into, symbol, from, until }))
}

export function isKindOfWhatIf(had: string): had is WhatIf['kind'] {
  return Object.hasOwn(words, had)
}

const words: Record<WhatIf['kind'], (of: Omit<AskedWhatIf, 'had'>) => string> = {
  without: ({ symbol }) => `no ${symbol}`,
  instead: ({ into, symbol }) => `${into} for ${symbol}`,
  kept: ({ symbol, from }) => `${symbol} kept${from === '' ? '' : ` on ${from}`}`,
  'each time': ({ into }) => `${into} each time`,
  moved: ({ symbol, from, until }) => `${symbol} of ${from} on ${until}`,
}

type Read = (a: string, b: string, c: string) => WhatIf | { reason: string }

const forms: readonly [RegExp, Read][] = [
  [/^no (\S+)$/i, (a) => of(a, (symbol) => ({ kind: 'without', symbol, spelling: `no ${symbol}` }))],
  [/^(.+) for (\S+)$/i, instead],
  [
    /^(\S+) kept(?: on (\S+))?$/i,
    (a, sold) =>
      of(a, (symbol) => {
        if (sold === undefined) return { kind: 'kept', symbol, sold: null, spelling: `${symbol} kept` }
        return isDay(sold)
          ? { kind: 'kept', symbol, sold, spelling: `${symbol} kept on ${sold}` }
          : noDay(sold)
      }),
  ],
  [
    /^(.+) each time$/i,
    (typed) => {
      const benchmark = readBenchmark(typed)
      if ('reason' in benchmark) return benchmark
      const { spelling } = benchmark
      return { kind: 'each time', benchmark: spelling, spelling: `${spelling} each time` }
    },
  ],
  [
    /^(\S+) of (\S+) on (\S+)$/i,
    (a, from, to) =>
      of(a, (symbol) => {
        if (!isDay(from)) return noDay(from)
        if (!isDay(to)) return noDay(to)
        if (to < from) return { reason: `${to} is before ${from}: nobody waits backward` }
        return { kind: 'moved', symbol, from, to, spelling: `${symbol} of ${from} on ${to}` }
      }),
  ],
]

function instead(typed: string, a: string): WhatIf | { reason: string } {
  const benchmark = readBenchmark(typed)
  if ('reason' in benchmark) return benchmark
  const { spelling } = benchmark
  return of(a, (symbol) => ({
    kind: 'instead',
    symbol,
    benchmark: spelling,
    spelling: `${spelling} for ${symbol}`,
  }))
}

function of(
  typed: string,
  read: (symbol: string) => WhatIf | { reason: string },
): WhatIf | { reason: string } {
  const symbol = typed.toUpperCase()
  return SYMBOL.test(symbol) ? read(symbol) : { reason: `“${typed.slice(0, 40)}” is not a ticker` }
}

function noDay(typed: string): { reason: string } {
  return { reason: `“${typed.slice(0, 40)}” is not a date such as 2024-03-01` }
}
