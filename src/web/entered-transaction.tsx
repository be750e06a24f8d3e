import type { Refused } from '../coordinator/transaction-edits.ts'
import { splitsOf } from '../storage/corporate-actions.ts'
import { database } from '../storage/database.ts'
import type { ScopedContext } from './access/portfolio-scope.tsx'
import { byField } from './form-body.ts'
import { shownBenchmarks } from './look.ts'
import { readPage } from './portfolio-reader.ts'
import { renderPage } from './render-page.tsx'
import { type AppContext, html, isInPlace } from './request.ts'
import type { Typed } from './transaction-form.ts'
import { readQuery, searchOf } from './transaction-query.ts'
import { type FormProps, TransactionForm, TransactionFormPage } from './views/transaction-form.tsx'
import { columnCount } from './views/transaction-table.tsx'
import { EditedEntry, NewEntry } from './views/transactions.tsx'
import { english } from './words/words.ts'

/** Shows the form of a transaction: for htmx within the list, or else as a page. */
export async function transactionForm(
  c: ScopedContext<'portfolio'>,
  status: 200 | 404 | 409 | 422,
  about: Partial<FormProps> & Pick<FormProps, 'typed'>,
): Promise<Response> {
  const { portfolio, look } = c.var
  const { editing, typed } = about
  const props: FormProps = {
    ...about,
    asksUnits: editing !== undefined && (await asksUnits(c, typed)),
    list: `/portfolios/${portfolio.id}/transactions`,
    search: searchOf(readQuery(c.req.query())),
    inPlace: isInPlace(c),
  }
  if (!props.inPlace) {
    const list = (await readPage(c, portfolio.id))?.list ?? []
    const title = props.editing ? english('Edit transaction') : english('New transaction')
    const at = { list, current: portfolio.id }
    return renderPage(c, status, title, <TransactionFormPage {...props} />, at)
  }
  const entry = <TransactionForm {...props} />
  // a form that was refused replaces itself within the present list
  if (status !== 200) return html(c, entry, status)
  return html(
    c,
    editing ? (
      <EditedEntry id={editing.id} columns={columnCount(shownBenchmarks(portfolio.benchmarks, look))}>
        {entry}
      </EditedEntry>
    ) : (
      <NewEntry>{entry}</NewEntry>
    ),
  )
}

/** Shows the form again, with what was typed and what is wrong with it. */
export function notWritten(
  c: ScopedContext<'portfolio'>,
  again: Partial<FormProps> & Pick<FormProps, 'typed'>,
  why: Refused,
): Response | Promise<Response> {
  switch (why.status) {
    case 'refused':
      return transactionForm(c, 422, { ...again, faults: byField(why.faults) })
    case 'conflict':
      return transactionForm(c, 409, { ...again, theirs: why.current })
    case 'duplicate':
      return transactionForm(c, 409, { ...again, existing: why.existing })
    case 'used':
      return transactionForm(c, 422, {
        ...again,
        faults: {
          form: english(
            'this form was already sent and recorded, with other content; save it again to add a second transaction',
          ),
        },
      })
    case 'missing':
      return transactionForm(c, 404, {
        typed: again.typed,
        idempotencyKey: crypto.randomUUID(),
        faults: {
          form: english(
            'this transaction was deleted in the meantime; what you typed is still here and can be added as a new one',
          ),
        },
      })
  }
}

/** The shares and the price of a trade may have been divided by a split of a later day. */
async function asksUnits(c: AppContext, { type, symbol, date, units }: Typed): Promise<boolean> {
  if (type !== 'buy' && type !== 'sell') return false
  if (units !== '') return true
  return (await splitsOf(database(c.env.DB), symbol)).some(({ day }) => day > date)
}
