import type { ImportResult as Result } from '../../coordinator/statement-import.ts'
import type { ImportRecord } from '../../storage/imports.ts'
import { formatNames } from '../../statements/formats.ts'
import { exact } from '../format.ts'
import type { OtherAccount } from '../other-accounts.ts'
import { OtherAccounts } from './other-accounts.tsx'
import { Imports } from './imports.tsx'
import { Table } from './table.tsx'
import { type Label, parts, t, translated } from '../words/words.ts'

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
    <h1>{t('Import into {name}', { name: portfolio.name })}</h1>
    {problem && (
      <p class="fault" role="alert">
        {translated(problem)}
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
            {t('File')} <small>{t('CSV, Excel, OFX, QFX, Flex or JSON')}</small>
          </label>
          <FileInput />
          <p class="aside needs-script">{t('or drop it anywhere on this page')}</p>
          <details id="paste">
            <summary>{t('Or paste its text')}</summary>
            <textarea
              name="text"
              rows={8}
              spellcheck={false}
              aria-label={t('Text of the file')}
              placeholder={'Ticker,Type,Date,Price,Shares\nAAPL,Buy,2024-01-15,185.92,10'}
            ></textarea>
          </details>
        </div>
        <p class="aside">
          {t(
            'Nothing is imported until you have seen every row. Rows you already have are skipped, so importing the same file twice is safe.',
          )}
        </p>
        <div class="actions">
          <button class="button primary">{t('Check this file')}</button>
          <a href={`/portfolios/${portfolio.id}`}>{t('Back to {name}', { name: portfolio.name })}</a>
          <ReadSoFar />
        </div>
      </form>
    </section>
    <p class="aside">
      {parts('Statements can also be fetched automatically: {link}.', {
        link: <a href={`/portfolios/${portfolio.id}/brokers`}>{t('connect a broker')}</a>,
      })}
    </p>
    {earlier.length > 0 && <Imports portfolio={portfolio} imports={earlier} now={Date.now()} />}
    <section class="panel">
      <h2>{t('Supported files')}</h2>
      <dl class="formats">
        {formats.map(({ name, where, header }) => (
          <>
            <dt>{translated(name)}</dt>
            <dd>
              {t(where)}
              <details>
                <summary class="aside">{t('Header row')}</summary>
                <code>{header}</code>
              </details>
            </dd>
          </>
        ))}
        <dt>{t('Also recognized')}</dt>
        <dd>{t('{formats}; OFX, QFX and QIF files; Flex queries', { formats: formatNames().join(', ') })}</dd>
        <dt>{t('Anything else')}</dt>
        <dd>
          {t(
            'A table with a row for each transaction, or for each purchase with its sale: CSV, Excel, a web page or JSON, alone or in a zip archive, with headings in most languages of Europe, Chinese, Japanese or Korean',
          )}
        </dd>
      </dl>
      <p class="aside">
        {t(
          'Columns can be in any order. The whole column shows how to read a date such as 03/04/2024 or a number such as 1,234; if it doesn’t, you are asked. Columns of money that aren’t used are listed. Splits come from market data. Options and cash sweeps aren’t imported; they are listed afterwards.',
        )}
      </p>
    </section>
    <section class="panel">
      <h2>{t('Export')}</h2>
      <p class="aside">
        {t('Download {name} as CSV files you can import again:', { name: portfolio.name })}{' '}
        <a href={`/portfolios/${portfolio.id}/export/transactions.csv`}>{t('transactions')}</a>,{' '}
        <a href={`/portfolios/${portfolio.id}/export/dividends.csv`}>{t('dividends')}</a>,{' '}
        <a href={`/portfolios/${portfolio.id}/export/cash-flows.csv`}>{t('cash flows')}</a>.
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
] as const satisfies readonly { name: string; where: Label; header: string }[]

const ACCEPTED = '.csv,.txt,.tsv,.xlsx,.xls,.html,.zip,.ofx,.qfx,.qif,.xml,.json,text/csv,text/plain'

const FileInput = () => <input id="file" name="file" type="file" accept={ACCEPTED} />

export const Warnings = ({ warnings }: { warnings: string[] }) =>
  warnings.length > 0 && (
    <ul class="warnings">
      {warnings.map((warning) => (
        <li>{translated(warning)}</li>
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
      <h1>
        {accepted === 0
          ? t('Nothing new was imported')
          : t(accepted === 1 ? '{n} row imported' : '{n} rows imported', { n: exact(String(accepted)) })}
      </h1>
      <p class="lead">
        {t('Into {name}, format: {format}.', {
          name: portfolio.name,
          format: translated(format),
        })}{' '}
        {duplicates > 0 &&
          `${t(duplicates === 1 ? '{n} duplicate was skipped.' : '{n} duplicates were skipped.', {
            n: exact(String(duplicates)),
          })} `}
        {rejected.length > 0 &&
          `${t(rejected.length === 1 ? '{n} row was rejected.' : '{n} rows were rejected.', {
            n: exact(String(rejected.length)),
          })} `}
        {accepted > 0 && t('Prices are loading in the background; the dashboard will update by itself.')}
      </p>
      <div class="actions">
        <a class="button primary" href={`/portfolios/${portfolio.id}`}>
          {t('Open the dashboard')}
        </a>
        <a class="button" href={`/portfolios/${portfolio.id}/imports`}>
          {t('Import another file')}
        </a>
        {accepted > 0 && (
          <a class="button" href={`/portfolios/${portfolio.id}/imports/${result.import_id}`}>
            {t('Undo this import…')}
          </a>
        )}
      </div>
      <Warnings warnings={warnings} />
      <OtherAccounts others={others} />
      {rejected.length > 0 && (
        <section class="panel">
          <h2>
            {t('Rejected rows')} <span class="count">{rejected.length}</span>
          </h2>
          <Table
            class="records"
            columns={[
              { at: 'text', name: t('Line'), write: ({ line }) => String(line) },
              { at: 'words text', name: t('Reason'), write: ({ reason }) => translated(reason) },
            ]}
            rows={rejected}
          />
        </section>
      )}
    </div>
  )
}
