import { type Money, text } from '../../portfolio/decimal.ts'
import { centsAddingUp, gapInCents, lineNames } from '../../snapshot/gap-in-cents.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { TrailLine, TrailOf, TrailReport } from '../../snapshot/trail-report.ts'
import type { Clock } from '../clock.ts'
import { day, money, none, sentence, signedMoney } from '../format.ts'
import { Gain } from './figure.tsx'
import { gapPath, trailPath } from './gap-path.ts'
import { dated } from './list.tsx'
import { liveRegion, PortfolioPage } from './portfolio-page.tsx'
import { SymbolLink } from './symbol.tsx'
import { type Column, Table } from './table.tsx'

type TrailProps = { snapshot: Snapshot; clock: Clock; of: TrailOf; trail: TrailReport }

/** Every flow behind one figure of the gap: the day, the amount, the index then and now, and what that makes. */
export const TrailPage = ({ snapshot, clock, of, trail }: TrailProps) => {
  const { id, base_currency: currency } = snapshot.portfolio
  const { benchmark, until, index, value } = trail
  const sale = 'symbol' in of && of.sale !== undefined
  const [worth, whole] = [centsOf(value), totalOf(snapshot, of, trail)]
  const carried = centsAddingUp(
    trail.flows.map((flow) => flow.carried),
    whole === null || worth === null ? null : whole - worth,
  )
  const rows = trail.flows.map((flow, i) => ({ ...flow, carried: text(carried[i]!) }))
  const columns: Column<TrailReport['flows'][number]>[] = [
    { name: 'Date', write: (flow) => dated(flow.day), foot: [sale ? 'Shares kept' : 'Value', 'Together'] },
    { at: 'text what', name: 'What', write: ({ kind }) => flowNames[kind], foot: [`on ${day(until)}`, ''] },
    {
      at: 'amount',
      name: 'Amount',
      write: ({ amount }) => <span data-money>{signedMoney(amount, currency)}</span>,
      foot: [<span data-money>{money(value, currency)}</span>, ''],
    },
    {
      at: 'then',
      name: `${benchmark} then`,
      hint: `The index of ${benchmark}’s total return, dividends reinvested, on that day`,
      write: ({ index: then }) => level(then),
    },
    { at: 'wide', name: `${benchmark} now`, write: () => level(index) },
    {
      at: 'carried',
      name: 'Carried',
      hint: 'Amount × index now ÷ index then',
      write: ({ carried }) => <Gain amount={carried} currency={currency} />,
      foot: [<Gain amount={value} currency={currency} />, <Gain amount={text(whole)} currency={currency} />],
    },
  ]
  const part = 'line' in of ? of.line : of.symbol
  const trade = 'line' in of ? {} : of
  return (
    <PortfolioPage title={trailTitle(of, benchmark)} snapshot={snapshot} clock={clock}>
      <section
        class="panel"
        aria-label="Flows"
        {...liveRegion('trail', trailPath(id, benchmark, part, trade))}
      >
        <p class="aside">
          Each amount is carried to {day(until)} as if it had been in {benchmark} from its day on: amount ×
          index now ({level(index)}) ÷ index then.{' '}
          {sale ? (
            <>
              What the sale brought is held against what its shares would be worth now, and would have paid
              since. That judges the sale alone and is no part of <a href={gapPath(id, benchmark)}>the gap</a>
              : the proceeds are already in the purchases whose shares were sold.
            </>
          ) : (
            <>
              Their sum, with today’s value, is this part of <a href={gapPath(id, benchmark)}>the gap</a>
              {'symbol' in of && of.lot !== undefined && ': the purchases of a symbol add up to its own'}.
            </>
          )}{' '}
          {'symbol' in of && (
            <>
              See <SymbolLink portfolio={id} symbol={of.symbol} />.
            </>
          )}
        </p>
        {trail.reason !== null && <p class="reason">{sentence(trail.reason)}</p>}
        <Table columns={columns} rows={rows} label="Flows" class="trail" foot={[null, 'trail-total']} />
      </section>
    </PortfolioPage>
  )
}

/** As the gap's page writes it, in cents; of one purchase or sale, rounded. */
function totalOf(snapshot: Snapshot, of: TrailOf, { benchmark, gap }: TrailReport): Money | null {
  const found = gapInCents(snapshot, benchmark)
  if (typeof found === 'string' || isOfOne(of)) return centsOf(gap)
  const same =
    'line' in of
      ? found.lines.find(({ line }) => line === of.line)
      : found.parts.find(({ symbol }) => symbol === of.symbol)
  return same?.gap ?? centsOf(gap)
}

function isOfOne(of: TrailOf): boolean {
  return 'symbol' in of && (of.lot ?? of.sale) !== undefined
}

function centsOf(amount: string | null): Money | null {
  return centsAddingUp([amount], null)[0]!
}

/** `TSLA against VOO`. */
export function trailTitle(of: TrailOf, benchmark: string): string {
  const name = 'line' in of ? lineNames[of.line] : nameOf(of)
  return `${name} against ${benchmark}`
}

function nameOf({ symbol, lot, sale }: Extract<TrailOf, { symbol: string }>): string {
  return lot !== undefined ? `A purchase of ${symbol}` : sale !== undefined ? `A sale of ${symbol}` : symbol
}

export function isTrailLine(part: string): part is TrailLine {
  return part === 'cash_drag' || part === 'fees' || part === 'interest' || part === 'uncovered'
}

export const flowNames: Record<TrailReport['flows'][number]['kind'], string> = {
  start: 'Held at the start',
  buy: 'Bought',
  sell: 'Sold',
  dividend: 'Dividend',
  interest: 'Interest',
  return_of_capital: 'Capital returned',
  fee: 'Fee',
  tax: 'Tax',
  transfer_in: 'Transferred in',
  transfer_out: 'Transferred out',
  spin_off: 'Spun off',
  exchange: 'Exchanged',
  cash: 'Cash',
  missing: 'More than the benchmark had',
  before: 'Gap at the start',
  missed: 'Dividend missed',
}

function level(index: number | null): string {
  return index === null ? none : index.toFixed(4)
}
