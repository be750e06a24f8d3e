import type { Listed } from '../../storage/snapshots.ts'
import { sentence } from '../format.ts'
import { BenchmarksField, CurrencyField, DescriptionField, marks, NameField } from './portfolio-form.tsx'
import { Heading } from './portfolio-page.tsx'
import { type Props as Asked, TickerQuestion } from './ticker-question.tsx'
import { TypedName } from './typed-name.tsx'
import { type Label, t } from '../words/words.ts'

export type TypedGroup = {
  id?: string
  name: string
  description: string
  benchmarks: string
  base_currency: string
  portfolios: string[]
}
export type GroupFaults = Partial<Record<keyof TypedGroup, string>>

type FormProps = {
  typed: TypedGroup
  faults: GroupFaults
  /** The portfolios that may be chosen; null in the group of all of them. */
  visible: readonly Listed[] | null
  /** What is asked of a benchmark. */
  ticker?: Asked | undefined
  action: string
  button: string
}

const GroupForm = ({ typed, faults, visible, ticker, action, button }: FormProps) => (
  <form class="form" method="post" action={action}>
    {typed.id !== undefined && <input type="hidden" name="id" value={typed.id} />}
    {ticker && <TickerQuestion {...ticker} does="Use" />}
    <NameField fault={faults.name} value={typed.name} />
    {visible && (
      <fieldset class="field choices" {...marks('portfolios', faults.portfolios)}>
        <legend>{t('Portfolios')}</legend>
        {visible.map(({ id, name }) => (
          <label>
            <input type="checkbox" name="portfolios" value={id} checked={typed.portfolios.includes(id)} />{' '}
            {name}
          </label>
        ))}
        {faults.portfolios && (
          <p class="fault" id="portfolios-fault">
            {sentence(faults.portfolios)}
          </p>
        )}
      </fieldset>
    )}
    <BenchmarksField fault={faults.benchmarks} value={typed.benchmarks} />
    <CurrencyField
      hint={t('All figures of the group are converted to it')}
      fault={faults.base_currency}
      value={typed.base_currency}
    />
    <DescriptionField fault={faults.description} value={typed.description} />
    <div class="actions">
      <button class="button primary">{button}</button>
    </div>
  </form>
)

export const NewGroup = (props: Pick<FormProps, 'typed' | 'faults' | 'visible' | 'ticker'>) => (
  <div class="page">
    <h1>{t('New group')}</h1>
    <p class="lead">
      {t(
        'A group shows several portfolios as one: accounts, wrappers, a family. What moves between them is no deposit and no withdrawal. Your transactions stay where they are.',
      )}
    </p>
    <section class="panel">
      <GroupForm {...props} action="/groups" button={t('Create group')} />
    </section>
  </div>
)

type SettingsProps = Pick<FormProps, 'typed' | 'faults' | 'visible' | 'ticker'> & {
  group: { id: string; name: string; isAll: boolean }
  /** What was typed as the name to confirm the deletion. */
  confirmed?: string | undefined
}

export const GroupSettings = ({ group, confirmed, ...form }: SettingsProps) => (
  <div class="sheet">
    <Heading title={t('Settings')} priced={null} />
    <div class="settings">
      <section class="panel" aria-labelledby="settings-title">
        <h2 id="settings-title">{t('This group')}</h2>
        {group.isAll && (
          <p class="aside">{t('It always has all of your portfolios, and cannot be deleted.')}</p>
        )}
        <GroupForm {...form} action={`/groups/${group.id}/settings`} button={t('Save settings')} />
      </section>
      <section class="panel" aria-labelledby="export-title">
        <h2 id="export-title">{t('Export')}</h2>
        <p class="aside">{t('The rows of all its portfolios, as CSV files.')}</p>
        <ul class="exports">
          {files.map(([name, file]) => (
            <li>
              <a href={`/portfolios/${group.id}/export/${file}`}>{t(name)}</a>
            </li>
          ))}
        </ul>
      </section>
      {!group.isAll && (
        <details class="panel danger" id="delete" open={confirmed !== undefined}>
          <summary>{t('Delete this group')}</summary>
          <p>
            {t('This deletes the group {name}. Its portfolios and their transactions stay.', {
              name: group.name,
            })}
          </p>
          <TypedName
            action={`/groups/${group.id}/delete`}
            name={group.name}
            label={t('Type its name to confirm')}
            what={t('the name of this group')}
            typed={confirmed}
            button={t('Delete {name}', { name: group.name })}
          />
        </details>
      )}
    </div>
  </div>
)

const files = [
  ['Transactions', 'transactions.csv'],
  ['Dividends', 'dividends.csv'],
  ['Cash flows', 'cash-flows.csv'],
  ['Holdings', 'holdings.csv'],
  ['Everything', 'everything.json'],
] as const satisfies readonly [Label, string][]
