import type { Security } from '../../portfolio/instrument.ts'
import { sentence } from '../format.ts'
import { NewTickerField } from './new-ticker-field.tsx'
import { placeOf } from './securities.tsx'
import { t, translated } from '../words/words.ts'

type Props = {
  path: string
  symbol: string
  /** Another company seems to have taken over the ticker. */
  open: boolean
  /** The company is not to be found under the ticker any more. */
  isGone: boolean
}

/** Gives the transactions of a company that has lost its ticker to another one a ticker of their own. */
export const RenameTicker = ({ path, symbol, open, isGone }: Props) => (
  <details class="aside" id="rename-ticker" open={open || isGone}>
    <summary>{t('Use another ticker for these transactions')}</summary>
    {isGone && (
      // the source is asked when the page is there, and what it said is remembered
      <div
        id="new-tickers"
        hx-get={`${path}/new-tickers`}
        hx-trigger="load"
        hx-select="#new-tickers"
        hx-swap="outerHTML"
      >
        <a href={`${path}/new-tickers`}>{t('Look for its new ticker')}</a>
      </div>
    )}
    <p>
      {t(
        'If another company now uses {symbol}, move the old company’s transactions to a ticker of their own. They are then valued at the prices of that ticker or, without any, at what was paid. To undo this, rename them back.',
        { symbol },
      )}
    </p>
    <form method="post" action={`${path}/rename`} class="filter-form">
      <NewTickerField name="to" />
      <label>
        <span>{t('Up to (optional)')}</span>
        <input type="date" name="until" />
      </label>
      <button class="button">{t('Rename')}</button>
    </form>
  </details>
)

/** Tickers under which the source has a company of the same name, each taken by its button. */
export const NewTickers = ({
  path,
  symbol,
  name,
  source,
  found,
  reason,
}: {
  path: string
  symbol: string
  name: string
  source: string
  found: readonly Security[]
  /** Why the source has not answered. */
  reason: string | null
}) => (
  <div id="new-tickers">
    {found.length === 0 ? (
      <p>
        {reason === null
          ? sentence(t('{source} lists no other ticker for {name}', { source: translated(source), name }))
          : sentence(`${source}: ${translated(reason)}`)}
      </p>
    ) : (
      <>
        <p>
          {sentence(
            t('{source} has {name} under another ticker too. Is it the same company?', {
              source: translated(source),
              name,
            }),
          )}
        </p>
        {found.map((security) => (
          <form method="post" action={`${path}/rename`}>
            <input type="hidden" name="to" value={security.symbol} />
            <button class="button">
              {t('{symbol} is now {ticker}', { symbol, ticker: security.symbol })}
            </button>{' '}
            <small>{placeOf(security)}</small>
          </form>
        ))}
      </>
    )}
  </div>
)
