import type { Snapshot } from '../../snapshot/snapshot.ts'
import type { AccessList } from '../../storage/access-list.ts'
import type { Role } from '../../storage/visitors.ts'
import { suffices } from '../access/role.ts'
import { programs } from '../../statements/exports/programs.ts'
import { ToAlerts } from './alerts.tsx'
import { Leave, People } from './people.tsx'
import { Sharing, type SharingProps } from './sharing.tsx'
import { type Faults, percentText, PortfolioForm, type Typed } from './portfolio-form.tsx'
import { Heading } from './portfolio-page.tsx'
import type { Props as Asked } from './ticker-question.tsx'
import { TypedName } from './typed-name.tsx'
import { type Label, t, translated } from '../words/words.ts'

type Props = {
  snapshot: Snapshot
  typed?: Typed
  faults?: Faults
  ticker?: Asked
  /** What was typed as the name to confirm the deletion. */
  confirmed?: string
  /** Of whoever looks at the page. */
  role: Role
  /** Who may see the portfolio; only for its owner. */
  access: AccessList | null
  /** The addresses that were made just now. */
  invited?: string
  shared?: SharingProps['shared']
  inviteFault?: string
  shareFault?: string
}

export const Settings = ({ snapshot, typed, faults, ticker, confirmed, role, access, ...told }: Props) => {
  const { portfolio } = snapshot
  return (
    <div class="sheet">
      <Heading title={t('Settings')} priced={null} actions={<ToAlerts portfolio={portfolio} />} />
      <div class="settings">
        {suffices(role, 'editor') && (
          <section class="panel" aria-labelledby="settings-title">
            <h2 id="settings-title">{t('This portfolio')}</h2>
            <PortfolioForm
              id={portfolio.id}
              faults={faults}
              ticker={ticker}
              typed={
                typed ?? {
                  name: portfolio.name,
                  description: portfolio.description,
                  benchmarks: portfolio.benchmarks.join(', '),
                  base_currency: portfolio.base_currency,
                  cost_basis: portfolio.cost_basis,
                  dividends: portfolio.dividends,
                  withholding: portfolio.withholding === null ? '' : percentText(portfolio.withholding),
                  risk_free_rate:
                    portfolio.risk_free_rate === null ? '' : percentText(portfolio.risk_free_rate),
                }
              }
            />
          </section>
        )}
        {access && (
          <People portfolio={portfolio} access={access} invited={told.invited} fault={told.inviteFault} />
        )}
        {access && (
          <Sharing portfolio={portfolio} links={access.links} shared={told.shared} fault={told.shareFault} />
        )}
        <section class="panel" aria-labelledby="export-title">
          <h2 id="export-title">{t('Export')}</h2>
          <ul class="exports explained">
            {exports.map(([name, file, says]) => (
              <li>
                <a href={`/portfolios/${portfolio.id}/export/${file}`}>{t(name)}</a> <small>{t(says)}</small>
              </li>
            ))}
          </ul>
          <h3>{t('For other programs and for taxes')}</h3>
          <p class="aside">
            {t(
              'Without automatic dividends and assumed deposits. Shares are in today’s units, so no splits are needed.',
            )}
          </p>
          <ul class="exports explained">
            {Object.entries(programs).map(([program, { name, says }]) => (
              <li>
                <a href={`/portfolios/${portfolio.id}/export/for/${program}`}>{translated(name)}</a>{' '}
                <small>{translated(says)}</small>
              </li>
            ))}
          </ul>
        </section>
        {role === 'owner' ? (
          <Delete portfolio={portfolio} transactions={snapshot.transaction_count} confirmed={confirmed} />
        ) : (
          <Leave portfolio={portfolio} />
        )}
      </div>
    </div>
  )
}

const exports = [
  ['Transactions', 'transactions.csv', 'A CSV file that you can import again.'],
  ['Dividends', 'dividends.csv', 'A CSV file that you can import again.'],
  ['Cash flows', 'cash-flows.csv', 'A CSV file that you can import again.'],
  ['Holdings', 'holdings.csv', 'A report of what you hold now. It cannot be imported.'],
  ['Months', 'months.csv', 'A report of the return of each month. It cannot be imported.'],
  [
    'Everything',
    'everything.json',
    'Settings, transactions, notes and activity, to keep or to move elsewhere.',
  ],
  [
    'Track record',
    'track-record.json',
    'What was recorded after each close, which scripts/verify-track-record.mjs checks. It cannot be imported.',
  ],
] as const satisfies [name: Label, file: string, says: Label][]

type DeleteProps = {
  portfolio: { id: string; name: string }
  transactions: number
  confirmed: string | undefined
}

const Delete = ({ portfolio, transactions, confirmed }: DeleteProps) => (
  <details class="panel danger" id="delete" open={confirmed !== undefined}>
    <summary>{t('Delete this portfolio')}</summary>
    <p>
      {t(
        transactions === 1
          ? 'This deletes {name} and its transaction from every page at once, and for good after 30 days. Export what you want to keep first.'
          : 'This deletes {name} and its {n} transactions from every page at once, and for good after 30 days. Export what you want to keep first.',
        { name: portfolio.name, n: transactions },
      )}
    </p>
    <TypedName
      action={`/portfolios/${portfolio.id}/settings/delete`}
      name={portfolio.name}
      label={t('Type its name to confirm')}
      what={t('the name of this portfolio')}
      typed={confirmed}
      button={t('Delete {name}', { name: portfolio.name })}
    />
  </details>
)
