import type {
  ImportPreview as Preview,
  ImportResult as Result,
  PreviewedRow,
  RowVerdict,
} from '../../coordinator/statement-import.ts'
import { day, exact } from '../format.ts'
import { typeNames } from './transaction-words.ts'

type Portfolio = { id: string; name: string }

/** `problem` says why the last file could not be read at all. */
export const ImportForm = ({
  portfolio,
  problem,
}: {
  portfolio: Portfolio
  problem?: string | undefined
}) => (
  <div class="page">
    <h1>Import into {portfolio.name}</h1>
    {problem && (
      <p class="fault" role="alert">
        {problem}
      </p>
    )}
    <section class="panel">
      <form
        class="form"
        method="post"
        action={`/portfolios/${portfolio.id}/imports`}
        enctype="multipart/form-data"
      >
        <div class="field">
          <label for="file">CSV file</label>
          <FileInput />
          <small>
            Known by its header. What is here already is skipped, so the same file may come again; rows that
            cannot be read are listed and the others kept.
          </small>
        </div>
        <details class="field" id="paste">
          <summary>Or paste the text</summary>
          <textarea
            name="text"
            rows={8}
            spellcheck={false}
            aria-label="CSV text"
            placeholder={'Ticker,Type,Date,Price,Shares\nAAPL,Buy,2024-01-15,185.92,10'}
          ></textarea>
        </details>
        <div class="actions">
          <button class="button primary" name="preview" value="1">
            Preview
          </button>
          <button class="button">Import</button>
          <a class="button" href={`/portfolios/${portfolio.id}`}>
            Back to the portfolio
          </a>
        </div>
      </form>
    </section>
    <section class="panel">
      <h2>What can be read</h2>
      <dl class="formats">
        <dt>Transactions</dt>
        <dd>
          <code>Ticker,Type,Date,Price,Shares</code>
        </dd>
        <dt>Dividends</dt>
        <dd>
          <code>Ticker,Date,Amount</code>
        </dd>
        <dt>Fidelity</dt>
        <dd>
          The activity download, as it is: <code>Run Date,Action,Symbol,…</code>
        </dd>
        <dt>Robinhood</dt>
        <dd>
          The account activity report, as it is: <code>Activity Date,…,Trans Code,…</code>
        </dd>
      </dl>
      <p class="aside">
        Columns in any order, further ones ignored. Dates as 2024-01-15 or 1/15/2024; $ signs and thousands
        separators are fine. Splits come from the market data; what else a broker’s file says that has no
        place here (options, interest, cash sweeps) is counted and named after the import.
      </p>
    </section>
    <section class="panel">
      <h2>Take it with you</h2>
      <p class="aside">
        What is in {portfolio.name}, as files that may be imported again, here or elsewhere:{' '}
        <a href={`/portfolios/${portfolio.id}/export/transactions.csv`}>transactions</a>,{' '}
        <a href={`/portfolios/${portfolio.id}/export/dividends.csv`}>dividends</a>,{' '}
        <a href={`/portfolios/${portfolio.id}/export/cash-flows.csv`}>cash flows</a>.
      </p>
    </section>
  </div>
)

const FileInput = () => <input id="file" name="file" type="file" accept=".csv,text/csv,text/plain" />

/** A file up to here comes back within the page, so that it need not be chosen twice. */
const MOST_CARRIED = 1_000_000

/** What an import of `csv` would do, row by row; nothing of it is done yet. */
export const ImportPreview = ({
  portfolio,
  preview,
  csv,
}: {
  portfolio: Portfolio
  preview: Preview
  csv: string
}) => {
  const { counts, rows, warnings } = preview
  const imports = `/portfolios/${portfolio.id}/imports`
  const further = Object.values(counts).reduce((sum, count) => sum + count, 0) - rows.length
  return (
    <div class="page wide-page preview">
      <h1>{counts.new === 0 ? 'Nothing new to import' : 'Preview'}</h1>
      <p class="lead">
        Read as {preview.format}, for {portfolio.name}. Nothing has been imported yet.
      </p>
      <dl class="cards">
        <Count name="Would be added" count={counts.new} />
        <Count name="Already there" count={counts.known} />
        <Count name="Rejected" count={counts.rejected} />
        {counts.left_out > 0 && <Count name="Left out" count={counts.left_out} />}
        <Count name="Warnings" count={warnings.length} />
      </dl>
      <form class="actions" method="post" action={imports} enctype="multipart/form-data">
        {counts.new > 0 &&
          (csv.length <= MOST_CARRIED ? (
            <>
              {/* the parser takes a first line end for its own */}
              <textarea name="text" hidden readonly>
                {`\n${csv}`}
              </textarea>
              <button class="button primary">
                {counts.new === 1 ? 'Import this row' : `Import these ${counted(counts.new, 'row')}`}
              </button>
            </>
          ) : (
            <div class="again field">
              <label for="file">The file is too large to be kept: choose it again and press Import.</label>
              <FileInput />
              <button class="button primary">Import</button>
            </div>
          ))}
        <a class="button" href={imports}>
          Choose another file
        </a>
      </form>
      <Warnings warnings={warnings} />
      {rows.length > 0 && (
        <section class="panel">
          <h2>Rows of the file</h2>
          <div class="scroll">
            <table class="grid previewed">
              <thead>
                <tr>
                  <th scope="col">Line</th>
                  <th scope="col" class="text">
                    Verdict
                  </th>
                  <th scope="col" class="text">
                    Date
                  </th>
                  <th scope="col" class="text">
                    Type
                  </th>
                  <th scope="col" class="text">
                    Ticker
                  </th>
                  <th scope="col">Shares</th>
                  <th scope="col">Price</th>
                  <th scope="col">Amount</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <Row row={row} />
                ))}
              </tbody>
            </table>
          </div>
          {further > 0 && <p class="aside">and {counted(further, 'further row')}, counted above</p>}
        </section>
      )}
    </div>
  )
}

const verdicts: Record<RowVerdict, string> = {
  new: 'New',
  known: 'Already there',
  rejected: 'Rejected',
  left_out: 'Left out',
}

const Count = ({ name, count }: { name: string; count: number }) => (
  <div>
    <dt>{name}</dt>
    <dd>{exact(String(count))}</dd>
  </div>
)

/** Every digit of what was understood, to be compared with the file; or why it was not. */
const Row = ({ row: { line, verdict, reason, transaction } }: { row: PreviewedRow }) => (
  <tr class={`verdict-${verdict}`}>
    <td class="line">{line}</td>
    <td class="verdict text">{verdicts[verdict]}</td>
    {reason !== null || transaction === null ? (
      <td class="why text" colspan={6}>
        {reason}
      </td>
    ) : (
      <>
        <td class="date text">{day(transaction.date)}</td>
        <td class="type text">{typeNames[transaction.type]}</td>
        <td class="ticker text">{transaction.symbol}</td>
        <td class="shares" data-money>
          {transaction.ratio ?? digits(transaction.shares)}
        </td>
        <td class="price">{digits(transaction.price)}</td>
        <td class="amount" data-money>
          {transaction.fee !== '0' && transaction.type !== 'fee' && (
            <small>fee {exact(transaction.fee)}, </small>
          )}
          {transaction.ratio === null && exact(transaction.amount)} {transaction.currency}
        </td>
      </>
    )}
  </tr>
)

/** Empty where the type has no such field. */
function digits(decimal: string | null): string {
  return decimal === null ? '' : exact(decimal)
}

const Warnings = ({ warnings }: { warnings: string[] }) =>
  warnings.length > 0 && (
    <ul class="warnings">
      {warnings.map((warning) => (
        <li>{warning}</li>
      ))}
    </ul>
  )

export const ImportResult = ({ portfolio, result }: { portfolio: Portfolio; result: Result }) => {
  const { accepted, duplicates, rejected, warnings, format } = result
  return (
    <div class="page">
      <h1>{accepted === 0 ? 'Nothing new was imported' : `${counted(accepted, 'row')} imported`}</h1>
      <p class="lead">
        Read as {format}, into {portfolio.name}.{' '}
        {duplicates > 0 && `${counted(duplicates, 'row')} ${was(duplicates)} here already and skipped. `}
        {rejected.length > 0 && `${counted(rejected.length, 'row')} could not be read. `}
        {accepted > 0 && 'Prices and history load behind; the dashboard fills itself.'}
      </p>
      <div class="actions">
        <a class="button primary" href={`/portfolios/${portfolio.id}`}>
          Open the dashboard
        </a>
        <a class="button" href={`/portfolios/${portfolio.id}/imports`}>
          Import another file
        </a>
      </div>
      <Warnings warnings={warnings} />
      {rejected.length > 0 && (
        <section class="panel">
          <h2>
            Rows left out <span class="count">{rejected.length}</span>
          </h2>
          <table class="grid records">
            <thead>
              <tr>
                <th scope="col">Line</th>
                <th scope="col">Reason</th>
              </tr>
            </thead>
            <tbody>
              {rejected.map(({ line, reason }) => (
                <tr>
                  <td>{line}</td>
                  <td>{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  )
}

function counted(count: number, noun: string): string {
  return `${exact(String(count))} ${noun}${count === 1 ? '' : 's'}`
}

function was(count: number): string {
  return count === 1 ? 'was' : 'were'
}
