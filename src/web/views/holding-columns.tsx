import { html } from './html.ts'
import type { Child } from 'hono/jsx'
import { toNumber } from '../../portfolio/decimal.ts'
import { kindNames } from '../../portfolio/instrument.ts'
import { readTargets, type TargetsBy } from '../../portfolio/target.ts'
import type { HoldingRow, Quarantined } from '../../snapshot/holding-row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { isWhatIf } from '../../snapshot/waterfall.ts'
import {
  exact,
  money,
  none,
  percent,
  points,
  price,
  shares,
  shortDay,
  signedMoney,
  when,
  worded,
} from '../format.ts'
import type { Clock } from '../clock.ts'
import { Change, Gain, Moment, Stale } from './figure.tsx'
import { lead, leadInMoney } from './holding-leads.tsx'
import type { HoldingColumn } from './holding-order.tsx'
import { instrumentPath } from './symbol.tsx'
import { type Label, t, translated } from '../words/words.ts'

/** What a row needs to know besides its holding. */
export type About = {
  snapshot: Snapshot
  clock: Clock
  /** By symbol, the share of all there is. */
  weights: ReadonlyMap<string, number>
  benchmark: string | null
}

/** Below the open positions: what else the portfolio's value and its gap consist of, and both. */
export type FootRow = 'closed' | 'cash' | 'total'

export function footRows({ snapshot, benchmark }: About): FootRow[] {
  const { summary, closed, gaps } = snapshot
  const summed = benchmark === null ? undefined : gaps[benchmark]
  const lines = summed
    ? [
        summed.cash_drag,
        summed.fees,
        summed.interest,
        summed.uncovered,
        summed.elsewhere,
        summed.instead ?? '0',
        summed.put_in ?? '0',
      ]
    : []
  const hasLines = Number(summary.cash ?? 0) !== 0 || lines.some((line) => Number(line ?? 0) !== 0)
  return [
    ...(closed.length > 0 && benchmark !== null ? (['closed'] as const) : []),
    ...(hasLines ? (['cash'] as const) : []),
    'total',
  ]
}

const number = (decimal: string | null) => (decimal === null ? null : Number(decimal))

/** The columns in the order of the question: what is it worth, is it ahead, and only then what it has gained. */
export function columnsOf(about: About): HoldingColumn[] {
  const { snapshot, weights: own, benchmark } = about
  const { portfolio, totals, summary } = snapshot
  const currency = portfolio.base_currency
  const isVariant = isWhatIf(snapshot, benchmark)
  const largest = Math.max(...own.values(), 0)
  const cost = Number(totals.cost_basis)
  const gained = totals.unrealized_gain !== null && cost > 0 ? Number(totals.unrealized_gain) / cost : null
  const shown = footRows(about)
  const withCash = shown.includes('cash')
  const foot = (cells: Partial<Record<FootRow, Child>>) => shown.map((row) => cells[row] ?? '')
  const amount = (value: string | null, live?: string) =>
    html`<span data-money${live && html` data-live="${live}"`}>${money(value, currency)}</span>`
  return [
    {
      at: 'name',
      name: t('Holding'),
      key: ({ symbol }) => symbol,
      write: (holding) => name(holding, about),
      foot: foot({
        closed: html`<a href="#closed">${t('Closed positions')}</a>`,
        cash: benchmark === null ? t('Cash') : isVariant ? t('Cash and the rest') : t('Cash and fees'),
        total: t('Total'),
      }),
    },
    {
      at: 'price',
      name: t('Price'),
      key: (holding) => number(holding.price),
      write: (holding) => latestPrice(holding, about.clock),
    },
    {
      at: 'shares wide',
      called: 'shares',
      name: t('Shares'),
      key: (holding) => number(holding.shares),
      // price × shares is money
      write: (holding) => {
        const [whole, shown] = [exact(holding.shares), shares(holding.shares)]
        return html`<span data-money${whole !== shown && html` title="${whole}"`}>${shown}</span>`
      },
    },
    {
      at: 'value',
      name: t('Value'),
      key: ({ market_value }) => number(market_value),
      write: ({ market_value }) => amount(market_value, 'value'),
      foot: foot({
        cash: amount(summary.cash),
        total: amount(withCash ? summary.value : totals.market_value, 'total'),
      }),
    },
    {
      at: 'day',
      name: t('Day'),
      hint: t('Since the close of the session before'),
      key: ({ day_change_ratio }) => day_change_ratio,
      write: ({ day_change_ratio }) => Change({ ratio: day_change_ratio, live: 'day', arrow: true }),
      title: ({ day_change }) => (day_change === null ? undefined : signedMoney(day_change, currency)),
      foot: foot({
        total:
          totals.day_change !== null &&
          html`<span title="${signedMoney(totals.day_change, currency)}">${Change({ ratio: summary.today.ratio, arrow: true })}</span>`,
      }),
    },
    ...(benchmark === null
      ? []
      : [
          // a holding has no return by a what-if
          ...(isVariant ? [] : [lead(benchmark, snapshot.holdings)]),
          leadInMoney(benchmark, snapshot, foot),
        ]),
    {
      at: 'gain wide',
      called: 'gain',
      name: t('Gain'),
      hint: t('Value − cost of the open lots, fees included'),
      key: ({ unrealized_gain }) => number(unrealized_gain),
      write: ({ unrealized_gain }) => Gain({ amount: unrealized_gain, currency, live: 'gain' }),
      title: ({ cost_basis }) =>
        cost_basis === null ? undefined : t('Cost {cost}', { cost: money(cost_basis, currency) }),
      foot: foot({ total: Gain({ amount: totals.unrealized_gain, currency, live: 'total-gain' }) }),
    },
    {
      at: 'gain-ratio',
      name: t('Gain %'),
      hint: t('Gain ÷ cost, without dividends'),
      key: ({ gain_ratio }) => gain_ratio,
      write: ({ gain_ratio }) => Change({ ratio: gain_ratio, live: 'gain-ratio', arrow: true }),
      foot: foot({ total: Change({ ratio: gained, arrow: true }) }),
    },
    {
      at: 'weight wide',
      called: 'weight',
      name: t('Weight'),
      hint: t('Share of total value'),
      key: ({ symbol }) => own.get(symbol) ?? null,
      write: ({ symbol }) => weight(own.get(symbol) ?? null, largest),
      foot: foot({ cash: weight(own.get('Cash') ?? 0, largest) }),
    },
    ...driftColumn(about),
  ]
}

/** How far a holding, or all of its type or its currency, is from what that is to weigh; none without targets. */
function driftColumn(about: About): HoldingColumn[] {
  const { weights: own } = about
  const { portfolio, holdings } = about.snapshot
  const read = readTargets(portfolio.targets ?? '')
  if (!read || 'reason' in read) return []
  const { by, weights } = read.targets
  const drifts = new Map(weights.map(({ name: part, weight: wanted }) => [part, -toNumber(wanted)]))
  for (const row of holdings)
    drifts.set(partOf[by](row), (drifts.get(partOf[by](row)) ?? 0) + (own.get(row.symbol) ?? 0))
  const drift = (row: HoldingRow) => (own.has(row.symbol) ? drifts.get(partOf[by](row))! : null)
  return [
    {
      at: 'drift wide',
      called: 'drift',
      name: t('Drift'),
      hint: t('{whose} − target, in percentage points', { whose: t(whose[by]) }),
      key: drift,
      write: (holding) => points(drift(holding)),
      ...(by !== 'holding' && { title: (row: HoldingRow) => translated(partOf[by](row)) }),
      foot: footRows(about).map(() => ''),
    },
  ]
}

/** The part of a portfolio that a holding is in. */
const partOf: Record<TargetsBy, (row: HoldingRow) => string> = {
  holding: ({ symbol }) => symbol,
  kind: ({ kind }) => kindNames[kind],
  currency: ({ currency }) => currency,
}

const whose: Record<TargetsBy, Label> = {
  holding: 'Weight',
  kind: 'Weight of its type',
  currency: 'Weight of its currency',
}

function name(holding: HoldingRow, { snapshot, clock }: About) {
  const { reason, quarantined } = holding
  const reasons = [reason, quarantined && rejection(quarantined, clock.now)].filter((each) => each !== null)
  const said = reasons.map((each) => html`<span class="reason">${worded(each)}</span>`)
  return html`${Instrument({ portfolio: snapshot.portfolio.id, ...holding })}${partsOf(holding)}${said}`
}

/** In a group, what each portfolio holds of it: there it can be changed. */
function partsOf({ symbol, parts = [] }: HoldingRow) {
  if (parts.length === 0) return ''
  const each = parts.map(
    ({ portfolio, name: whose, shares: held }) =>
      html` <a href="${instrumentPath(portfolio, symbol)}">${whose} <span data-money>${shares(held)}</span></a>`,
  )
  return html`<span class="held-in">${each}</span>`
}

/** The symbol and the name, with a link to its page. */
export const Instrument = ({
  portfolio,
  symbol,
  name,
}: {
  portfolio: string
  symbol: string
  name: string
}) => {
  const other = name === symbol ? '' : name
  return html`<a href="${instrumentPath(portfolio, symbol)}"><span class="symbol">${symbol}</span> <span class="instrument">${other}</span></a>`
}

function latestPrice(holding: HoldingRow, clock: Clock) {
  const { price_as_of, price_day, price_from, quarantined } = holding
  if (holding.price === null) return none
  const old = holding.delisted === null && clock.stale(holding) && Stale()
  const held =
    quarantined &&
    html`<mark class="stale" title="${rejection(quarantined, clock.now)}">${t('price in doubt')}</mark>`
  const paid =
    price_from === 'paid' &&
    html`<span title="${t('Valued at what the latest trade paid')}">${t('paid')}</span> `
  const of =
    price_as_of !== null && price_from !== 'paid'
      ? Moment({ at: price_as_of, now: clock.now })
      : price_day && html`<time datetime="${price_day}">${shortDay(price_day, clock.now)}</time>`
  const latest = price(holding.price, holding.currency)
  return html`${old}${held} <small>${paid}${of}</small> <span data-live="price">${latest}</span>`
}

function rejection({ price: reported, currency, at, reason }: Quarantined, now: number): string {
  return t('a price of {price} at {at} is held for review: {reason}', {
    price: price(reported, currency),
    at: when(at, now),
    reason: worded(reason),
  })
}

/** A bar behind the figure, as wide as the cell for the largest. */
function weight(ratio: number | null, largest: number) {
  const width = largest > 0 ? ((100 * (ratio ?? 0)) / largest).toFixed(1) : '0'
  const bar = html`<svg class="bar" aria-hidden="true"><rect width="${width}%" height="100%"/></svg>`
  return html`${ratio !== null && bar}<span>${percent(ratio)}</span>`
}
