import type { ImportResult as Result } from '../../coordinator/statement-import.ts'
import type { ImportRecord } from '../../storage/imports.ts'
import { formatNames } from '../../statements/formats.ts'
import { exact } from '../format.ts'
import type { OtherAccount } from '../other-accounts.ts'
import { OtherAccounts } from './other-accounts.tsx'
import { Imports } from './imports.tsx'
import { Table } from './table.tsx'

type Portfolio = { id: string; name: string }

/** `problem` says why the last file could not be read at all. */
export const ImportForm = ({
  portfolio,
  problem,
  earlier = [],
}: {
  portfolio: Portfolio
  problem?: string | undefined
  earlier?: ImportRecord[]
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
        data-drop
      >
        <input type="hidden" name="preview" value="1" />
        <div class="field drop">
          <label for="file">
            File <small>CSV, Excel, OFX, QFX, Flex or JSON</small>
          </label>
          <FileInput />
          <p class="aside needs-script">or drop it anywhere on this page</p>
          <details id="paste">
            <summary>Or paste its text</summary>
            <textarea
              name="text"
              rows={8}
              spellcheck={false}
              aria-label="Text of the file"
              placeholder={'Ticker,Type,Date,Price,Shares\nAAPL,Buy,2024-01-15,185.92,10'}
            ></textarea>
          </details>
        </div>
        <p class="aside">
          Nothing is imported until you have seen every row. Rows you already have are skipped, so importing
          the same file twice is safe.
        </p>
        <div class="actions">
          <button class="button primary">Check this file</button>
          <a href={`/portfolios/${portfolio.id}`}>Back to {portfolio.name}</a>
          <ReadSoFar />
        </div>
      </form>
    </section>
    <p class="aside">
      Statements can also come in by themselves:{' '}
      <a href={`/portfolios/${portfolio.id}/brokers`}>connect a broker</a>.
    </p>
    {earlier.length > 0 && <Imports portfolio={portfolio} imports={earlier} now={Date.now()} />}
    <section class="panel">
      <h2>Supported files</h2>
      <dl class="formats">
        {formats.map(({ name, where, header }) => (
          <>
            <dt>{name}</dt>
            <dd>
              {where}
              <details>
                <summary class="aside">Header row</summary>
                <code>{header}</code>
              </details>
            </dd>
          </>
        ))}
        <dt>Also recognized</dt>
        <dd>{formatNames().join(', ')}; OFX, QFX and QIF files; Flex queries</dd>
        <dt>Anything else</dt>
        <dd>
          A table with a row for each transaction, or for each purchase with its sale: CSV, Excel, a web page
          or JSON, alone or in a zip archive, with headings in most languages of Europe, Chinese, Japanese or
          Korean
        </dd>
      </dl>
      <p class="aside">
        Columns can be in any order. The whole column shows how to read a date such as 03/04/2024 or a number
        such as 1,234; if it doesn’t, you are asked. Columns of money that aren’t used are listed. Splits come
        from market data. Options and cash sweeps aren’t imported; they are listed afterwards.
      </p>
    </section>
    <section class="panel">
      <h2>Export</h2>
      <p class="aside">
        Download {portfolio.name} as CSV files you can import again:{' '}
        <a href={`/portfolios/${portfolio.id}/export/transactions.csv`}>transactions</a>,{' '}
        <a href={`/portfolios/${portfolio.id}/export/dividends.csv`}>dividends</a>,{' '}
        <a href={`/portfolios/${portfolio.id}/export/cash-flows.csv`}>cash flows</a>.
      </p>
    </section>
  </div>
)

/** Where the live channel says how far a long file is read. */
export const ReadSoFar = () => <span class="aside" role="status" data-reading></span>

const formats = [
  {
    name: 'Fidelity',
    where: 'Activity download, unedited: Activity & Orders, then Download',
    header: 'Run Date,Action,Symbol,…',
  },
  {
    name: 'Robinhood',
    where: 'Account activity report, unedited: Account, then Reports and statements',
    header: 'Activity Date,…,Trans Code,…',
  },
  {
    name: 'Transactions',
    where: 'A spreadsheet of your own with a row for each trade',
    header: 'Ticker,Type,Date,Price,Shares',
  },
  {
    name: 'Dividends',
    where: 'A spreadsheet of your own with a row for each payment',
    header: 'Ticker,Date,Amount',
  },
]

const ACCEPTED = '.csv,.txt,.tsv,.xlsx,.xls,.html,.zip,.ofx,.qfx,.qif,.xml,.json,text/csv,text/plain'

const FileInput = () => <input id="file" name="file" type="file" accept={ACCEPTED} />

export const Warnings = ({ warnings }: { warnings: string[] }) =>
  warnings.length > 0 && (
    <ul class="warnings">
      {warnings.map((warning) => (
        <li>{warning}</li>
      ))}
    </ul>
  )

export const ImportResult = ({
  portfolio,
  result,
  others,
}: {
  portfolio: Portfolio
  result: Result
  others: OtherAccount[]
}) => {
  const { accepted, duplicates, rejected, warnings, format } = result
  return (
    <div class="page">
      <h1>{accepted === 0 ? 'Nothing new was imported' : `${counted(accepted, 'row')} imported`}</h1>
      <p class="lead">
        Into {portfolio.name}, format: {format}.{' '}
        {duplicates > 0 && `${counted(duplicates, 'duplicate')} ${was(duplicates)} skipped. `}
        {rejected.length > 0 && `${counted(rejected.length, 'row')} ${was(rejected.length)} rejected. `}
        {accepted > 0 && 'Prices are loading in the background; the dashboard will update by itself.'}
      </p>
      <div class="actions">
        <a class="button primary" href={`/portfolios/${portfolio.id}`}>
          Open the dashboard
        </a>
        <a class="button" href={`/portfolios/${portfolio.id}/imports`}>
          Import another file
        </a>
        {accepted > 0 && (
          <a class="button" href={`/portfolios/${portfolio.id}/imports/${result.import_id}`}>
            Undo this import…
          </a>
        )}
      </div>
      <Warnings warnings={warnings} />
      <OtherAccounts others={others} />
      {rejected.length > 0 && (
        <section class="panel">
          <h2>
            Rejected rows <span class="count">{rejected.length}</span>
          </h2>
          <Table
            class="records"
            columns={[
              { at: 'text', name: 'Line', write: ({ line }) => String(line) },
              { at: 'words text', name: 'Reason', write: ({ reason }) => reason },
            ]}
            rows={rejected}
          />
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
