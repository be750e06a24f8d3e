import type { Child } from 'hono/jsx'
import { stored, text } from '../../portfolio/decimal.ts'
import type { DividendCounting } from '../../portfolio/ledger.ts'
import type { CostBasis } from '../../portfolio/lot.ts'
import { sentence } from '../format.ts'
import { Currencies } from './currencies.tsx'
import { type Props as Asked, TickerQuestion } from './ticker-question.tsx'
import { type Label, t } from '../words/words.ts'

export type Typed = {
  /** The id for a new portfolio comes with the page, so that a form sent twice makes one portfolio. */
  id?: string
  name?: string
  description?: string
  benchmarks?: string
  base_currency?: string
  cost_basis?: string
  dividends?: string
  withholding?: string
  risk_free_rate?: string
}
/** A sentence for each refused field; `form` is for what belongs to no field. */
export type Faults = Partial<Record<keyof Typed | 'form', string>>

type Props = {
  typed?: Typed | undefined
  faults?: Faults | undefined
  /** What is asked of a benchmark. */
  ticker?: Asked | undefined
  /** The id of the portfolio to change; without one, a new portfolio is made. */
  id?: string
}

export const PortfolioForm = ({ typed = {}, faults = {}, ticker, id }: Props) => (
  <form class="form" method="post" action={id === undefined ? '/portfolios' : `/portfolios/${id}/settings`}>
    {id === undefined && <input type="hidden" name="id" value={typed.id} />}
    {faults.form && (
      <p class="fault" role="alert">
        {sentence(faults.form)}
      </p>
    )}
    {ticker && <TickerQuestion {...ticker} does="Use" />}
    <NameField fault={faults.name} value={typed.name ?? t('My portfolio')} />
    {id !== undefined && <DescriptionField fault={faults.description} value={typed.description} />}
    <BenchmarksField
      note={t('Each of your deposits is mirrored in every benchmark.')}
      fault={faults.benchmarks}
      value={typed.benchmarks ?? 'VOO, QQQ'}
    />
    <div class="form-row">
      <CurrencyField
        hint={t('Three letters, for example USD')}
        fault={faults.base_currency}
        value={typed.base_currency ?? 'USD'}
      />
      <Choice
        name="cost_basis"
        label={t('Cost basis')}
        hint={t('Which shares are sold first')}
        fault={faults.cost_basis}
        options={costBases}
        chosen={typed.cost_basis ?? 'fifo'}
      />
    </div>
    <div class="form-row">
      <Choice
        name="dividends"
        label={t('Dividends')}
        hint={t('Automatic ones come from market data, for the shares you held, until you record them.')}
        fault={faults.dividends}
        options={dividendCountings}
        chosen={typed.dividends ?? 'automatic'}
      />
      <Rate
        name="withholding"
        label={t('Tax withheld')}
        hint={t('Taken off automatic dividends, for example 15%')}
        typed={typed}
        faults={faults}
      />
    </div>
    {id !== undefined && (
      <Rate
        name="risk_free_rate"
        label={t('Risk-free rate')}
        hint={t('A year, for the Sharpe and Sortino ratios and alpha; for example 2%')}
        typed={typed}
        faults={faults}
      />
    )}
    <div class="actions">
      {id === undefined ? (
        <>
          <button class="button primary">{t('Create and import a CSV')}</button>
          <button class="button" name="next" value="add">
            {t('Create and add trades by hand')}
          </button>
        </>
      ) : (
        <button class="button primary">{t('Save settings')}</button>
      )}
    </div>
  </form>
)

type RateProps = {
  name: 'withholding' | 'risk_free_rate'
  label: string
  hint: string
  typed: Typed
  faults: Faults
}

const Rate = ({ name, label, hint, typed, faults }: RateProps) => (
  <Field name={name} label={label} hint={hint} fault={faults[name]}>
    <input
      id={name}
      name={name}
      value={typed[name] ?? ''}
      autocomplete="off"
      {...marks(name, faults[name])}
    />
  </Field>
)

type ValueProps = { fault: string | undefined; value: string | undefined }

/** What a portfolio or a group is called. */
export const NameField = ({ fault, value }: ValueProps) => (
  <Field name="name" label={t('Name')} fault={fault}>
    <input id="name" name="name" value={value} required maxlength={100} {...marks('name', fault)} />
  </Field>
)

/** What its owner says of it, in their own words. */
export const DescriptionField = ({ fault, value }: ValueProps) => (
  <Field name="description" label={t('Description')} fault={fault}>
    <textarea id="description" name="description" rows={2} maxlength={1000} {...marks('description', fault)}>
      {value}
    </textarea>
  </Field>
)

type BenchmarksProps = ValueProps & { note?: string }

/** What a portfolio or a group is compared with. */
export const BenchmarksField = ({ note, fault, value }: BenchmarksProps) => (
  <Field
    name="benchmarks"
    label={t('Benchmarks')}
    hint={[
      t(
        'Up to five to compare with, separated by commas: tickers, blends such as 60 VOO + 40 BND (rebalanced yearly; add quarterly, monthly or never), or a yearly rate such as 4%.',
      ),
      ...(note === undefined ? [] : [note]),
    ].join(' ')}
    fault={fault}
  >
    <input
      id="benchmarks"
      name="benchmarks"
      value={value}
      autocomplete="off"
      autocapitalize="characters"
      spellcheck={false}
      maxlength={600}
      data-ticker="benchmarks"
      {...marks('benchmarks', fault)}
    />
  </Field>
)

type CurrencyProps = ValueProps & { hint: string }

/** The currency of a portfolio or a group, which all of its figures are in. */
export const CurrencyField = ({ hint, fault, value }: CurrencyProps) => (
  <Field name="base_currency" label={t('Currency')} hint={hint} fault={fault}>
    <input
      id="base_currency"
      name="base_currency"
      value={value}
      required
      maxlength={3}
      pattern="[A-Za-z]{3}"
      list="currencies"
      autocomplete="off"
      autocapitalize="characters"
      spellcheck={false}
      {...marks('base_currency', fault)}
    />
    <Currencies />
  </Field>
)

export const costBases: Record<CostBasis, Label> = {
  fifo: 'First in, first out',
  lifo: 'Last in, first out',
  hifo: 'Highest cost first',
  average: 'Average cost',
}

export const dividendCountings: Record<DividendCounting, Label> = {
  automatic: 'Automatic',
  recorded: 'Only recorded ones',
}

/** Writes `0.15` as `15%`, as it may be typed again. */
export function percentText(part: string): string {
  return `${text(stored(part) * 100n)}%`
}

type FieldProps = { name: string; label: string; hint?: string; fault?: string | undefined; children: Child }

export const Field = ({ name, label, hint, fault, children }: FieldProps) => (
  <div class="field">
    <label for={name}>{label}</label>
    {children}
    {hint && <small>{hint}</small>}
    {fault && (
      <p class="fault" id={`${name}-fault`}>
        {sentence(fault)}
      </p>
    )}
  </div>
)

type ChoiceProps = Omit<FieldProps, 'children'> & { options: Record<string, Label>; chosen: string }

/** A choice among a few words. */
export const Choice = ({ options, chosen, ...field }: ChoiceProps) => (
  <Field {...field}>
    <select id={field.name} name={field.name} {...marks(field.name, field.fault)}>
      {Object.entries(options).map(([value, label]) => (
        <option value={value} selected={value === chosen}>
          {t(label)}
        </option>
      ))}
    </select>
  </Field>
)

/** Marks a refused field. A form that comes back has the focus in the first of them. */
export function marks(name: string, fault: string | undefined) {
  return fault
    ? { 'aria-invalid': 'true' as const, 'aria-describedby': `${name}-fault`, autofocus: true as const }
    : {}
}
