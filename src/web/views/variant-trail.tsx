import { text } from '../../portfolio/decimal.ts'
import { standInOf } from '../../portfolio/stand-in.ts'
import { centsAddingUp, gapInCents, lineNames } from '../../snapshot/gap-in-cents.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { VariantTrailOf, VariantTrailReport } from '../../snapshot/variant-trail-report.ts'
import type { Clock } from '../clock.ts'
import { day, sentence, signedMoney } from '../format.ts'
import { Gain } from './figure.tsx'
import { gapPath, trailPath } from './gap-path.ts'
import { flowNames } from './gap-trail.tsx'
import { dated } from './list.tsx'
import { liveRegion, PortfolioPage } from './portfolio-page.tsx'
import { SymbolLink } from './symbol.tsx'
import { type Column, Table } from './table.tsx'
import { parts, t, translated } from '../words/words.ts'

type Props = { snapshot: Snapshot; clock: Clock; of: VariantTrailOf; trail: VariantTrailReport }

/** Every flow behind one figure of the gap to a what-if that only the portfolio has, or only the what-if. */
export const VariantTrailPage = ({ snapshot, clock, of, trail }: Props) => {
  const { id, base_currency: currency } = snapshot.portfolio
  const { what_if: whatIf, until, value } = trail
  const whole = totalOf(snapshot, of, trail)
  const [worth = null] = centsAddingUp([value], null)
  const adds = centsAddingUp(
    trail.flows.map((flow) => flow.adds),
    whole === null || worth === null ? null : whole - worth,
  )
  const rows = trail.flows.map((flow, i) => ({ ...flow, adds: text(adds[i]!) }))
  const isSymbol = 'symbol' in of || of.line === 'instead'
  const foot = <T,>(onValue: T, onWhole: T) => (isSymbol ? [onValue, onWhole] : [onWhole])
  const columns: Column<(typeof rows)[number]>[] = [
    { name: t('Date'), write: (flow) => dated(flow.day), foot: foot(t('Value'), t('Together')) },
    {
      at: 'text what',
      name: t('What'),
      write: ({ kind, here, amount }) => {
        const name = kind === 'put_in' ? putInNames[Number(amount) < 0 ? 'out' : 'in'] : flowNames[kind]
        return t(here ? '{what}, as it is' : '{what}, what if', { what: translated(name) })
      },
      foot: foot(t('on {day}', { day: day(until) }), ''),
    },
    {
      at: 'amount',
      name: t('Amount'),
      write: ({ amount }) => <span data-money>{signedMoney(amount, currency)}</span>,
      foot: foot('', ''),
    },
    {
      at: 'carried',
      name: t('Adds'),
      hint: t('What it adds to the gap: the amount, or its opposite where only the what-if has it'),
      write: (flow) => <Gain amount={flow.adds} currency={currency} />,
      foot: foot(
        <Gain amount={text(worth)} currency={currency} />,
        <Gain amount={text(whole)} currency={currency} />,
      ),
    },
  ]
  const part = 'line' in of ? of.line : of.symbol
  const lot = 'lot' in of ? of.lot : undefined
  return (
    <PortfolioPage title={variantTrailTitle(of, whatIf)} snapshot={snapshot} clock={clock}>
      <section
        class="panel"
        aria-label={t('Flows')}
        {...liveRegion('trail', trailPath(id, whatIf, part, { lot }))}
      >
        <p class="aside">
          {isSymbol
            ? t(
                'What this is worth on {day}, less what it would be worth, and every amount that only the portfolio has, or only the what-if.',
                { day: day(until) },
              )
            : t('Every amount that only the portfolio has, or only the what-if.')}{' '}
          {parts(
            lot === undefined
              ? 'Each counts as it was on its day. Their sum is this part of {gap}.'
              : 'Each counts as it was on its day. Their sum is this part of {gap}: the purchases of a symbol add up to its own.',
            { gap: <a href={gapPath(id, whatIf)}>{t('the gap')}</a> },
          )}{' '}
          {'symbol' in of && (
            <>{parts('See {symbol}.', { symbol: <SymbolLink portfolio={id} symbol={of.symbol} /> })}</>
          )}
        </p>
        {trail.reason !== null && <p class="reason">{sentence(trail.reason)}</p>}
        <Table
          columns={columns}
          rows={rows}
          label={t('Flows')}
          class="trail by-what-if"
          foot={isSymbol ? [null, 'trail-total'] : ['trail-total']}
        />
      </section>
    </PortfolioPage>
  )
}

const putInNames = { in: 'Put in', out: 'Taken out' } as const

/** As the gap's page writes it, in cents; of one purchase, rounded. */
function totalOf(snapshot: Snapshot, of: VariantTrailOf, { what_if: whatIf, gap }: VariantTrailReport) {
  const [rounded = null] = centsAddingUp([gap], null)
  const found = gapInCents(snapshot, whatIf)
  if (typeof found === 'string' || ('lot' in of && of.lot !== undefined)) return rounded
  const same =
    'line' in of
      ? found.lines.find(({ line }) => line === of.line)
      : found.parts.find(({ symbol }) => symbol === of.symbol)
  return same?.gap ?? rounded
}

/** `TSLA against no TSLA`. */
export function variantTrailTitle(of: VariantTrailOf, whatIf: string): string {
  const name =
    'symbol' in of ? of.symbol : translated(of.line === 'instead' ? standInOf(whatIf) : lineNames[of.line])
  return t('{name} against {benchmark}', {
    name: 'lot' in of && of.lot !== undefined ? t('A purchase of {name}', { name }) : name,
    benchmark: whatIf,
  })
}

export function isVariantLine(part: string): part is 'fees' | 'interest' | 'put_in' {
  return part === 'fees' || part === 'interest' || part === 'put_in'
}
