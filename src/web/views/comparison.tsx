import type { PropsWithChildren } from 'hono/jsx'
import { BenchmarkNotes } from './benchmark-notes.tsx'
import { t } from '../words/words.ts'

type ComparisonProps = PropsWithChildren<{
  caption: string
  benchmarks: string[]
  card?: boolean
  /** True where the portfolio has no figure of its own; it stands beside one where it has. */
  apart?: boolean
}>

/** Shows the same figures of the portfolio and of each benchmark: a column for each, and a row for each figure. */
export const Comparison = ({ caption, benchmarks, card, apart, children }: ComparisonProps) => (
  <div class={card ? 'across card' : 'across'}>
    <table class="comparison">
      <caption class="aside">{caption}</caption>
      <thead>
        <tr>
          <td></td>
          {[t('Portfolio'), ...benchmarks].map((name, i) =>
            apart && i === 0 ? null : (
              <th scope="col">
                <span class={`swatch series-${i}`} aria-hidden="true"></span>
                {name}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
    {!apart && <BenchmarkNotes benchmarks={benchmarks} />}
  </div>
)

/** Explains once on a page what its "vs" columns compare. */
export const VersusNote = ({ benchmarks }: { benchmarks: readonly string[] }) =>
  benchmarks.length === 0 ? null : (
    <p class="aside versus-note">
      {t('The vs columns compare total returns, dividends reinvested; Gain % is the price alone.')}
    </p>
  )
