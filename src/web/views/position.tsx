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
              <a class="unit" href={trailPath(id, benchmark, symbol)} title="What it has added to your gap">
                <Gain amount={text(positionInCents(snapshot, benchmark, symbol))} currency={currency} />
              </a>
            </Card>
          ))}
        </Cards>
      )}
      <Cards>
        <Card name="Shares" title={exact(position.shares)} note={isOpen ? null : 'sold'}>
          {shares(position.shares)}
        </Card>
        <Card name="Value" note={weight === undefined ? null : `${percent(weight)} of the portfolio`}>
          <span data-money data-live="value">
            {money(position.market_value, currency)}
          </span>
        </Card>
        <Card name="Cost" note="of the open lots">
          <span data-money>{money(position.cost_basis, currency)}</span>
        </Card>
        <Card name="Unrealized gain" note={<Change ratio={position.gain_ratio} live="gain-ratio" arrow />}>
          <Gain amount={position.unrealized_gain} currency={currency} live="gain" />
        </Card>
        <Card name="Realized gain">
          <Gain amount={position.realized_gain} currency={currency} />
        </Card>
        {Number(position.dividends ?? 1) !== 0 && (
          <Card
            name="Dividends"
            note={
              position.dividend_yield === null
                ? null
                : `${percent(position.dividend_yield)} yield, ${percent(position.yield_on_cost)} on cost`
            }
          >
            <span data-money>{money(position.dividends, currency)}</span>
          </Card>
        )}
        <Card
          name="XIRR"
          title={why('xirr')}
          note={position.xirr === null ? why('xirr') : 'a year, dividends included'}
        >
          {signedPercent(position.xirr)}
        </Card>
        {position.currency !== currency && (
          <Card
            name="From currencies"
            note={
              <>
                prices <span data-money>{signedMoney(position.price_gain, currency)}</span>
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
  if (theirs === null) return <>{benchmark} has no price on one of the days</>
  const { total_return: unknown } = of.reasons
  if (of.total_return === null && unknown) return <>total return not known: {unknown}</>
  return (
    <>
      total return {signedPercent(of.total_return)}; the same money in {benchmark} made{' '}
      {signedPercent(theirs)}
    </>
  )
}

const Ahead = ({ of }: { of: number | null }) => (
  <>
    <Lead of={of} />
    {of !== null && <span class="unit"> pp</span>}
  </>
)
