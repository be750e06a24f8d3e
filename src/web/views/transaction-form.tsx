import { type TransactionType, transactionTypes } from '../../portfolio/kind.ts'
import type { Recorded } from '../../storage/transactions.ts'
import { sentence } from '../format.ts'
import { type Faults, fields, type Typed, typedOf } from '../transaction-form.ts'
import { Currencies } from './currencies.tsx'
import type { TickerQuestion as Asked } from '../ticker-question.ts'
import { TickerQuestion } from './ticker-question.tsx'
import { TransactionFields } from './transaction-fields.tsx'
import { Versions } from './transaction-versions.tsx'
import { describeTransaction, explanations, typeNames } from './transaction-words.ts'
import { t } from '../words/words.ts'

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
  /** What is asked of the ticker, and of which source. */
  ticker?: { asked: Asked; source: string } | undefined
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
  const refused = fields.find((field) => faults[field])
  const focused = refused ?? (inPlace ? (editing ? 'symbol' : 'type') : null)
  return (
    <form
      class="form entry"
      id={`form-${name}`}
      method="post"
      action={action}
      novalidate
      aria-label={editing ? t('Edit transaction') : t('New transaction')}
      {...(inPlace && answeredInPlace(action, `#form-${name}`))}
    >
      {idempotencyKey !== undefined && <input type="hidden" name="key" value={idempotencyKey} />}
      {editing && <input type="hidden" name="version" value={String(theirs?.version ?? editing.version)} />}
      {faults.form && (
        <p class="fault" role="alert">
          {sentence(faults.form)}
        </p>
      )}
      {props.ticker && <TickerQuestion {...props.ticker} />}
      {theirs && <Versions theirs={typedOf(theirs)} mine={typed} />}
      {existing && (
        <p class="question" role="alert">
          {t('You already have this transaction: {transaction}. Add it anyway?', {
            transaction: describeTransaction(existing),
          })}
          <input type="hidden" name="again" value="yes" />
        </p>
      )}
      <fieldset class="types">
        <legend>{t('Type')}</legend>
        <Types types={commonTypes} chosen={typed.type} isFocused={focused === 'type'} />
        <details open={!commonTypes.some((type) => type === typed.type)}>
          <summary>{t('More types')}</summary>
          <Types
            types={transactionTypes.filter((type) => !commonTypes.includes(type))}
            chosen={typed.type}
            isFocused={focused === 'type'}
          />
        </details>
        {faults.type && <p class="fault">{sentence(faults.type)}</p>}
      </fieldset>
      {Object.entries(explanations).map(([type, says]) => (
        <p class="aside" data-for={type}>
          {t(says)}
        </p>
      ))}
      <TransactionFields
        name={name}
        typed={typed}
        faults={faults}
        focused={focused}
        asksUnits={props.asksUnits}
      />
      <div class="actions">
        <button class="button primary">
          {theirs ? t('Save mine') : existing ? t('Add anyway') : editing ? t('Save') : t('Add transaction')}
        </button>
        <a
          class="button"
          href={back}
          {...(inPlace && { 'hx-get': back, 'hx-target': '#transactions', 'hx-swap': 'outerMorph' })}
        >
          {theirs ? t('Keep saved version') : existing ? t('Don’t add') : t('Cancel')}
        </a>
        {editing && <DeleteButton list={list} id={editing.id} search={search} inPlace={inPlace} />}
        <output class="sum needs-script" data-sum></output>
      </div>
    </form>
  )
}

/** What nearly all transactions are; the other types are folded away. */
const commonTypes: readonly TransactionType[] = [
  'buy',
  'sell',
  'dividend',
  'reinvested',
  'deposit',
  'withdrawal',
  'interest',
  'fee',
]

type TypesProps = { types: readonly TransactionType[]; chosen: string; isFocused: boolean }

const Types = ({ types, chosen, isFocused }: TypesProps) => (
  <div class="choices">
    {types.map((type) => (
      <label>
        <input
          type="radio"
          name="type"
          value={type}
          checked={chosen === type}
          autofocus={isFocused && chosen === type}
        />
        <span>{t(typeNames[type])}</span>
      </label>
    ))}
  </div>
)

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
      {t('Delete')}
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

/** The same form on a page of its own. */
export const TransactionFormPage = (props: FormProps) => (
  <div class="page">
    <h1>{props.editing ? t('Edit transaction') : t('New transaction')}</h1>
    <section class="panel">
      <TransactionForm {...props} />
      <Currencies />
    </section>
  </div>
)
