import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { ImportPreview as Preview, PreviewedRow, RowVerdict } from '../../coordinator/import-preview.ts'
import { inWords, isOpen } from '../../statements/question.ts'
import { day, exact, money, shares } from '../format.ts'
import type { ImportChoices } from '../../coordinator/import-choices.ts'
import { entriesOf, markOf } from '../import-choices.ts'
import type { OtherAccount } from '../other-accounts.ts'
import { Accounts } from './other-accounts.tsx'
import { ImportQuestions, namesAsked } from './import-questions.tsx'
import { ReadSoFar, Warnings } from './import.tsx'
import { type Column, Table } from './table.tsx'
import { typeNames } from './transaction-words.ts'

type Portfolio = { id: string; name: string }

/**
 * Shows what an import of the kept file would do, row by row, and lets everything about it be said on the same page: each
 * change posts the form and shows the page anew, without script by the button Apply. Nothing has been imported yet.
 */
export const ImportPreview = ({
  portfolio,
  preview,
  draft,
  said,
  list,
  others,
  problem,
}: {
  portfolio: Portfolio
  /** The portfolios of the visitor. */
  list: readonly Portfolio[]
  preview: Preview
  draft: string
  said: SaidOnPage
  /** What becomes of the accounts that go to other portfolios. */
  others: OtherAccount[]
  /** Why what was said last could not be done. */
  problem?: string | undefined
}) => {
  const { counts, rows, questions } = preview
  // the page asks what a program is told in words
  const asked = new Set(questions.map(inWords))
  const warnings = preview.warnings.filter((warning) => !asked.has(warning))
  const imports = `/portfolios/${portfolio.id}/imports`
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const further = all - rows.length
  const isAsked = questions.some(isOpen)
  const leaving = others.reduce((sum, { accounts }) => sum + accounts.length, 0)
  const canImport = (counts.new > 0 || leaving > 0) && !isAsked
  return (
    <div class="page wide-page preview" id="preview">
      <h1>
        {isAsked
          ? 'One question first'
          : counts.new + leaving === 0
            ? 'Nothing new to import'
            : 'Check before importing'}
      </h1>
      <p class="lead">
        Format: {preview.format}. Nothing has been imported into {portfolio.name} yet.
      </p>
      {problem && (
        <p class="fault" role="alert">
          {problem}
        </p>
      )}
      <div role="status" hidden={isAsked}>
        <dl class="cards">
          <Count name="New" count={counts.new} />
          <Count name="Already in portfolio" count={counts.known} />
          {(counts.similar ?? 0) > 0 && <Count name="Similar" count={counts.similar!} />}
          <Count name="Rejected" count={counts.rejected} />
          {counts.left_out > 0 && <Count name="Not supported" count={counts.left_out} />}
          <Count name="Warnings" count={warnings.length} />
        </dl>
      </div>
      <div class="beside">
        <form id="reading" method="post" action={imports} {...shownAnew(imports)} hx-trigger="change">
          <input type="hidden" name="draft" value={draft} />
          <input type="hidden" name="seen" value={said.mark} />
          {said.unseen.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <section class="panel strip" aria-label="How this file is read">
            <ImportQuestions preview={preview} />
            <Accounts {...{ portfolio, list, preview, others, said: said.accounts }} />
          </section>
          {/* the first button is the one that Enter presses */}
          <button
            class="button apply"
            name="preview"
            value="1"
            {...shownAnew(imports)}
            hx-sync="#reading:replace"
          >
            Apply
          </button>
          <Warnings warnings={warnings} />
          {rows.length > 0 && (
            <section class="panel">
              <h2>Rows in this file</h2>
              <Table
                columns={columns}
                rows={rows}
                class="previewed as-lines"
                rowClass={({ verdict }) => `verdict-${verdict}`}
                instead={(row) => inWordsOf(row, preview.mended)}
              />
              {further > 0 && (
                <p class="aside">and {counted(further, 'more row')}, included in the counts above</p>
              )}
            </section>
          )}
          <MendedElsewhere lines={elsewhere(preview)} />
        </form>
        <div class="after">
          {counts.new > 0 && <Held preview={preview} />}
          <div class="actions">
            {canImport && (
              <button class="button primary" name="preview" value="0" form="reading">
                {counts.new > 0 || leaving === 0
                  ? `Import ${counted(counts.new, 'row')}`
                  : `Import ${counted(leaving, 'account')}`}
                {counts.new > 0 && leaving > 0 && ` and ${counted(leaving, 'other account')}`}
              </button>
            )}
            <a class="button" href={imports}>
              Choose another file
            </a>
            <ReadSoFar />
          </div>
        </div>
      </div>
    </div>
  )
}

/** What was said so far: its mark, by which a change that was not shown is noticed, and the part that no field shows. */
export type SaidOnPage = {
  mark: string
  unseen: [name: string, value: string][]
  accounts: Readonly<Record<string, string>>
}

/** What the form of a preview will send, which is all that was said of the file. */
export async function saidOnPage(
  preview: Preview,
  { take, accounts: said }: Pick<ImportChoices, 'take' | 'accounts'>,
): Promise<SaidOnPage> {
  const { rows, answers, mended } = preview
  // a line that may be mended is sent as it is
  const asIs = rows.flatMap(({ line, spelled }) => (spelled === undefined ? [] : [[line, spelled] as const]))
  const lines = { ...mended, ...Object.fromEntries(asIs) }
  const shown = new Set([
    ...namesAsked(preview),
    ...rows.flatMap((row) => (isMendable(row, mended) ? [`line.${row.line}`] : [])),
    ...elsewhere(preview).map(([line]) => `line.${line}`),
  ])
  const taken = new Set(rows.flatMap((row) => (canBeTaken(row) ? [row.line] : [])))
  const asked = preview.accounts.length > 1 ? preview.accounts.map(({ name }) => name) : []
  for (const name of asked) shown.add(`account.${name}`)
  const accounts = { ...Object.fromEntries(asked.map((name) => [name, ''])), ...said }
  const choices = { answers, take, lines, accounts }
  return {
    accounts,
    mark: await markOf(choices),
    unseen: entriesOf(choices).filter(([name, value]) =>
      name === 'take' ? !taken.has(Number(value)) : !shown.has(name),
    ),
  }
}

/** The page is morphed, so that the focus and what is being typed stay; the last change wins. */
function shownAnew(imports: string): Record<`hx-${string}`, string> {
  return {
    'hx-post': imports,
    'hx-vals': '{"preview": "1"}',
    'hx-target': '#preview',
    'hx-select': '#main > .page',
    'hx-swap': 'outerMorph',
    'hx-sync': 'replace',
  }
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

type Mended = Preview['mended']

function isMendable({ line, spelled }: PreviewedRow, mended: Mended): boolean {
  return spelled !== undefined || mended[line] !== undefined
}

/** What is not new can be insisted on. */
function canBeTaken({ verdict, isInsisted }: PreviewedRow): boolean {
  return verdict === 'known' || verdict === 'similar' || isInsisted === true
}

/**
 * Why a row is not imported, or what was understood of one that was mended, with the line itself to be mended: in the same
 * place, so that whoever mends it stays in it.
 */
function inWordsOf(row: PreviewedRow, mended: Mended): { from: number; words: Child } | null {
  const { line, reason, transaction, spelled } = row
  const own = mended[line] ?? spelled
  const isMended = mended[line] !== undefined
  if (reason === null && transaction !== null && !isMended) return null
  const said = reason ?? (transaction && understood(transaction))
  if (own === undefined) return { from: 2, words: html`${said}` }
  return {
    from: 2,
    words: html`${said}<details id="mend-${String(line)}"${isMended ? html` open` : ''}><summary>Fix this row</summary>${lineInput(line, own)}</details>`,
  }
}

/** The lines that were mended and are none of the rows: while a question is open there are none. */
function elsewhere({ rows, mended }: Preview): [line: string, text: string][] {
  const shown = new Set(rows.map(({ line }) => line))
  return Object.entries(mended).filter(([line]) => !shown.has(Number(line)))
}

const MendedElsewhere = ({ lines }: { lines: ReturnType<typeof elsewhere> }) =>
  lines.length === 0 ? null : (
    <section class="panel mended">
      <h2>Rows you have mended</h2>
      {lines.map(([line, text]) => (
        <label class="field">
          <span>Line {line}</span>
          {lineInput(line, text)}
        </label>
      ))}
    </section>
  )

function lineInput(line: number | string, text: string) {
  return html`<input id="line-${String(line)}" name="line.${String(line)}" value="${text}" aria-label="Line ${String(line)}" spellcheck="false" autocomplete="off">`
}

/** `Buy 3 KO at 60, Jan 2, 2024`. */
function understood(row: NonNullable<PreviewedRow['transaction']>): string {
  const { type, shares: count, symbol, price, date, ratio, amount: whole, currency } = row
  const what = [typeNames[type], ratio ?? digits(count), symbol].filter(Boolean).join(' ')
  const worth = price === null ? (ratio === null ? ` of ${exact(whole)}` : '') : ` at ${exact(price)}`
  return `${what}${worth} ${currency ?? ''}`.trimEnd() + `, ${day(date)}`
}

/** Shows every digit of what was understood, for comparison with the file, or why it was not understood. */
const columns: Column<PreviewedRow>[] = [
  { at: 'line', name: 'Line', write: ({ line }) => String(line) },
  { at: 'verdict text', name: 'Result', write: verdictOf },
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

function verdictOf(row: PreviewedRow) {
  const { line, verdict, resembles, isInsisted } = row
  const box =
    canBeTaken(row) &&
    html` <label class="take"><input type="checkbox" name="take" id="take-${String(line)}" value="${String(line)}"${isInsisted ? html` checked` : ''}> import it</label>`
  const like = resembles && html` <small>like ${day(resembles.date)} at ${digits(resembles.price)}</small>`
  return html`${verdicts[verdict]}${like}${box}`
}

function amount({ type, fee, ratio, amount: whole, currency }: NonNullable<PreviewedRow['transaction']>) {
  const charged = fee !== '0' && type !== 'fee' && html`<small>fee ${exact(fee)}, </small>`
  return html`${charged}${ratio === null && whole !== '0' && html`${exact(whole)} ${currency}`}`
}

/** Empty when the type has no such field. */
function digits(decimal: string | null): string {
  return decimal === null ? '' : exact(decimal)
}

/** What there is once the file is imported, to be compared with the broker's own page. */
const Held = ({ preview: { held, cash } }: { preview: Preview }) => (
  <section class="panel held" id="held">
    <h2>After this import</h2>
    <Positions held={held.slice(0, MOST_SHOWN)} cash={cash} />
    {held.length > MOST_SHOWN && (
      <details id="held-more">
        <summary>{exact(String(held.length - MOST_SHOWN))} more</summary>
        <Positions held={held.slice(MOST_SHOWN)} cash={[]} />
      </details>
    )}
    <p class="aside">
      Compare with your broker’s page. Shares are in today’s units, as far as splits are known.
    </p>
  </section>
)

const MOST_SHOWN = 12

const Positions = ({ held, cash }: Pick<Preview, 'held' | 'cash'>) => (
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
)

function counted(count: number, noun: string): string {
  return `${exact(String(count))} ${noun}${count === 1 ? '' : 's'}`
}
