import { SYMBOL } from './instrument.ts'

/**
 * What a portfolio is measured against (finance.md, "Blends, fixed rates and price indexes"). `spelling` is how it is
 * stored, shown and put into addresses; whoever reads one gets the same.
 */
export type Benchmark =
  | { kind: 'symbol'; spelling: string; symbol: string }
  | { kind: 'blend'; spelling: string; parts: BlendPart[]; rebalanced: Rebalancing }
  /** A year's interest: 0.04 is 4 %. */
  | { kind: 'rate'; spelling: string; rate: number }

/** The weight is a part of 1. A symbol is in a blend once. */
type BlendPart = { symbol: string; weight: number }

export type Rebalancing = 'yearly' | 'quarterly' | 'monthly' | 'never'

/** So many parts can a blend have. */
const MOST_PARTS = 6

/**
 * Reads one benchmark as somebody types it: a ticker, a blend such as `60 VOO + 40 BND quarterly`, a yearly rate such as
 * `4 %`, or a common name such as `S&P 500`. Otherwise returns the reason why it is none.
 */
export function readBenchmark(typed: string): Benchmark | { reason: string } {
  const text = typed.trim().replaceAll(/\s+/g, ' ').toUpperCase()
  const meant = COMMON_NAMES.get(text) ?? text
  const rate = /^(?:SAVINGS AT )?(-?\d+(?:[.,]\d+)?) ?%(?: A YEAR| P\.?A\.?)?$/.exec(meant)
  if (rate) return readRate(rate[1]!, typed)
  if (isBlendLike(meant)) return readBlend(meant, typed)
  if (SYMBOL.test(meant)) return { kind: 'symbol', spelling: meant, symbol: meant }
  return {
    reason: `“${text}” is not a ticker. A blend is written as 60 VOO + 40 BND, a yearly rate as 4 %`,
  }
}

/** What has no ticker's form and is a name of one benchmark only. */
const COMMON_NAMES: ReadonlyMap<string, string> = new Map([
  ['S&P 500', 'VOO'],
  ['NASDAQ 100', 'QQQ'],
  ['60/40', '60 VOO + 40 BND'],
])

/** Reads what is stored or shown, which is a spelling. Another text is the symbol that older versions took it for. */
export function benchmarkOf(spelling: string): Benchmark {
  const known = spellings.get(spelling)
  if (known) return known
  const read = readBenchmark(spelling)
  const benchmark: Benchmark =
    'reason' in read || read.spelling !== spelling ? { kind: 'symbol', spelling, symbol: spelling } : read
  if (spellings.size >= KEPT) spellings.clear()
  spellings.set(spelling, benchmark)
  return benchmark
}

/** So many that were read are remembered: every figure asks, and few portfolios are in one object. */
const KEPT = 100
const spellings = new Map<string, Benchmark>()

/** Returns the symbols whose prices a benchmark needs, each once; none of a fixed rate. */
export function symbolsIn(spelling: string): string[] {
  const benchmark = benchmarkOf(spelling)
  if (benchmark.kind === 'symbol') return [benchmark.symbol]
  return benchmark.kind === 'blend' ? benchmark.parts.map(({ symbol }) => symbol) : []
}

/** The same of several. */
export function symbolsOfAll(benchmarks: readonly string[]): string[] {
  return [...new Set(benchmarks.flatMap(symbolsIn))]
}

/**
 * Returns the parts of a list as it is typed, with commas, semicolons or lines between; tickers may also have only spaces
 * between them. The comma of `4,5 %` is a decimal one, and that before `rebalanced quarterly` divides nothing.
 */
export function benchmarksIn(list: string): string[] {
  return list
    .split(/[;\n]|(?!, *(?:rebalanced|yearly|quarterly|monthly|never)\b)(?:,(?!\d+ ?%)|(?<!\d),)/i)
    .flatMap((piece) => {
      const words = piece.trim().split(/\s+/)
      const areTickers = 'reason' in readBenchmark(piece) && words.every((word) => SYMBOL.test(word))
      return areTickers && !isBlendLike(piece.trim()) ? words : [piece.trim()]
    })
    .filter((piece) => piece !== '')
}

function isBlendLike(text: string): boolean {
  return /^\d+(?:[.,]\d+)?(?: ?% ?| )\S/.test(text) || text.includes('+')
}

/** The highest rate, in percent. */
const MOST_RATE = 100

function readRate(text: string, typed: string): Benchmark | { reason: string } {
  const percent = fineOf(text)
  if (percent === null || percent > MOST_RATE * FINE)
    return { reason: `“${typed.trim()}” is not a rate from 0 to 100 %, with at most four decimals` }
  return { kind: 'rate', spelling: `${percent / FINE} %`, rate: percent / (100 * FINE) }
}

/** Percentages are read to the fourth decimal, and are added up as whole numbers. */
const FINE = 10_000

/** A percentage in ten-thousandths; null for a text that is none. */
function fineOf(text: string): number | null {
  return /^\d{1,4}(?:[.,]\d{1,4})?$/.test(text) ? Math.round(Number(text.replace(',', '.')) * FINE) : null
}

function readBlend(text: string, typed: string): Benchmark | { reason: string } {
  const [, weights = '', how = 'YEARLY'] =
    /^(.*?)(?:(?:, ?| )(?:REBALANCED )?(YEARLY|QUARTERLY|MONTHLY|NEVER)(?: REBALANCED)?)?$/.exec(text)!
  const refused = (why: string) => ({ reason: `“${typed.trim()}” is not a blend: ${why}` })
  // an address that is typed by hand turns a + into a space
  const pieces = weights.split(/\s*\+\s*|\s+(?=\d+(?:[.,]\d+)?(?:%| %| )\s*[^\d\s%])/)
  const sums = new Map<string, number>()
  for (const piece of pieces) {
    const [, number, symbol] = /^(\d+(?:[.,]\d+)?)(?: ?% ?| )(\S+)$/.exec(piece.trim()) ?? []
    const weight = number === undefined ? null : fineOf(number)
    if (symbol === undefined || weight === null)
      return refused(`“${piece.trim()}” is not a weight and a ticker, such as 60 VOO`)
    if (!SYMBOL.test(symbol)) return refused(`“${symbol}” is not a ticker`)
    if (weight === 0) return refused(`the weight of ${symbol} is 0`)
    sums.set(symbol, (sums.get(symbol) ?? 0) + weight)
  }
  const total = [...sums.values()].reduce((sum, weight) => sum + weight, 0)
  if (total !== 100 * FINE) return refused(`its weights add up to ${total / FINE}, not 100`)
  if (sums.size > MOST_PARTS) return refused(`it has more than ${MOST_PARTS} parts`)
  const [only, ...others] = [...sums.keys()]
  // all of it in one symbol is that symbol, however often it is rebalanced
  if (others.length === 0) return { kind: 'symbol', spelling: only!, symbol: only! }
  const rebalanced = how.toLowerCase() as Rebalancing
  const sum = [...sums].map(([symbol, weight]) => `${weight / FINE} ${symbol}`).join(' + ')
  return {
    kind: 'blend',
    spelling: rebalanced === 'yearly' ? sum : `${sum} ${rebalanced}`,
    parts: [...sums].map(([symbol, weight]) => ({ symbol, weight: weight / (100 * FINE) })),
    rebalanced,
  }
}

/** Returns the spelling with other symbols in the places of some. */
export function withSymbols(spelling: string, others: ReadonlyMap<string, string>): string {
  const benchmark = benchmarkOf(spelling)
  const other = (symbol: string) => others.get(symbol) ?? symbol
  if (benchmark.kind === 'symbol') return other(benchmark.symbol)
  if (benchmark.kind === 'rate') return spelling
  const parts = benchmark.parts.map(({ symbol, weight }) => `${percentOf(weight)} ${other(symbol)}`)
  const read = readBenchmark(`${parts.join(' + ')} ${benchmark.rebalanced}`)
  return 'reason' in read ? spelling : read.spelling
}

/** The weight as it is written. */
export function percentOf(weight: number): number {
  return Math.round(weight * 100 * FINE) / FINE
}

/** False for a fixed rate, and where a part is a price index. */
export function paysDividends(spelling: string): boolean {
  return benchmarkOf(spelling).kind !== 'rate' && priceIndexesIn(spelling).length === 0
}

/**
 * Returns the symbols of a benchmark that are indexes of prices alone: the source begins all indexes with `^`, and few of
 * them reinvest dividends.
 */
export function priceIndexesIn(spelling: string): string[] {
  return symbolsIn(spelling).filter((symbol) => symbol.startsWith('^') && !WITH_DIVIDENDS.has(symbol))
}

/** Indexes of total return: of the S&P 500, the Nasdaq 100, the Nasdaq Composite, the DAX, the MDAX and the TecDAX. */
const WITH_DIVIDENDS: ReadonlySet<string> = new Set([
  '^SP500TR',
  '^XNDX',
  '^XCMP',
  '^GDAXI',
  '^MDAXI',
  '^TECDAX',
])
