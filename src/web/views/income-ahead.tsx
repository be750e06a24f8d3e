import { html } from './html.ts'
import type { CutRow, DividendAhead, IncomeAhead, IncomeOfHolding } from '../../metrics/income-ahead.ts'
import type { Day } from '../../portfolio/day.ts'
import { basisOf } from '../../portfolio/declared-dividend.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import {
  day,
  exact,
  money,
  none,
  percent,
  perShare,
  sentence,
  shares,
  signedPercent,
  worded,
} from '../format.ts'
import { named } from './dividend-proposals.tsx'
import { ExplainIncome } from './explain-income.tsx'
import { Months } from './income-months.tsx'
import { Card, Cards } from './portfolio-page.tsx'
import { type Column, Table } from './table.tsx'
import { t, translated } from '../words/words.ts'

type Props = { snapshot: Snapshot; income: IncomeAhead }

/** What can be expected of the next twelve months: in all, by month, by holding, and each dividend. */
export const Ahead = ({ snapshot, income }: Props) => {
  const { id, base_currency: currency } = snapshot.portfolio
  const { dividends, holdings, cuts, left_out } = income
  return (
    <section class="panel income" id="income" aria-labelledby="income-title">
      <header>
        <h2 id="income-title">{t('Income ahead')}</h2>
        <p class="aside">
          {t('declared, or expected from last year’s pattern; by ex-date, in {currency} at the latest rate', {
            currency,
          })}
        </p>
        {dividends.length > 0 && (
          <a class="aside end" href={`/portfolios/${id}/export/income.csv`}>
            CSV
          </a>
        )}
      </header>
      <Figures snapshot={snapshot} income={income} />
      {dividends.length === 0 ? (
        <p class="aside">
          {t(
            'Nothing is expected: no holding has paid a dividend in the last 12 months. Dividends that are recorded, or that the market reports, are expected again a year later.',
          )}
        </p>
      ) : (
        <>
          <Months months={income.months} currency={currency} />
          {left_out.map(({ symbol, reason }) => (
            <p class="aside">{t('Without {symbol}: {reason}.', { symbol, reason: worded(reason) })}</p>
          ))}
          <ByHolding portfolio={id} holdings={holdings} currency={currency} />
          <details id="each-dividend">
            <summary>
              {dividends.length === 1
                ? t('The one dividend')
                : t('Each of the {n} dividends', { n: dividends.length })}
            </summary>
            <Each portfolio={id} dividends={dividends} currency={currency} />
          </details>
        </>
      )}
      {cuts.length > 0 && (
        <details id="cuts">
          <summary>
            {cuts.length === 1
              ? t('1 dividend is lower than the year before')
              : t('{n} dividends are lower than the year before', { n: cuts.length })}
          </summary>
          <Cuts portfolio={id} cuts={cuts} asOf={income.as_of} />
        </details>
      )}
    </section>
  )
}

const Figures = ({ snapshot, income }: Props) => {
  const { expected, yield: ratio, yield_on_cost, growth, reasons } = income
  const why = (reason: string | undefined, note: string) => (reason === undefined ? note : sentence(reason))
  return (
    <Cards>
      <Card name={<ExplainIncome of="expected" snapshot={snapshot} />} note={t('declared, or as last year')}>
        <span data-money>{money(expected, snapshot.portfolio.base_currency)}</span>
      </Card>
      <Card
        name={<ExplainIncome of="yield" snapshot={snapshot} />}
        note={why(reasons.yield, t('next 12 months ÷ value'))}
      >
        {percent(ratio)}
      </Card>
      <Card
        name={<ExplainIncome of="yield_on_cost" snapshot={snapshot} />}
        note={why(reasons.yield_on_cost, t('next 12 months ÷ cost'))}
      >
        {percent(yield_on_cost)}
      </Card>
      <Card
        name={<ExplainIncome of="growth" snapshot={snapshot} />}
        note={why(reasons.growth, t('per share, this year against last'))}
      >
        {signedPercent(growth)}
      </Card>
    </Cards>
  )
}

type HoldingsProps = { portfolio: string; holdings: IncomeOfHolding[]; currency: string }

const note = (): Column<IncomeOfHolding> => ({
  at: 'text note wide',
  name: t('Note'),
  write: ({ known_since }) =>
    known_since === null ? '' : t('known only since {day}', { day: day(known_since) }),
})

const ByHolding = ({ portfolio, holdings, currency }: HoldingsProps) => {
  const columns: Column<IncomeOfHolding>[] = [
    { at: 'name', name: t('Ticker'), write: (row) => named(portfolio, row) },
    {
      at: 'wide',
      name: t('Shares'),
      money: true,
      write: (row) => shares(row.shares),
      title: (row) => exact(row.shares),
    },
    { at: 'sum', name: t('Next 12 months'), money: true, write: (row) => money(row.expected, currency) },
    {
      name: t('Yield'),
      write: (row) => percent(row.yield),
      title: ({ reasons }) => reasons.yield && sentence(reasons.yield),
    },
    {
      at: 'wide',
      name: t('Yield on cost'),
      write: (row) => percent(row.yield_on_cost),
      title: ({ reasons }) => reasons.yield_on_cost && sentence(reasons.yield_on_cost),
    },
    {
      name: t('Growth'),
      hint: t('Dividends a share of the last 12 months ÷ those of the 12 months before − 1'),
      write: (row) => signedPercent(row.growth),
      title: ({ reasons }) => reasons.growth && sentence(reasons.growth),
    },
    ...(holdings.some(({ known_since }) => known_since !== null) ? [note()] : []),
  ]
  return <Table columns={columns} rows={holdings} id={({ symbol }) => `income-of-${symbol}`} class="matrix" />
}

type EachProps = { portfolio: string; dividends: DividendAhead[]; currency: string }

const Each = ({ portfolio, dividends, currency }: EachProps) => {
  const columns: Column<DividendAhead>[] = [
    { at: 'name', name: t('Ticker'), write: (row) => named(portfolio, row) },
    {
      at: 'text',
      name: t('Ex-date'),
      write: ({ ex_date }) => html`<time datetime="${ex_date}">${day(ex_date)}</time>`,
    },
    { at: 'wide', name: t('Per share'), write: (row) => perShare(row.per_share, row.currency) },
    {
      name: t('Expected'),
      money: true,
      write: (row) => (row.expected === null ? none : money(row.expected, currency)),
    },
    {
      at: 'text note wide',
      name: t('Why'),
      write: whyOf,
    },
  ]
  return <Table columns={columns} rows={dividends} class="matrix" />
}

/** `declared; paid on Mar 26, 2035; $0.6850 the year before`. */
function whyOf(row: DividendAhead): string {
  const { basis, declares, pay_date, follows, follows_per_share, currency, late } = row
  const before = day(follows)
  const words =
    basis === 'last_year'
      ? [late && t('late'), t('as on {day}', { day: before })]
      : [
          translated(basisOf(row)),
          pay_date !== null && t('paid on {day}', { day: day(pay_date) }),
          late && t('late'),
          declares.per_share
            ? t('{price} the year before', { price: perShare(follows_per_share, currency) })
            : t('as on {day}', { day: before }),
        ]
  return words.filter(Boolean).join('; ')
}

const Cuts = ({ portfolio, cuts, asOf }: { portfolio: string; cuts: CutRow[]; asOf: Day }) => {
  const columns: Column<CutRow>[] = [
    { at: 'name', name: t('Ticker'), write: (row) => named(portfolio, row) },
    {
      at: 'text',
      name: t('Ex-date'),
      write: ({ ex_date }) => (ex_date > asOf ? t('{day}, declared', { day: day(ex_date) }) : day(ex_date)),
    },
    {
      name: t('Per share'),
      write: ({ per_share, currency }) =>
        per_share === '0' ? t('none came') : perShare(per_share, currency),
    },
    {
      at: 'wide',
      name: t('The year before'),
      write: ({ before_per_share, currency }) => perShare(before_per_share, currency),
      title: ({ before_ex_date }) => day(before_ex_date),
    },
    { at: 'sum', name: t('Change'), write: ({ change }) => signedPercent(change) },
  ]
  return <Table columns={columns} rows={cuts} class="matrix" />
}
