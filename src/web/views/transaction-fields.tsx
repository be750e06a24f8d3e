import type { Child } from 'hono/jsx'
import { type TransactionType, typesWhere, typesWith } from '../../portfolio/kind.ts'
import { sentence } from '../format.ts'
import type { Faults, Typed } from '../transaction-form.ts'
import { type Label, t } from '../words/words.ts'

type FieldsProps = {
  /** The id of the form, because several may be open. */
  name: string
  typed: Typed
  faults: Faults
  /** The field that gets the focus, in a form inside the list. */
  focused: keyof Typed | null
  asksUnits?: boolean | undefined
}

/** The fields of a transaction besides its type. The style sheet hides those that the chosen type does not use. */
export const TransactionFields = ({ name, typed, faults, focused, asksUnits }: FieldsProps) => {
  const field = (at: keyof Typed) => ({ name, at, typed, faults, focus: at === focused })
  return (
    <div class="fields">
      <Field {...field('symbol')} label={t('Ticker')}>
        <Input
          {...field('symbol')}
          autocapitalize="characters"
          spellcheck={false}
          list="tickers"
          data-ticker="one"
        />
      </Field>
      <Field {...field('date')} label={t('Date')}>
        <Input {...field('date')} type="date" min="1900-01-01" />
      </Field>
      <Field {...field('new_symbol')} label={t('New ticker')}>
        <Input
          {...field('new_symbol')}
          autocapitalize="characters"
          spellcheck={false}
          list="tickers"
          data-ticker="one"
        />
      </Field>
      <Field {...field('shares')} label={t('Shares')}>
        <Input {...field('shares')} inputmode="decimal" />
      </Field>
      <Field {...field('price')} label={t('Price')}>
        <Input {...field('price')} inputmode="decimal" />
      </Field>
      <Field {...field('amount')} label={t('Amount')}>
        <Input {...field('amount')} inputmode="decimal" />
      </Field>
      <Field {...field('fee')} label={t('Fee')} hint={t('optional')}>
        <Input {...field('fee')} inputmode="decimal" />
      </Field>
      <Field {...field('tax')} label={t('Tax withheld')} hint={t('optional')}>
        <Input {...field('tax')} inputmode="decimal" />
      </Field>
      <Field {...field('cost')} label={t('Cost')} hint={t('of all; else the day’s close')}>
        <Input {...field('cost')} inputmode="decimal" />
      </Field>
      <Field {...field('acquired')} label={t('Acquired')} hint={t('if earlier')}>
        <Input {...field('acquired')} type="date" min="1900-01-01" />
      </Field>
      <Field {...field('cost_share')} label={t('Part of the cost')} hint={t('0.2 or 20%')}>
        <Input {...field('cost_share')} />
      </Field>
      <Field {...field('lots')} label={t('Lots')} hint={t('by day; else by cost basis')}>
        <Input {...field('lots')} placeholder="2024-01-02 5, 2024-03-01" />
      </Field>
      <Field {...field('ratio')} label={t('Ratio')} hint={t('new to old')}>
        <Input {...field('ratio')} placeholder="2:1" />
      </Field>
      {(asksUnits || faults.units) && (
        <Field {...field('units')} label={t('Share units')}>
          <select id={`${name}-units`} name="units" autofocus={focused === 'units'}>
            {Object.entries(unitChoices).map(
              ([units, says]) =>
                // an owner who has chosen the units cannot go back to having them judged
                (units !== '' || typed.units === '') && (
                  <option value={units} selected={units === typed.units}>
                    {t(says)}
                  </option>
                ),
            )}
          </select>
        </Field>
      )}
      <Field {...field('currency')} label={t('Currency')} hint={t('if different from the listing')}>
        <Input
          {...field('currency')}
          maxlength={3}
          autocapitalize="characters"
          spellcheck={false}
          list="currencies"
        />
      </Field>
      <Field {...field('note')} label={t('Note')} hint={t('optional')}>
        <Input {...field('note')} maxlength={1000} />
      </Field>
      <Field {...field('review')} label={t('Review on')} hint={t('optional')}>
        <Input {...field('review')} type="date" min="1900-01-01" />
      </Field>
    </div>
  )
}

/** The types that use each field; the style sheet hides the others (transactions.css). */
const uses: Partial<Record<keyof Typed, ReadonlySet<TransactionType>>> = {
  symbol: typesWith('symbol'),
  shares: typesWith('shares'),
  price: typesWith('price'),
  fee: typesWith('fee'),
  tax: typesWith('tax'),
  amount: typesWith('amount'),
  acquired: typesWith('acquired'),
  cost: typesWith('cost'),
  lots: typesWith('lots'),
  new_symbol: typesWith('new_symbol'),
  cost_share: typesWith('cost_share'),
  ratio: typesWith('ratio'),
  units: typesWith('units'),
  currency: typesWhere(
    ({ cash, fields }) =>
      cash !== 'none' || (['cost', 'price', 'amount'] as const).some((field) => fields.includes(field)),
  ),
}

/** What a field is for the types that use it in a way of their own. */
const hints: Partial<Record<keyof Typed, Record<string, Label>>> = {
  symbol: { 'interest fee tax': 'optional' },
  shares: { spin_off: 'of the new ticker', exchange: 'if fewer arrived' },
  amount: { exchange: 'cash for a part', price: 'of one share' },
}

const unitChoices = {
  '': 'Judged by the price',
  as_traded: 'As traded that day',
  adjusted: 'Adjusted for later splits',
} as const satisfies Record<string, Label>

type FieldProps = Pick<FieldsProps, 'name' | 'typed' | 'faults'> & { at: keyof Typed; focus: boolean }

const Field = ({
  name,
  at,
  label,
  hint,
  faults,
  children,
}: FieldProps & { label: string; hint?: string; children: Child }) => (
  <div class={`field field-${at}`} data-for={uses[at] && [...uses[at]].join(' ')}>
    <label for={`${name}-${at}`}>
      {label} {hint && <small>{hint}</small>}
      {Object.entries(hints[at] ?? {}).map(([types, says]) => (
        <small data-for={types}>{t(says)}</small>
      ))}
      {at === 'symbol' && <small data-known></small>}
    </label>
    {children}
    {faults[at] && (
      <p class="fault" id={`${name}-${at}-fault`}>
        {sentence(faults[at])}
      </p>
    )}
  </div>
)

type InputProps = FieldProps & {
  type?: string
  min?: string
  inputmode?: 'decimal'
  placeholder?: string
  maxlength?: number
  autocapitalize?: 'characters'
  spellcheck?: boolean
  list?: string
  'data-ticker'?: 'one'
}

const Input = ({ name, at, typed, faults, focus, ...rest }: InputProps) => (
  <input
    id={`${name}-${at}`}
    name={at}
    value={typed[at]}
    autocomplete="off"
    autofocus={focus}
    {...rest}
    {...(faults[at] && { 'aria-invalid': 'true', 'aria-describedby': `${name}-${at}-fault` })}
  />
)
