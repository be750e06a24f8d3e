import type { IncomeAhead } from '../../metrics/income-ahead.ts'
import { compactMoney, money, monthOf, shortMonth } from '../format.ts'
import { t } from '../words/words.ts'

type Props = Pick<IncomeAhead, 'months'> & { currency: string }

/**
 * Draws a bar for each month, next month first, what is declared in front of what is expected. The table beside them is for
 * who does not see them.
 */
export const Months = ({ months, currency }: Props) => {
  const most = Math.max(...months.map(({ expected }) => Number(expected)))
  const part = (amount: string) => (most > 0 ? (100 * Number(amount)) / most : 0)
  const isDeclared = months.some(({ declared }) => declared !== '0')
  return (
    <>
      <ol class="months" aria-hidden="true">
        {months.map(({ month, expected, declared }) => (
          <li class={Number(expected) === most ? 'most' : undefined}>
            {expected !== '0' && <small data-money>{shortMoney(Number(expected), currency)}</small>}
            <svg width="100%" height="72">
              {[expected, declared].map(
                (amount, i) =>
                  amount !== '0' && (
                    <rect
                      class={i === 1 ? 'declared' : undefined}
                      y={`${(100 - part(amount)).toFixed(1)}%`}
                      width="100%"
                      height={`${part(amount).toFixed(1)}%`}
                    />
                  ),
              )}
            </svg>
            <span>{shortMonth(month)}</span>
          </li>
        ))}
      </ol>
      {isDeclared && (
        <p class="aside declared-key" aria-hidden="true">
          <svg width="10" height="10">
            <rect class="declared" width="100%" height="100%" />
          </svg>{' '}
          {t('declared')}
        </p>
      )}
      <table class="visually-hidden">
        <caption>{t('Expected dividends by month')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Month')}</th>
            <th scope="col">{t('Expected')}</th>
            <th scope="col">{t('Of it declared')}</th>
          </tr>
        </thead>
        <tbody>
          {months.map(({ month, expected, declared }) => (
            <tr>
              <th scope="row">{monthOf(month)}</th>
              <td data-money>{money(expected, currency)}</td>
              <td data-money>{money(declared, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** `$159`, `$1.2K`, `$4.60`: as much as fits above a bar. */
function shortMoney(amount: number, currency: string): string {
  return amount < 10 ? money(String(amount), currency) : compactMoney(Math.round(amount), currency)
}
