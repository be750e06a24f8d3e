import type { IncomeAhead } from '../../metrics/income-ahead.ts'
import { compactMoney, money, monthOf, shortMonth } from '../format.ts'

type Props = Pick<IncomeAhead, 'months'> & { currency: string }

/** Draws a bar for each month, next month first. The table beside them is for who does not see them. */
export const Months = ({ months, currency }: Props) => {
  const most = Math.max(...months.map(({ expected }) => Number(expected)))
  const part = (expected: string) => (most > 0 ? (100 * Number(expected)) / most : 0)
  return (
    <>
      <ol class="months" aria-hidden="true">
        {months.map(({ month, expected }) => (
          <li class={Number(expected) === most ? 'most' : undefined}>
            {expected !== '0' && <small data-money>{shortMoney(Number(expected), currency)}</small>}
            <svg width="100%" height="72">
              <rect
                y={`${(100 - part(expected)).toFixed(1)}%`}
                width="100%"
                height={`${part(expected).toFixed(1)}%`}
              />
            </svg>
            <span>{shortMonth(month)}</span>
          </li>
        ))}
      </ol>
      <table class="visually-hidden">
        <caption>Expected dividends by month</caption>
        <thead>
          <tr>
            <th scope="col">Month</th>
            <th scope="col">Expected</th>
          </tr>
        </thead>
        <tbody>
          {months.map(({ month, expected }) => (
            <tr>
              <th scope="row">{monthOf(month)}</th>
              <td data-money>{money(expected, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** `$159`, `$1.2K`, `$4.6`: as much as fits above a bar. */
function shortMoney(amount: number, currency: string): string {
  return compactMoney(amount < 10 ? amount : Math.round(amount), currency)
}
