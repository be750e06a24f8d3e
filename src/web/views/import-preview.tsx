import { html } from 'hono/html'
import type { ImportPreview as Preview, PreviewedRow, RowVerdict } from '../../coordinator/import-preview.ts'
import { isOpen } from '../../statements/question.ts'
import { day, exact, money, shares } from '../format.ts'
import { ImportQuestions } from './import-questions.tsx'
import { Warnings } from './import.tsx'
import { type Column, Table } from './table.tsx'
import { typeNames } from './transaction-words.ts'

type Portfolio = { id: string; name: string }

/**
 * Shows what an import of the kept file would do, row by row, and lets everything about it be said on the same page: the
 * button Apply posts the form and shows the page anew. Nothing has been imported yet.
 */
export const ImportPreview = ({
  portfolio,
  preview,
  draft,
  lines,
}: {
  portfolio: Portfolio
  preview: Preview
  draft: string
  /** Lines of the file that were written in other words. */
  lines: Readonly<Record<number, string>>
}) => {
  const { counts, rows, warnings, questions } = preview
  const imports = `/portfolios/${portfolio.id}/imports`
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const further = all - rows.length
  const isAsked = questions.some(isOpen)
  const shown = new Set(rows.map(({ line }) => line))
  return (
    <div class="page wide-page preview" id="preview">
      <h1>
        {isAsked
          ? 'One question first'
          : counts.new === 0
            ? 'Nothing new to import'
            : 'Check before importing'}
      </h1>
      <p class="lead">
        Format: {preview.format}. Nothing has been imported into {portfolio.name} yet.
      </p>
      <form id="reading" method="post" action={imports}>
        <input type="hidden" name="draft" value={draft} />
        {Object.entries(lines).map(
          ([line, text]) =>
            !shown.has(Number(line)) && <input type="hidden" name={`line.${line}`} value={text} />,
        )}
        <section class="panel strip" aria-label="How this file is read">
          <ImportQuestions preview={preview} />
          {/* the first button is the one that Enter presses */}
          <div class="actions">
            <button class="button" name="preview" value="1">
              Apply
            </button>
          </div>
        </section>
        <dl class="cards">
          <Count name="New" count={counts.new} />
          <Count name="Already in portfolio" count={counts.known} />
          {(counts.similar ?? 0) > 0 && <Count name="Similar" count={counts.similar!} />}
          <Count name="Rejected" count={counts.rejected} />
          {counts.left_out > 0 && <Count name="Not supported" count={counts.left_out} />}
          <Count name="Warnings" count={warnings.length} />
        </dl>
        <div class="actions">
          {counts.new > 0 && !isAsked && (
            <button class="button primary" name="preview" value="0">
              {counts.new === 1 ? 'Import 1 row' : `Import ${counted(counts.new, 'row')}`}
            </button>
          )}
          <a class="button" href={imports}>
            Choose another file
          </a>
        </div>
        <Warnings warnings={warnings} />
        {counts.new > 0 && <Held preview={preview} />}
        {rows.length > 0 && (
          <section class="panel">
            <h2>Rows in this file</h2>
            <Table
              columns={columnsOf(lines)}
              rows={rows}
              class="previewed as-lines"
              rowClass={({ verdict }) => `verdict-${verdict}`}
              instead={({ reason, transaction, spelled, line }) =>
                reason !== null || transaction === null
                  ? { from: 2, words: <Reason reason={reason} line={line} spelled={spelled} /> }
                  : null
              }
            />
            {further > 0 && (
              <p class="aside">and {counted(further, 'more row')}, included in the counts above</p>
            )}
          </section>
        )}
      </form>
    </div>
  )
}

const verdicts: Record<RowVerdict, string> = {
  new: 'New',
  known: 'Already in portfolio',
  similar: 'Similar',
  rejected: 'Rejected',
  left_out: 'Not supported',
}

const Count = ({ name, count }: { name: string; count: number }) => (
  <div>
    <dt>{name}</dt>
    <dd>{exact(String(count))}</dd>
  </div>
)

/** Why a row is not imported and, where it is a line of its own, the line to be mended. */
const Reason = ({
  reason,
  line,
  spelled,
}: {
  reason: string | null
  line: number
  spelled?: string | undefined
}) =>
  spelled === undefined
    ? html`${reason}`
    : html`${reason}<details id="mend-${String(line)}"><summary>Mend this row</summary><input name="line.${String(line)}" value="${spelled}" aria-label="Line ${String(line)}" spellcheck="false" autocomplete="off"></details>`

/** Shows every digit of what was understood, for comparison with the file, or why it was not understood. */
const columnsOf = (lines: Readonly<Record<number, string>>): Column<PreviewedRow>[] => [
  { at: 'line', name: 'Line', write: ({ line }) => String(line) },
  { at: 'verdict text', name: 'Result', write: (row) => verdictOf(row, lines) },
  { at: 'date text', name: 'Date', write: ({ transaction: row }) => row && day(row.date) },
  { at: 'type text', name: 'Type', write: ({ transaction: row }) => row && typeNames[row.type] },
  { at: 'ticker text', name: 'Ticker', write: ({ transaction: row }) => row && row.symbol },
  {
    at: 'shares',
    name: 'Shares',
    money: true,
    write: ({ transaction: row }) => row && (row.ratio ?? digits(row.shares)),
  },
  { at: 'price', name: 'Price', write: ({ transaction: row }) => row && digits(row.price) },
  { at: 'amount', name: 'Amount', money: true, write: ({ transaction: row }) => row && amount(row) },
]

/** What is not new can be insisted on, and a line that was mended stays so. */
function verdictOf(
  { line, verdict, resembles, isInsisted }: PreviewedRow,
  lines: Readonly<Record<number, string>>,
) {
  const mended = lines[line]
  const kept =
    mended !== undefined &&
    verdict !== 'rejected' &&
    html`<input type="hidden" name="line.${String(line)}" value="${mended}">`
  const canTake = verdict === 'known' || verdict === 'similar' || isInsisted
  const box =
    canTake &&
    html` <label class="take"><input type="checkbox" name="take" id="take-${String(line)}" value="${String(line)}"${isInsisted ? html` checked` : ''}> import it</label>`
  const like = resembles && html` <small>like ${day(resembles.date)} at ${digits(resembles.price)}</small>`
  return html`${verdicts[verdict]}${kept}${like}${box}`
}

function amount({ type, fee, ratio, amount: whole, currency }: NonNullable<PreviewedRow['transaction']>) {
  const charged = fee !== '0' && type !== 'fee' && html`<small>fee ${exact(fee)}, </small>`
  return html`${charged}${ratio === null && exact(whole)} ${currency}`
}

/** Empty when the type has no such field. */
function digits(decimal: string | null): string {
  return decimal === null ? '' : exact(decimal)
}

/** What there is once the file is imported, to be compared with the broker's own page. */
const Held = ({ preview: { held, cash } }: { preview: Preview }) => (
  <details class="panel held" id="held">
    <summary>After this import</summary>
    <p class="aside">
      Compare with your broker’s page. Shares are in today’s units, as far as splits are known.
    </p>
    <dl>
      {held.map(({ symbol, shares: count }) => (
        <>
          <dt>{symbol}</dt>
          <dd data-money>{shares(count)}</dd>
        </>
      ))}
      {cash.map(({ currency, amount: sum }) => (
        <>
          <dt>Cash in {currency}</dt>
          <dd data-money>{sum.startsWith('-') ? 'deposits are missing' : money(sum, currency)}</dd>
        </>
      ))}
    </dl>
  </details>
)

function counted(count: number, noun: string): string {
  return `${exact(String(count))} ${noun}${count === 1 ? '' : 's'}`
}
