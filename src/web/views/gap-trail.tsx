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
import { type Label, parts, t, translated } from '../words/words.ts'

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
    {
      name: t('Date'),
      write: (flow) => dated(flow.day),
      foot: [sale ? t('Shares kept') : t('Value'), t('Together')],
    },
    {
      at: 'text what',
      name: t('What'),
      write: ({ kind }) => t(flowNames[kind]),
      foot: [t('on {day}', { day: day(until) }), ''],
    },
    {
      at: 'amount',
      name: t('Amount'),
      write: ({ amount }) => <span data-money>{signedMoney(amount, currency)}</span>,
      foot: [<span data-money>{money(value, currency)}</span>, ''],
    },
    {
      at: 'then',
      name: t('{benchmark} then', { benchmark }),
      hint: t('The index of {benchmark}’s total return, dividends reinvested, on that day', { benchmark }),
      write: ({ index: then }) => level(then),
    },
    { at: 'wide', name: t('{benchmark} now', { benchmark }), write: () => level(index) },
    {
      at: 'carried',
      name: t('Carried'),
      hint: t('Amount × index now ÷ index then'),
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
        aria-label={t('Flows')}
        {...liveRegion('trail', trailPath(id, benchmark, part, trade))}
      >
        <p class="aside">
          {t(
            'Each amount is carried to {day} as if it had been in {benchmark} from its day on: amount × index now ({index}) ÷ index then.',
            { day: day(until), benchmark, index: level(index) },
          )}{' '}
          {parts(
            sale
              ? 'What the sale brought is held against what its shares would be worth now, and would have paid since. That judges the sale alone and is no part of {gap}: the proceeds are already in the purchases whose shares were sold.'
              : 'symbol' in of && of.lot !== undefined
                ? 'Their sum, with today’s value, is this part of {gap}: the purchases of a symbol add up to its own.'
                : 'Their sum, with today’s value, is this part of {gap}.',
            { gap: <a href={gapPath(id, benchmark)}>{t('the gap')}</a> },
          )}{' '}
          {'symbol' in of &&
            parts('See {symbol}.', { symbol: <SymbolLink portfolio={id} symbol={of.symbol} /> })}
        </p>
        {trail.reason !== null && <p class="reason">{sentence(trail.reason)}</p>}
        <Table columns={columns} rows={rows} label={t('Flows')} class="trail" foot={[null, 'trail-total']} />
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
  const name = 'line' in of ? translated(lineNames[of.line]) : nameOf(of)
  return t('{name} against {benchmark}', { name, benchmark })
}

function nameOf({ symbol, lot, sale }: Extract<TrailOf, { symbol: string }>): string {
  return lot !== undefined
    ? t('A purchase of {symbol}', { symbol })
    : sale !== undefined
      ? t('A sale of {symbol}', { symbol })
      : symbol
}

export function isTrailLine(part: string): part is TrailLine {
  return part === 'cash_drag' || part === 'fees' || part === 'interest' || part === 'uncovered'
}

export const flowNames: Record<TrailReport['flows'][number]['kind'], Label> = {
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
