import { kinds } from '../../portfolio/kind.ts'
import type { ActivityRow, Snapshot } from '../../snapshot/snapshot.ts'
import { day, exact, money, price, shares, shortDay, signedMoney } from '../format.ts'
import type { Clock } from '../clock.ts'
import { ComingExDates } from './coming-ex-dates.tsx'
import { movesCash, pastTense } from './transaction-words.ts'
import { t } from '../words/words.ts'

/** Shows the latest transactions, and the ex-dates ahead. */
export const Recent = ({ snapshot, clock }: { snapshot: Snapshot; clock: Clock }) => {
  const { portfolio, recent_activity, transaction_count } = snapshot
  return (
    <section
      id="recent"
      class="panel recent"
      aria-label={t('Recent transactions')}
      data-region={`/portfolios/${portfolio.id}/recent`}
    >
      <header>
        <h2>{t('Recent transactions')}</h2>
        <a class="aside" href={`/portfolios/${portfolio.id}/transactions`}>
          {transaction_count === 1
            ? t('View it')
            : t('View all {n}', { n: exact(String(transaction_count)) })}
        </a>
      </header>
      <ol>
        {recent_activity.slice(0, 10).map((row) => (
          <li>
            <time datetime={row.date} title={day(row.date)}>
              {shortDay(row.date, clock.now)}
            </time>
            <span class="what">
              {t(pastTense[row.type])} {row.symbol && <span class="symbol">{row.symbol}</span>}
            </span>
            <span class="amount" data-money>
              {flow(row)}
            </span>
            {row.derived && <small>{t('automatic, not recorded')}</small>}
            {row.shares !== null && (
              <small data-money>
                {shares(row.shares)}
                {row.price !== null && ` × ${price(row.price, row.currency)}`}
              </small>
            )}
          </li>
        ))}
      </ol>
      <ComingExDates snapshot={snapshot} clock={clock} />
    </section>
  )
}

/** Signs an amount from the account's point of view: + for cash in, − for cash out. */
function flow({ type, amount, currency }: ActivityRow): string {
  if (!movesCash({ type, amount })) return ''
  return kinds[type].cash === 'out' ? money(`-${amount}`, currency) : signedMoney(amount, currency)
}
