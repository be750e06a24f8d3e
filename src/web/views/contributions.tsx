import type { Contributed } from '../../snapshot/risk-report.ts'
import { day } from '../format.ts'
import { Change, Gain } from './figure.tsx'
import type { RiskProps } from './risk.tsx'
import { SymbolLink } from './symbol.tsx'
import { type Column, Table } from './table.tsx'
import { t } from '../words/words.ts'

type Row = Contributed & { symbol: string | null; name: string; is_open: boolean }

/** What each holding has added to the gain of the chosen range. */
export const Contributions = ({ snapshot: { portfolio }, report }: RiskProps) => {
  const { figures, contributions, unassigned } = report
  const currency = portfolio.base_currency
  const isNothing = unassigned.amount === '0'
  const rest: Row = {
    ...unassigned,
    symbol: null,
    name: t('Fees, interest and taxes of no holding'),
    is_open: true,
  }
  const rows: Row[] = isNothing ? contributions : [...contributions, rest]
  const columns: Column<Row>[] = [
    {
      name: t('Holding'),
      write: ({ symbol, name, is_open }) =>
        symbol === null ? (
          name
        ) : (
          <>
            <SymbolLink portfolio={portfolio.id} symbol={symbol} />{' '}
            <small>{is_open ? name : t('{name}, sold', { name })}</small>
          </>
        ),
      foot: [t('Gain')],
    },
    {
      name: t('Contribution'),
      money: true,
      write: ({ amount }) => <Gain amount={amount} currency={currency} />,
      foot: [<Gain amount={figures.total_gain} currency={currency} />],
    },
    {
      name: t('Of money in'),
      hint: t(
        'The contribution ÷ (the value at the start + deposits); all of them add up to the simple return.',
      ),
      write: ({ ratio }) => <Change ratio={ratio} arrow />,
      foot: [<Change ratio={figures.simple_return} arrow />],
    },
  ]
  return (
    <section class="panel" aria-labelledby="contributions-title">
      <header>
        <h2 id="contributions-title">{t('Contribution by holding')}</h2>
        <p class="aside">
          {figures.inputs?.since
            ? t('since {day}: gains, dividends and interest, less fees and taxes', {
                day: day(figures.inputs.since),
              })
            : t(': gains, dividends and interest, less fees and taxes')}
        </p>
      </header>
      <Table
        columns={columns}
        rows={rows}
        foot={[null]}
        label={t('Contribution by holding')}
        class="contributions"
      />
    </section>
  )
}
