import type { ImportPreview } from '../../coordinator/import-preview.ts'
import { exact, money, shares } from '../format.ts'
import { t } from '../words/words.ts'

/** What there is once the file is imported, to be compared with the broker's own page. */
export const HeldAfter = ({ preview: { held, cash } }: { preview: ImportPreview }) => (
  <section class="panel held" id="held">
    <h2>{t('After this import')}</h2>
    <Positions held={held.slice(0, MOST_SHOWN)} cash={cash} />
    {held.length > MOST_SHOWN && (
      <details id="held-more">
        <summary>{t('{n} more', { n: exact(String(held.length - MOST_SHOWN)) })}</summary>
        <Positions held={held.slice(MOST_SHOWN)} cash={[]} />
      </details>
    )}
    <p class="aside">
      {t('Compare with your broker’s page. Shares are in today’s units, as far as splits are known.')}
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
        <dt>{t('Cash in {currency}', { currency })}</dt>
        <dd data-money>{sum.startsWith('-') ? t('deposits are missing') : money(sum, currency)}</dd>
      </>
    ))}
  </dl>
)
