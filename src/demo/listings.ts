import type { Day } from '../portfolio/day.ts'
import type { Instrument, Split } from '../portfolio/instrument.ts'

/** A ticker of the demo market: prices in today's share units, its volatility a year, and its beta to the market. */
export type Ticker = Pick<Instrument, 'symbol' | 'name' | 'kind' | 'exchange' | 'currency'> & {
  starts: Day
  first: number
  /** The price on 2026-01-02; after that day the path is free. */
  latest: number
  volatility: number
  beta: number
  /** Dividends a year, as a part of the price. */
  yield: number
  /** The months of its ex-dates. */
  pays: readonly number[]
  splits: Split[]
}

const spring = [2, 5, 8, 11]
const quarters = [3, 6, 9, 12]
const monthly = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
const never: number[] = []

const split = (day: Day, numerator: number): Split => ({ day, numerator, denominator: 1 })

// Prices are near the real ones at both ends; the path between them is made up. Splits are real.
export const tickers: Ticker[] = [
  etf('VOO', 'Vanguard S&P 500 ETF', '2010-09-09', 101, 628, 0.03, 1, 0.012, quarters),
  etf('SPY', 'SPDR S&P 500 ETF Trust', '2010-01-04', 113, 683, 0.03, 1, 0.012, quarters),
  etf('VTI', 'Vanguard Total Stock Market Index Fund', '2010-01-04', 57, 336, 0.035, 1.02, 0.012, quarters),
  etf('QQQ', 'Invesco QQQ Trust', '2010-01-04', 46, 613, 0.07, 1.15, 0.005, quarters),
  etf(
    'VXUS',
    'Vanguard Total International Stock Index Fund',
    '2011-01-28',
    50,
    76,
    0.06,
    0.85,
    0.03,
    quarters,
  ),
  etf('VEA', 'Vanguard FTSE Developed Markets ETF', '2010-01-04', 35, 63, 0.06, 0.85, 0.029, quarters),
  etf('BND', 'Vanguard Total Bond Market Index Fund', '2010-01-04', 79, 74, 0.045, 0.03, 0.037, monthly),
  etf('VT', 'Vanguard Total World Stock Index Fund', '2010-01-04', 43, 142, 0.045, 0.92, 0.02, quarters),
  etf('GLD', 'SPDR Gold Shares', '2010-01-04', 110, 398, 0.15, 0.05, 0, never),
  nasdaq('AAPL', 'Apple Inc.', '2010-01-04', 7.64, 271, 0.2, 1.15, 0.004, spring, [
    split('2014-06-09', 7),
    split('2020-08-31', 4),
  ]),
  nasdaq('MSFT', 'Microsoft Corporation', '2010-01-04', 30.95, 473, 0.17, 1.1, 0.0075, spring),
  nasdaq('NVDA', 'NVIDIA Corporation', '2010-01-04', 0.462, 189, 0.33, 1.6, 0.0002, quarters, [
    split('2021-07-20', 4),
    split('2024-06-10', 10),
  ]),
  nasdaq('TSLA', 'Tesla, Inc.', '2010-06-29', 1.593, 438, 0.48, 1.5, 0, never, [
    split('2020-08-31', 5),
    split('2022-08-25', 3),
  ]),
  nasdaq('AMZN', 'Amazon.com, Inc.', '2010-01-04', 6.7, 226, 0.24, 1.15, 0, never, [split('2022-06-06', 20)]),
  nasdaq('GOOG', 'Alphabet Inc.', '2010-01-04', 15.6, 315, 0.2, 1.1, 0.0026, quarters, [
    split('2022-07-18', 20),
  ]),
  nasdaq('META', 'Meta Platforms, Inc.', '2012-05-18', 38.23, 650, 0.3, 1.2, 0.003, quarters),
  nasdaq('COST', 'Costco Wholesale Corporation', '2010-01-04', 59.2, 854, 0.16, 0.85, 0.006, spring),
  nasdaq('NFLX', 'Netflix, Inc.', '2010-01-04', 0.764, 91, 0.38, 1.1, 0, never, [
    split('2015-07-15', 7),
    split('2025-11-17', 10),
  ]),
  nasdaq('AMD', 'Advanced Micro Devices, Inc.', '2010-01-04', 9.7, 223, 0.45, 1.5, 0, never),
  nasdaq('PEP', 'PepsiCo, Inc.', '2010-01-04', 61.2, 142, 0.12, 0.55, 0.04, quarters),
  nyse('BRK-B', 'Berkshire Hathaway Inc.', '2010-01-04', 66.2, 497, 0.1, 0.85, 0, never, [
    split('2010-01-21', 50),
  ]),
  nyse('JPM', 'JPMorgan Chase & Co.', '2010-01-04', 42.9, 325, 0.18, 1.15, 0.018, [1, 4, 7, 10]),
  nyse('V', 'Visa Inc.', '2010-01-04', 22.0, 346, 0.15, 0.95, 0.0075, spring, [split('2015-03-19', 4)]),
  nyse('KO', 'The Coca-Cola Company', '2010-01-04', 28.5, 69, 0.11, 0.55, 0.029, quarters, [
    split('2012-08-13', 2),
  ]),
  nyse('DIS', 'The Walt Disney Company', '2010-01-04', 32.1, 112, 0.2, 1.05, 0.011, [1, 7]),
  nyse('JNJ', 'Johnson & Johnson', '2010-01-04', 64.7, 207, 0.12, 0.55, 0.025, spring),
  nyse('PG', 'The Procter & Gamble Company', '2010-01-04', 61.1, 142, 0.12, 0.5, 0.029, [1, 4, 7, 10]),
  nyse('HD', 'The Home Depot, Inc.', '2010-01-04', 28.7, 345, 0.16, 1, 0.026, quarters),
  nyse(
    'WMT',
    'Walmart Inc.',
    '2010-01-04',
    18.1,
    113,
    0.14,
    0.6,
    0.008,
    [3, 5, 8, 12],
    [split('2024-02-26', 3)],
  ),
  nyse('XOM', 'Exxon Mobil Corporation', '2010-01-04', 69.2, 123, 0.2, 0.9, 0.033, spring),
  index('^GSPC', 'S&P 500', '2010-01-04', 1133, 6858, 0.03, 1),
  coin('BTC-USD', 'Bitcoin USD', '2014-09-17', 457, 89_900, 0.6, 0.9),
  abroad('SAP.DE', 'SAP SE', 'XETRA', 'EUR', 33.2, 209, 0.2, 0.9, 0.012, [5]),
  // in pence, as London quotes it
  abroad('SHEL.L', 'Shell plc', 'LSE', 'GBp', 1890, 2745, 0.2, 0.7, 0.039, spring),
  abroad('R6C0.DE', 'Shell plc', 'XETRA', 'EUR', 21.2, 31.5, 0.2, 0.7, 0.039, spring),
  currency('EURUSD=X', 'EUR/USD', 'USD', 1.4389, 1.172),
  currency('GBPUSD=X', 'GBP/USD', 'USD', 1.6121, 1.346),
]

type Figures = [
  symbol: string,
  name: string,
  starts: Day,
  first: number,
  latest: number,
  volatility: number,
  beta: number,
]
type Paying = [...figures: Figures, rate: number, pays: readonly number[], splits?: Split[]]

function etf(...paying: Paying): Ticker {
  return ticker('etf', 'NYSEArca', 'USD', ...paying)
}

function nasdaq(...paying: Paying): Ticker {
  return ticker('equity', 'NasdaqGS', 'USD', ...paying)
}

function nyse(...paying: Paying): Ticker {
  return ticker('equity', 'NYSE', 'USD', ...paying)
}

function abroad(
  symbol: string,
  name: string,
  exchange: string,
  currency: string,
  ...[first, latest, volatility, beta, rate, pays]: [
    number,
    number,
    number,
    number,
    number,
    readonly number[],
  ]
): Ticker {
  return ticker(
    'equity',
    exchange,
    currency,
    symbol,
    name,
    '2010-01-04',
    first,
    latest,
    volatility,
    beta,
    rate,
    pays,
  )
}

/** An index of prices pays nothing. */
function index(...figures: Figures): Ticker {
  return ticker('index', 'SNP', 'USD', ...figures, 0, never)
}

function coin(...figures: Figures): Ticker {
  return ticker('crypto', 'CCC', 'USD', ...figures, 0, never)
}

function currency(symbol: string, name: string, into: string, first: number, latest: number): Ticker {
  return ticker('currency', 'CCY', into, symbol, name, '2010-01-04', first, latest, 0.08, 0, 0, never)
}

function ticker(kind: Ticker['kind'], exchange: string, currency: string, ...paying: Paying): Ticker {
  const [symbol, name, starts, first, latest, volatility, beta, rate, pays, splits = []] = paying
  return {
    symbol,
    name,
    kind,
    exchange,
    currency,
    starts,
    first,
    latest,
    volatility,
    beta,
    yield: rate,
    pays,
    splits,
  }
}

/** A rate that follows from two others: what one currency costs in dollars (null for the dollar), by what another does. */
export type Cross = { symbol: string; name: string; currency: string; of: string | null; per: string }

export const crosses: Cross[] = [
  { symbol: 'USDEUR=X', name: 'USD/EUR', currency: 'EUR', of: null, per: 'EURUSD=X' },
  { symbol: 'GBPEUR=X', name: 'GBP/EUR', currency: 'EUR', of: 'GBPUSD=X', per: 'EURUSD=X' },
  { symbol: 'USDGBP=X', name: 'USD/GBP', currency: 'GBP', of: null, per: 'GBPUSD=X' },
  { symbol: 'EURGBP=X', name: 'EUR/GBP', currency: 'GBP', of: 'EURUSD=X', per: 'GBPUSD=X' },
]

/** The tickers of ISINs, by which files of brokers in Europe name them, and a search finds them. */
export const isins: Record<string, readonly string[]> = {
  US0378331005: ['AAPL'],
  US5949181045: ['MSFT'],
  US67066G1040: ['NVDA'],
  US88160R1014: ['TSLA'],
  US0231351067: ['AMZN'],
  US02079K1079: ['GOOG'],
  US92826C8394: ['V'],
  US46625H1005: ['JPM'],
  US2546871060: ['DIS'],
  US1912161007: ['KO'],
  US22160K1051: ['COST'],
  US9229083632: ['VOO'],
  US46090E1038: ['QQQ'],
  US78462F1030: ['SPY'],
  DE0007164600: ['SAP.DE'],
  GB00BP6MXD84: ['SHEL.L', 'R6C0.DE'],
}
