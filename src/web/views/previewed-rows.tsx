import { html } from './html.ts'
import type { Child } from 'hono/jsx'
import type { ImportPreview, PreviewedRow, RowVerdict } from '../../coordinator/import-preview.ts'
import { day, exact } from '../format.ts'
import { canBeTaken, mendedElsewhere } from '../said-on-page.ts'
import { type Column, Table } from './table.tsx'
import { typeNames } from './transaction-words.ts'
import { type Label, t, translated } from '../words/words.ts'

/** Every row with what becomes of it; a row that was not understood can be mended in its place. */
export const PreviewedRows = ({ preview }: { preview: ImportPreview }) => {
  const { counts, rows, mended } = preview
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const further = all - rows.length
  return (
    <>
      {rows.length > 0 && (
        <section class="panel">
          <h2>{t('Rows in this file')}</h2>
          <Table
            columns={columns()}
            rows={rows}
            class="previewed as-lines"
            rowClass={({ verdict }) => `verdict-${verdict}`}
            instead={(row) => inWordsOf(row, mended)}
          />
          {further > 0 && (
            <p class="aside">
              {t(
                further === 1
                  ? 'and {n} more row, included in the counts above'
                  : 'and {n} more rows, included in the counts above',
                { n: exact(String(further)) },
              )}
            </p>
          )}
        </section>
      )}
      <MendedElsewhere lines={mendedElsewhere(preview)} />
    </>
  )
}

const verdicts: Record<RowVerdict, Label> = {
  new: 'New',
  known: 'Already in portfolio',
  similar: 'Similar',
  rejected: 'Rejected',
  left_out: 'Not supported',
}

type Mended = ImportPreview['mended']

/**
 * Why a row is not imported, or what was understood of one that was mended, with the line itself to be mended: in the same
 * place, so that whoever mends it stays in it.
 */
function inWordsOf(row: PreviewedRow, mended: Mended): { from: number; words: Child } | null {
  const { line, reason, transaction, spelled } = row
  const own = mended[line] ?? spelled
  const isMended = mended[line] !== undefined
  if (reason === null && transaction !== null && !isMended) return null
  const said = reason === null ? transaction && understood(transaction) : translated(reason)
  if (own === undefined) return { from: 2, words: html`${said}` }
  return {
    from: 2,
    words: html`${said}<details id="mend-${String(line)}"${isMended ? html` open` : ''}><summary>${t('Fix this row')}</summary>${lineInput(line, own)}</details>`,
  }
}

const MendedElsewhere = ({ lines }: { lines: ReturnType<typeof mendedElsewhere> }) =>
  lines.length === 0 ? null : (
    <section class="panel mended">
      <h2>{t('Rows you have mended')}</h2>
      {lines.map(([line, text]) => (
        <label class="field">
          <span>{t('Line {n}', { n: line })}</span>
          {lineInput(line, text)}
        </label>
      ))}
    </section>
  )

function lineInput(line: number | string, text: string) {
  return html`<input id="line-${String(line)}" name="line.${String(line)}" value="${text}" aria-label="${t('Line {n}', { n: line })}" spellcheck="false" autocomplete="off">`
}

/** `Buy 3 KO at 60, Jan 2, 2024`. */
function understood(row: NonNullable<PreviewedRow['transaction']>): string {
  const { type, shares: count, symbol, price, date, ratio, amount: whole, currency } = row
  const what = [t(typeNames[type]), ratio ?? digits(count), symbol].filter(Boolean).join(' ')
  const worth =
    price === null
      ? ratio === null
        ? t('{what} of {amount}', { what, amount: exact(whole) })
        : what
      : t('{what} at {price}', { what, price: exact(price) })
  return `${worth} ${currency ?? ''}`.trimEnd() + `, ${day(date)}`
}

/** Shows every digit of what was understood, for comparison with the file, or why it was not understood. */
const columns = (): Column<PreviewedRow>[] => [
  { at: 'line', name: t('Line'), write: ({ line }) => String(line) },
  { at: 'verdict text', name: t('Result'), write: verdictOf },
  { at: 'date text', name: t('Date'), write: ({ transaction: row }) => row && day(row.date) },
  { at: 'type text', name: t('Type'), write: ({ transaction: row }) => row && t(typeNames[row.type]) },
  { at: 'ticker text', name: t('Ticker'), write: ({ transaction: row }) => row && row.symbol },
  {
    at: 'shares',
    name: t('Shares'),
    money: true,
    write: ({ transaction: row }) => row && (row.ratio ?? digits(row.shares)),
  },
  { at: 'price', name: t('Price'), write: ({ transaction: row }) => row && digits(row.price) },
  { at: 'amount', name: t('Amount'), money: true, write: ({ transaction: row }) => row && amount(row) },
]

function verdictOf(row: PreviewedRow) {
  const { line, verdict, resembles, isInsisted } = row
  const box =
    canBeTaken(row) &&
    html` <label class="take"><input type="checkbox" name="take" id="take-${String(line)}" value="${String(line)}"${isInsisted ? html` checked` : ''}> ${t('import it')}</label>`
  const like =
    resembles &&
    html` <small>${t('like {day} at {price}', { day: day(resembles.date), price: digits(resembles.price) })}</small>`
  return html`${t(verdicts[verdict])}${like}${box}`
}

function amount({ type, fee, ratio, amount: whole, currency }: NonNullable<PreviewedRow['transaction']>) {
  const charged =
    fee !== '0' && type !== 'fee' && html`<small>${t('fee {amount}', { amount: exact(fee) })}, </small>`
  return html`${charged}${ratio === null && whole !== '0' && html`${exact(whole)} ${currency}`}`
}

/** Empty when the type has no such field. */
function digits(decimal: string | null): string {
  return decimal === null ? '' : exact(decimal)
}
