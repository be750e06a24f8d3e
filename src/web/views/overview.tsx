import { gapShown } from '../../snapshot/gap-in-cents.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { money, sentence, signedMoney, tone } from '../format.ts'
import type { Clock } from '../clock.ts'
import { Arrow, Change, Gain, isLong } from './figure.tsx'
import { type ListedRow, type ListOrder, PortfolioList, queryOf, sorted } from './portfolio-list.tsx'
import { addressOf, Heading } from './portfolio-page.tsx'
import { parts, t, translated } from '../words/words.ts'

type Props = { snapshot: Snapshot; clock: Clock; rows: readonly ListedRow[]; order: ListOrder | null }

/** The first page of somebody with several portfolios: the total, and each of them in a line. */
export const Overview = ({ snapshot, clock, rows, order }: Props) => (
  <div class="sheet overview">
    <Heading
      title={translated(snapshot.portfolio.name)}
      priced={{ snapshot, clock }}
      actions={
        <>
          <a class="button" href="/portfolios/new">
            {t('New portfolio')}
          </a>
          <a class="button" href="/groups/new">
            {t('New group')}
          </a>
        </>
      }
    />
    <section
      id="portfolios"
      class="panel"
      aria-label={t('Portfolios')}
      hx-get={addressOf('/', queryOf(order))}
      hx-select="#portfolios"
      hx-trigger="changed from:body"
      hx-swap="outerMorph"
    >
      <Total snapshot={snapshot} />
      <PortfolioList rows={sorted(rows, snapshot, order)} label={t('Portfolios')} order={order} />
      <p class="aside">
        {t('Each line is in its own currency, at its own latest prices; the total is in {currency}.', {
          currency: snapshot.portfolio.base_currency,
        })}
      </p>
    </section>
  </div>
)

const Total = ({ snapshot }: { snapshot: Snapshot }) => {
  const { portfolio, summary } = snapshot
  const currency = portfolio.base_currency
  const [benchmark] = portfolio.benchmarks
  const gap = benchmark === undefined ? null : gapShown(snapshot, benchmark)
  const { change, ratio } = summary.today
  const value = money(summary.value, currency)
  return (
    <header class="total-line">
      <p class="total" data-long={isLong(value)} data-money>
        {value}
      </p>
      {summary.value === null && summary.reasons['value'] !== undefined && (
        <p class="reason">{sentence(summary.reasons['value'])}</p>
      )}
      {gap !== null && (
        <p>
          {parts(verdicts[tone(gap)], {
            amount: (
              <span class={`gain-${tone(gap)}`} data-money>
                <Arrow of={tone(gap)} />
                {signedMoney(gap, currency)}
              </span>
            ),
            benchmark: benchmark!,
          })}
        </p>
      )}
      <p>
        {t('Today')} <Gain amount={change} currency={currency} /> <Change ratio={ratio} />
      </p>
      <a class="aside" href={`/portfolios/${portfolio.id}`}>
        {t('Chart, holdings and dividends of all')}
      </a>
    </header>
  )
}

const verdicts = {
  gain: '{amount} ahead of {benchmark}',
  loss: '{amount} behind {benchmark}',
  even: '{amount} level with {benchmark}',
} as const
