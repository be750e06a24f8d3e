import { money, percent } from '../format.ts'

type SumsProps = {
  title: string
  parts: readonly { name: string; ratio: number; value: string | null }[]
  /** Of the values; null where only percentages are shown. */
  currency: string | null
}

/** Shows how much of the whole each part is, as a bar, as money and in percent. */
export const Sums = ({ title, parts, currency }: SumsProps) => (
  <table class="sums">
    <caption>{title}</caption>
    <tbody>
      {parts.map(({ name, ratio, value }) => (
        <tr>
          <th scope="row">{name}</th>
          <td class="long">
            <svg class="bar" width="100%" height="8" aria-hidden="true">
              <rect width={part(ratio)} height="8" rx="1" />
            </svg>
          </td>
          {currency !== null && (
            <td>
              <span data-money>{money(value, currency)}</span>
            </td>
          )}
          <td>{percent(ratio)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

/** `12.5%` of a picture's width. */
export function part(of: number): string {
  return `${(100 * of).toFixed(1)}%`
}
