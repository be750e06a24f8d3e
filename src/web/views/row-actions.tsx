import type { Child } from 'hono/jsx'
import { html, raw } from './html.ts'
import { t } from '../words/words.ts'

type RowActionsProps = {
  edit: string
  /** The address that deletes the row or, without `post`, the page that does. */
  remove: string
  /** The name of the row for screen readers: `Buy AAPL, Jan 3, 2024`. */
  name: string
  post?: boolean
  /** The htmx attributes of both, as markup. */
  inPlace?: { edit: Child; remove: Child }
  autofocus?: boolean
}

/** A pen and a cross, the same at the end of every row that can be edited: as text, because a page has hundreds. */
export const RowActions = ({ edit, remove, name, post, inPlace, autofocus }: RowActionsProps) => {
  const focused = autofocus && html` autofocus=""`
  const pen = html`<a class="tool edit" href="${edit}" aria-label="${t('Edit {name}', { name })}" title="${t('Edit')}"${focused}${inPlace?.edit}>${PEN}</a>`
  const cross = post
    ? html`<form method="post" action="${remove}"${inPlace?.remove}><button class="tool" aria-label="${t('Delete {name}', { name })}" title="${t('Delete')}">${CROSS}</button></form>`
    : html`<a class="tool" href="${remove}" aria-label="${t('Delete {name}', { name })}" title="${t('Delete')}">${CROSS}</a>`
  return html`${pen}${cross}`
}

/** Links of a row to the page of its transaction, whose form has a button for both. */
export const TransactionLinks = ({
  portfolio,
  transaction,
  name,
}: {
  portfolio: string
  transaction: string
  name: string
}) => {
  const edit = `/portfolios/${portfolio}/transactions/${transaction}/edit`
  return <RowActions edit={edit} remove={`${edit}#delete`} name={name} />
}

const PEN = raw(
  '<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="m3 13 .6-2.8 7-7 2.2 2.2-7 7Z"></path></svg>',
)
const CROSS = raw(
  '<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="m4 4 8 8m0-8-8 8"></path></svg>',
)
