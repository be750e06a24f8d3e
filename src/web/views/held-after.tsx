import type { ImportPreview } from '../../coordinator/import-preview.ts'
import { exact, money, shares } from '../format.ts'

/** What there is once the file is imported, to be compared with the broker's own page. */
export const HeldAfter = ({ preview: { held, cash } }: { preview: ImportPreview }) => (
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

const Positions = ({ held, cash }: Pick<ImportPreview, 'held' | 'cash'>) => (
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
