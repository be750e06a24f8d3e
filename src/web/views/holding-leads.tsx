import { html } from './html.ts'
import type { Child } from 'hono/jsx'
import { type Money, sum, text } from '../../portfolio/decimal.ts'
import { type GapInCents, gapInCents } from '../../snapshot/gap-in-cents.ts'
import type { HoldingRow } from '../../snapshot/holding-row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { currencySymbol, none, pointsTone, signedPercent, worded } from '../format.ts'
import { Gain, Lead } from './figure.tsx'
import { gapPath, trailPath } from './gap-path.ts'
import type { FootRow } from './holding-columns.tsx'
import type { HoldingColumn } from './holding-order.tsx'
import type { Column } from './table.tsx'
import { t, translated } from '../words/words.ts'

/** How far a holding is ahead of the same money in the benchmark. */
export function lead(benchmark: string, holdings: readonly HoldingRow[]): HoldingColumn {
  const leads = holdings.map(({ vs }) => vs[benchmark] ?? 0)
  const [least, most] = [Math.min(...leads, 0), Math.max(...leads, 0)]
  // for every row from the same zero line, as far as the largest lead and the largest lag leave room for it
  const bar = (of: number) => {
    const part = (points: number) => `${((100 * points) / (most - least)).toFixed(1)}%`
    return html`<svg class="bar gain-${pointsTone(of)}" aria-hidden="true"><rect x="${part(Math.min(of, 0) - least)}" width="${part(Math.abs(of))}" height="100%"/></svg>`
  }
  return {
    at: 'versus',
    called: `vs-${benchmark}`,
    name: t('vs {benchmark}, pp', { benchmark }),
    hint: t(
      'Lead of its total return over the same money in {benchmark} on the same days, in percentage points',
      { benchmark },
    ),
    key: ({ vs }) => vs[benchmark] ?? null,
    write: ({ vs }) => {
      const own = vs[benchmark] ?? null
      const shown = Lead({ of: own, live: `versus-${benchmark}` })
      return html`${own !== null && own !== 0 && bar(own)}<i>${t('vs {benchmark}', { benchmark })}</i> ${shown}`
    },
    title: (holding) => {
      const theirs = holding.benchmarks[benchmark] ?? null
      if (theirs === null) return undefined
      return t('total return {own}, {benchmark} {theirs}', {
        own: signedPercent(holding.total_return),
        benchmark,
        theirs: signedPercent(theirs),
      })
    },
  }
}

/** The same in money, and the flows behind it: with its foot the column adds up to the headline's gap. */
export function leadInMoney(
  benchmark: string,
  snapshot: Snapshot,
  foot: (cells: Partial<Record<FootRow, Child>>) => Child[],
): HoldingColumn {
  const { id, base_currency: currency } = snapshot.portfolio
  const { found, whole, own } = inMoney(benchmark, snapshot)
  const all = (of: (known: GapInCents) => Money) =>
    whole
      ? html`<a href="${gapPath(id, benchmark)}">${Gain({ amount: text(of(whole)), currency })}</a>`
      : html`<span title="${typeof found === 'string' && translated(found)}">${none}</span>`
  return {
    at: 'versus-money',
    called: `vs-${benchmark}-money`,
    ...added(benchmark, snapshot, own),
    key: (holding) => {
      const amount = own(holding)
      return amount === null ? null : Number(amount)
    },
    foot: foot({
      closed: all(({ parts }) => sum(parts.filter(({ isOpen }) => !isOpen).map(({ gap }) => gap))),
      cash: all(({ lines }) => sum(lines.map(({ gap }) => gap))),
      total: all(({ gap }) => gap),
    }),
  }
}

/** What each position has added to the gap. */
export function added(benchmark: string, snapshot: Snapshot, own = inMoney(benchmark, snapshot).own) {
  const { id, base_currency: currency } = snapshot.portfolio
  return {
    name: t('vs {benchmark}, {currency}', { benchmark, currency: currencySymbol(currency) }),
    hint: t(
      'What it has added to the gap to {benchmark}, sold shares and dividends included: the column adds up to the gap',
      { benchmark },
    ),
    write: (holding) => {
      const amount = own(holding)
      const figure = Gain({ amount, currency, live: `money-${benchmark}` })
      const path = trailPath(id, benchmark, holding.symbol)
      // the table is one stop of the Tab key
      return amount === null ? figure : html`<a href="${path}" tabindex="-1">${figure}</a>`
    },
    title: ({ reasons }) => {
      const reason = reasons[`vs_money.${benchmark}`]
      return reason && worded(reason)
    },
  } satisfies Column<HoldingRow>
}

/** In cents that add up where all are known. */
function inMoney(benchmark: string, snapshot: Snapshot) {
  const found = gapInCents(snapshot, benchmark)
  const whole = typeof found === 'string' ? null : found
  const bySymbol = new Map(whole?.parts.map(({ symbol, gap }) => [symbol, gap]))
  const own = ({ symbol, vs_money }: HoldingRow): string | null =>
    whole ? text(bySymbol.get(symbol) ?? null) : (vs_money[benchmark] ?? null)
  return { found, whole, own }
}
