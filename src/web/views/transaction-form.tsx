import type { Child } from 'hono/jsx'
import { type TransactionType, transactionTypes } from '../../portfolio/transaction.ts'
import type { Recorded } from '../../storage/transactions.ts'
import { sentence } from '../format.ts'
import { type Faults, fields, type Typed, typedOf } from '../transaction-form.ts'
import { Currencies } from './currencies.tsx'
import { describeTransaction, typeNames } from './transaction-words.ts'

export type FormProps = {
  /** What has been typed. */
  typed: Typed
  faults?: Faults
  /** For an edit: the row, and the version that the form was made from. */
  editing?: { id: string; version: number }
  /** For a new transaction: the server recognizes a second click by this key. */
  idempotencyKey?: string
  /** The row as somebody else saved it while this form was open. */
  theirs?: Recorded | undefined
  /** An existing row with the same content. */
  existing?: Recorded | undefined
  /** The address of the list and its query (`?sort=gain`), to return to. */
  list: string
  search: string
  /** True for a form inside the list, which is answered with the list; otherwise it is a page of its own. */
  inPlace: boolean
  /** The shares have split since, or the owner has said in which units they are. */
  asksUnits?: boolean
}

/**
 * Adds a transaction or changes one. Without script it is an ordinary form. The style sheet hides the fields that a
 * type does not use.
 */
export const TransactionForm = (props: FormProps) => {
  const { typed, faults = {}, editing, idempotencyKey, theirs, existing, list, search, inPlace } = props
  const name = editing?.id ?? 'new'
  const action = `${list}${editing ? `/${editing.id}` : ''}${search}`
  const back = `${list}${search}`
  const first = fields.find((field) => faults[field]) ?? (editing ? 'symbol' : 'type')
  const field = (at: keyof Typed) => ({ name, at, typed, faults, focus: inPlace && at === first })
  return (
    <form
      class="form entry"
      id={`form-${name}`}
      method="post"
      action={action}
      novalidate
      aria-label={editing ? 'Edit transaction' : 'New transaction'}
      {...(inPlace && answeredInPlace(action, `#form-${name}`))}
    >
      {idempotencyKey !== undefined && <input type="hidden" name="key" value={idempotencyKey} />}
      {editing && <input type="hidden" name="version" value={String(theirs?.version ?? editing.version)} />}
      {faults.form && (
        <p class="fault" role="alert">
          {sentence(faults.form)}
        </p>
      )}
      {theirs && <Conflict theirs={typedOf(theirs)} mine={typed} />}
      {existing && (
        <p class="question" role="alert">
          You already have this transaction: {describeTransaction(existing)}. Add it anyway?
          <input type="hidden" name="again" value="yes" />
        </p>
      )}
      <fieldset class="types">
        <legend>Type</legend>
        {transactionTypes.map((type) => (
          <label>
            <input
              type="radio"
              name="type"
              value={type}
              checked={typed.type === type}
              autofocus={first === 'type' && inPlace && typed.type === type}
            />
            <span>{typeNames[type]}</span>
          </label>
        ))}
        {faults.type && <p class="fault">{sentence(faults.type)}</p>}
      </fieldset>
      <div class="fields">
        <Field {...field('symbol')} label="Ticker">
          <Input {...field('symbol')} autocapitalize="characters" spellcheck={false} list="tickers" />
        </Field>
        <Field {...field('date')} label="Date">
          <Input {...field('date')} type="date" min="1900-01-01" />
        </Field>
        <Field {...field('shares')} label="Shares">
          <Input {...field('shares')} inputmode="decimal" />
        </Field>
        <Field {...field('price')} label="Price">
          <Input {...field('price')} inputmode="decimal" />
        </Field>
        <Field {...field('fee')} label="Fee" hint="optional">
          <Input {...field('fee')} inputmode="decimal" />
        </Field>
        <Field {...field('amount')} label="Amount">
          <Input {...field('amount')} inputmode="decimal" />
        </Field>
        <Field {...field('ratio')} label="Ratio" hint="new to old">
          <Input {...field('ratio')} placeholder="2:1" />
        </Field>
        {(props.asksUnits || faults.units) && (
          <Field {...field('units')} label="Share units">
            <select id={`${name}-units`} name="units" autofocus={inPlace && first === 'units'}>
              {Object.entries(unitChoices).map(
                ([units, says]) =>
                  // what the owner has said stays said
                  (units !== '' || typed.units === '') && (
                    <option value={units} selected={units === typed.units}>
                      {says}
                    </option>
                  ),
              )}
            </select>
          </Field>
        )}
        <Field {...field('currency')} label="Currency" hint="if different from the listing">
          <Input
            {...field('currency')}
            maxlength={3}
            autocapitalize="characters"
            spellcheck={false}
            list="currencies"
          />
        </Field>
        <Field {...field('note')} label="Note" hint="optional">
          <Input {...field('note')} maxlength={1000} />
        </Field>
      </div>
      <div class="actions">
        <button class="button primary">
          {theirs ? 'Save mine' : existing ? 'Add anyway' : editing ? 'Save' : 'Add transaction'}
        </button>
        <a
          class="button"
          href={back}
          {...(inPlace && { 'hx-get': back, 'hx-target': '#transactions', 'hx-swap': 'outerMorph' })}
        >
          {theirs ? 'Keep saved version' : existing ? 'Don’t add' : 'Cancel'}
        </a>
        {editing && <DeleteButton list={list} id={editing.id} search={search} inPlace={inPlace} />}
        <output class="sum needs-script" data-sum></output>
      </div>
    </form>
  )
}

type DeleteProps = { list: string; id: string; search: string; inPlace: boolean }

/** Sends the form to another address, which ignores its fields. */
const DeleteButton = ({ list, id, search, inPlace }: DeleteProps) => {
  const remove = `${list}/${id}/delete${search}`
  return (
    <button
      class="button destructive"
      id="delete"
      formaction={remove}
      formnovalidate
      {...(inPlace && { 'hx-post': remove, 'hx-target': '#transactions', 'hx-swap': 'outerMorph' })}
    >
      Delete
    </button>
  )
}

/** The response is the whole list or, when the form was refused, the form. */
function answeredInPlace(action: string, self: string): Record<`hx-${string}`, string> {
  const form = `target:${self} swap:outerHTML`
  return {
    'hx-post': action,
    'hx-target': '#transactions',
    'hx-swap': 'outerMorph',
    'hx-status:404': form,
    'hx-status:409': form,
    'hx-status:422': form,
  }
}

/** The types that use each field; the style sheet hides the others (transactions.css). */
const uses: Partial<Record<keyof Typed, TransactionType[]>> = {
  symbol: ['buy', 'sell', 'dividend', 'split', 'fee'],
  shares: ['buy', 'sell'],
  price: ['buy', 'sell'],
  fee: ['buy', 'sell', 'dividend', 'deposit'],
  amount: ['dividend', 'deposit', 'withdrawal', 'fee'],
  ratio: ['split'],
  units: ['buy', 'sell'],
  currency: ['buy', 'sell', 'dividend', 'deposit', 'withdrawal', 'fee'],
}

const unitChoices = {
  '': 'Judged by the price',
  as_traded: 'As traded that day',
  adjusted: 'Adjusted for later splits',
}

type FieldProps = {
  /** The id of the form, because several may be open. */
  name: string
  at: keyof Typed
  typed: Typed
  faults: Faults
  focus: boolean
}

const Field = ({
  name,
  at,
  label,
  hint,
  faults,
  children,
}: FieldProps & { label: string; hint?: string; children: Child }) => (
  <div class={`field field-${at}`} data-for={uses[at]?.join(' ')}>
    <label for={`${name}-${at}`}>
      {label} {hint && <small>{hint}</small>}
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

/** Shows both versions of every field that differs. */
const Conflict = ({ theirs, mine }: { theirs: Typed; mine: Typed }) => {
  const differing = fields.filter((field) => theirs[field].trim() !== mine[field].trim())
  return (
    <div class="question" role="alert">
      <p>
        <strong>This transaction was changed while you were editing it.</strong> Keep the saved version, or
        replace it with yours.
      </p>
      {differing.length === 0 ? (
        <p>The two versions are identical.</p>
      ) : (
        <table class="versions">
          <thead>
            <tr>
              <td></td>
              <th scope="col">Saved version</th>
              <th scope="col">Your version</th>
            </tr>
          </thead>
          <tbody>
            {differing.map((field) => (
              <tr>
                <th scope="row">{names[field]}</th>
                <td data-money={moneyFields.has(field) ? '' : undefined}>{theirs[field] || '—'}</td>
                <td data-money={moneyFields.has(field) ? '' : undefined}>{mine[field] || '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

const names: Record<keyof Typed, string> = {
  type: 'Type',
  symbol: 'Ticker',
  date: 'Date',
  shares: 'Shares',
  price: 'Price',
  fee: 'Fee',
  tax: 'Tax',
  amount: 'Amount',
  ratio: 'Ratio',
  units: 'Share units',
  currency: 'Currency',
  note: 'Note',
}
const moneyFields: ReadonlySet<keyof Typed> = new Set(['shares', 'price', 'fee', 'amount'])

/** The same form on a page of its own. */
export const TransactionFormPage = (props: FormProps) => (
  <div class="page">
    <h1>{props.editing ? 'Edit transaction' : 'New transaction'}</h1>
    <section class="panel">
      <TransactionForm {...props} />
      <Currencies />
    </section>
  </div>
)
