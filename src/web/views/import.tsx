import type { ImportResult as Result } from '../../refresh/statement-import.ts'

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
          <input id="file" name="file" type="file" accept=".csv,text/csv,text/plain" />
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
          <button class="button primary">Import</button>
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
      {warnings.length > 0 && (
        <ul class="warnings">
          {warnings.map((warning) => (
            <li>{warning}</li>
          ))}
        </ul>
      )}
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
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function was(count: number): string {
  return count === 1 ? 'was' : 'were'
}
