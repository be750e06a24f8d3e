import { allocation } from '../../snapshot/allocation.ts'
import { text } from '../../portfolio/decimal.ts'
import { positionInCents } from '../../snapshot/gap-in-cents.ts'
import type { HoldingRow } from '../../snapshot/holding-row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { exact, money, percent, sentence, shares, signedMoney, signedPercent } from '../format.ts'
import { ExplainLead } from './explain-lead.tsx'
import { Change, Gain, Lead } from './figure.tsx'
import { trailPath } from './gap-path.ts'
import { Card, Cards } from './portfolio-page.tsx'
import { parts, t, translated } from '../words/words.ts'

export const Position = ({ position, snapshot }: { position: HoldingRow; snapshot: Snapshot }) => {
  const { reasons, symbol } = position
  const { id, benchmarks, base_currency: currency } = snapshot.portfolio
  const why = (figure: string) => (reasons[figure] ? sentence(reasons[figure]) : undefined)
  const isOpen = Number(position.shares) > 0
  const weight = allocation(snapshot).holdings.find(({ name }) => name === symbol)?.ratio
  return (
    <>
      {benchmarks.length > 0 && (
        <Cards>
          {benchmarks.map((benchmark) => (
            <Card
              name={<ExplainLead of={{ position, benchmark }} snapshot={snapshot} />}
              note={isOpen && <Returns of={position} benchmark={benchmark} />}
            >
              {isOpen && <Ahead of={position.vs[benchmark] ?? null} />}{' '}
              <a
                class="unit"
                href={trailPath(id, benchmark, symbol)}
                title={t('What it has added to the gap')}
              >
                <Gain amount={text(positionInCents(snapshot, benchmark, symbol))} currency={currency} />
              </a>
            </Card>
          ))}
        </Cards>
      )}
      <Cards>
        <Card name={t('Shares')} title={exact(position.shares)} note={isOpen ? null : t('sold')}>
          <span data-money>{shares(position.shares)}</span>
        </Card>
        <Card
          name={t('Value')}
          note={weight === undefined ? null : t('{percent} of the portfolio', { percent: percent(weight) })}
        >
          <span data-money data-live="value">
            {money(position.market_value, currency)}
          </span>
        </Card>
        <Card name={t('Cost')} note={t('of the open lots')}>
          <span data-money>{money(position.cost_basis, currency)}</span>
        </Card>
        <Card
          name={t('Unrealized gain')}
          note={<Change ratio={position.gain_ratio} live="gain-ratio" arrow />}
        >
          <Gain amount={position.unrealized_gain} currency={currency} live="gain" />
        </Card>
        <Card name={t('Realized gain')}>
          <Gain amount={position.realized_gain} currency={currency} />
        </Card>
        {Number(position.dividends ?? 1) !== 0 && (
          <Card
            name={t('Dividends')}
            note={
              position.dividend_yield === null
                ? null
                : t('{yield} yield, {on_cost} on cost', {
                    yield: percent(position.dividend_yield),
                    on_cost: percent(position.yield_on_cost),
                  })
            }
          >
            <span data-money>{money(position.dividends, currency)}</span>
          </Card>
        )}
        <Card
          name={t('XIRR')}
          title={why('xirr')}
          note={position.xirr === null ? why('xirr') : t('a year, dividends included')}
        >
          {signedPercent(position.xirr)}
        </Card>
        {position.currency !== currency && (
          <Card
            name={t('From currencies')}
            note={
              <>
                {parts('prices {amount}', {
                  amount: <span data-money>{signedMoney(position.price_gain, currency)}</span>,
                })}
              </>
            }
          >
            <Gain amount={position.currency_gain} currency={currency} />
          </Card>
        )}
      </Cards>
    </>
  )
}

const Returns = ({ of, benchmark }: { of: HoldingRow; benchmark: string }) => {
  const theirs = of.benchmarks[benchmark] ?? null
  if (theirs === null) return <>{t('{benchmark} has no price on one of the days', { benchmark })}</>
  const { total_return: unknown } = of.reasons
  if (of.total_return === null && unknown)
    return <>{t('total return not known: {reason}', { reason: translated(unknown) })}</>
  return (
    <>
      {t('total return {percent}; the same money in {benchmark} made {theirs}', {
        percent: signedPercent(of.total_return),
        benchmark,
        theirs: signedPercent(theirs),
      })}
    </>
  )
}

const Ahead = ({ of }: { of: number | null }) => (
  <>
    <Lead of={of} />
    {of !== null && <span class="unit"> {t('pp')}</span>}
  </>
)
