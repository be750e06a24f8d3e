import { actionNotes } from './action-proposal.ts'
import { inBaseCurrency, penceNotes } from './currency.ts'
import type { Day } from './day.ts'
import { derivedDividends } from './derived-dividend.ts'
import { pairOf } from './exchange-rate.ts'
import { withLastPrices } from './last-price.ts'
import { type Listed, newlyListed } from './listing-currency.ts'
import { type Ledger, type LedgerAt, market, type StoredMarket } from './ledger.ts'
import { withMovedLots } from './moved-lots.ts'
import { withOwnPrices } from './own-price.ts'
import { setAside, splitsOf } from './own-rows.ts'
import { noPrices } from './price-history.ts'
import { inRecognizedUnits, type Recognized } from './share-units.ts'
import { inDayOrder, inOrder, joined, type Transaction } from './transaction.ts'
import { unitedLedger } from './united-ledger.ts'

/** A portfolio's rows as they are stored: nothing is converted, nothing is decided. */
export type RawLedger = Pick<
  Ledger,
  'baseCurrency' | 'costBasis' | 'benchmarks' | 'today' | 'dividendRule' | 'listedAs' | 'dismissedActions'
> & {
  /** In any order; equals stay in this one. */
  transactions: readonly Transaction[]
  /** By symbol; the pairs that exchange rates come from are among them where they are stored. */
  markets: ReadonlyMap<string, StoredMarket>
}

export type PreparedLedger = {
  ledger: Ledger
  /** Decisions about share units that are not stored yet. The ledger is in these units already. */
  recognized: Recognized[]
  /** In what symbols trade, for rows that do not keep it yet. */
  listed: Listed[]
  /** Sentences for the owner about rows that look wrong. */
  notes: string[]
}

/**
 * The only maker of a `Ledger`: stored rows → the owner's prices → the last price of what is no longer quoted → base
 * currency → share units → the worth of shares that moved → derived rows. `delisted` names what is no longer quoted,
 * each symbol with the first session that it missed.
 */
export function prepareLedger(raw: RawLedger, delisted: ReadonlyMap<string, Day>): PreparedLedger {
  const {
    ledger: inUnits,
    recognized,
    notes,
  } = inRecognizedUnits(inBaseCurrency(withLastPrices(withOwnPrices(asRecorded(raw)), delisted)))
  const ledger = withDerivedRows(withDayTrades(withMovedLots(inUnits)))
  return {
    ledger,
    recognized,
    listed: newlyListed(raw.transactions, raw.markets),
    notes: [...notes, ...penceNotes(inUnits), ...actionNotes(ledger)],
  }
}

/** The same ledger, had its portfolio counted dividends by themselves. */
export function withAutomaticDividends(ledger: Ledger): Ledger {
  if (ledger.members) {
    const counted = ledger.members.map((each) => ({ ...each, ledger: withAutomaticDividends(each.ledger) }))
    return unitedLedger(counted, ledger)
  }
  const rule = ledger.dividendRule ?? { withholding: 0n, dismissed: new Set<string>() }
  const recorded = ledger.transactions.filter(({ derived }) => !derived)
  return withDerivedRows({
    ...ledger,
    transactions: recorded,
    dividendRule: { ...rule, counting: 'automatic' },
    stage: 'in share units',
  })
}

/**
 * The same ledger with other recorded rows, in base currency and with their share units decided, in any order; what follows
 * from them is derived anew. Their lists take the place of none that a calculation remembers.
 */
export function withRows(ledger: Ledger, rows: readonly Transaction[]): Ledger {
  const recorded = inOrder(rows, (symbol) => splitsOf(ledger.markets.get(symbol)))
  setAside(recorded)
  const made = withDerivedRows({ ...ledger, transactions: recorded, stage: 'in share units' })
  setAside(made.transactions)
  return made
}

/** Stored bars and quotes as histories, and transactions in order. */
function asRecorded({ transactions, markets, ...rest }: RawLedger): LedgerAt<'as recorded'> {
  const { baseCurrency } = rest
  // what happened where the day has begun already has happened
  const today = transactions.reduce((day, { date }) => (date > day ? date : day), rest.today)
  const currencies = [...markets.values()].flatMap(({ instrument }) => instrument?.currency ?? [])
  const pairs = currencies
    .filter((currency) => currency !== baseCurrency)
    .map((currency) => pairOf(currency, baseCurrency))
  const symbols = [...new Set([...markets.keys(), ...pairs])]
  return {
    ...rest,
    today,
    stage: 'as recorded',
    transactions: inDayOrder(transactions),
    markets: new Map(symbols.map((symbol) => [symbol, market(markets.get(symbol) ?? nothing, today)])),
  }
}

const nothing: StoredMarket = { instrument: null, bars: noPrices, splits: [], dividends: [], quote: null }

/** Which sale waits for the day's purchases is known only once share units are. */
function withDayTrades(ledger: LedgerAt<'in share units'>): LedgerAt<'in share units'> {
  return {
    ...ledger,
    transactions: inOrder(ledger.transactions, (symbol) => splitsOf(ledger.markets.get(symbol))),
  }
}

/**
 * Adds the rows that nobody entered but that follow from the others, which are in order. They are made anew at every
 * reading and never stored.
 */
function withDerivedRows(ledger: LedgerAt<'in share units'>): Ledger {
  return { ...ledger, transactions: joined(ledger.transactions, derivedDividends(ledger)), stage: 'ready' }
}
