import { benchmarkRisks } from '../../metrics/catalog.ts'
import { longRanges } from '../../metrics/range.ts'
import { ranges } from '../chart-range.ts'
import { coefficient, day, percent, sentence, signedPercent } from '../format.ts'
import { Comparison } from './comparison.tsx'
import { FewDays } from './figure.tsx'
import { calledOf, Opening } from './explain.tsx'
import type { RiskProps } from './risk.tsx'
import { riskFigurePath, riskPath } from './risk-path.ts'
import { t, translated } from '../words/words.ts'

/** The portfolio beside each benchmark, and against it, over the chosen range. */
export const Ratios = ({ snapshot, report: { figures }, choice }: RiskProps) => {
  const { id, benchmarks } = snapshot.portfolio
  const name = (figure: string) => (
    <th scope="row">
      {Opening({
        figure,
        called: riskName(figure),
        path: riskFigurePath(id, figure, choice),
      })}
      {figure === 'volatility' && <FewDays of={figures} />}
    </th>
  )
  return (
    <section class="panel" aria-labelledby="ratios-title">
      <header>
        <h2 id="ratios-title">{t('Risk')}</h2>
        <p class="aside">{figures.inputs?.since && t('since {day}', { day: day(figures.inputs.since) })}</p>
        <nav class="ranges" aria-label={t('Period')}>
          {longRanges.map((range) => (
            <a
              href={riskPath(id, { ...choice, range })}
              aria-current={range === choice.range ? 'true' : undefined}
            >
              {t(range === '3y' ? '3Y' : ranges[range])}
            </a>
          ))}
        </nav>
      </header>
      <div class="ratios">
        <div>
          <Comparison caption={t('The portfolio beside each benchmark')} benchmarks={benchmarks}>
            {ownFigures.map(([figure, write]) => (
              <tr>
                {name(figure)}
                <td>{write(figures[figure])}</td>
                {benchmarks.map((symbol) => (
                  <td>{write(figures.benchmarks[symbol]?.[figure] ?? null)}</td>
                ))}
              </tr>
            ))}
          </Comparison>
        </div>
        {benchmarks.length > 0 && (
          <div>
            <Comparison caption={t('The portfolio against each benchmark')} benchmarks={benchmarks} apart>
              {figuresAgainst.map(([figure, write]) => (
                <tr>
                  {name(figure)}
                  {benchmarks.map((symbol) => (
                    <td>{write(figures.benchmarks[symbol]?.[figure] ?? null)}</td>
                  ))}
                </tr>
              ))}
            </Comparison>
          </div>
        )}
      </div>
      <p class="aside">
        {t(
          snapshot.group
            ? 'The risk-free rate is {percent} a year.'
            : 'The risk-free rate is {percent} a year, as in the settings.',
          { percent: percent(figures.risk_free_rate) },
        )}
      </p>
      <Reasons reasons={figures.reasons} />
    </section>
  )
}

/** Of the portfolio and of each benchmark. */
const ownFigures = [
  ['twr', signedPercent],
  ['volatility', percent],
  ['max_drawdown', percent],
  ['sharpe', coefficient],
  ['sortino', coefficient],
] as const

/** Of the portfolio against a benchmark. */
const figuresAgainst = [
  ['beta', coefficient],
  ['alpha', signedPercent],
  ['correlation', coefficient],
  ['tracking_error', percent],
  ['information_ratio', coefficient],
  ['up_capture', percent],
  ['down_capture', percent],
] as const

/** The name of a figure of the page; null for another. */
export function riskName(figure: string): string | null {
  const isShown = [...ownFigures, ...figuresAgainst].some(([name]) => name === figure)
  return isShown ? translated(benchmarkRisks[figure]?.name ?? calledOf(figure)) : null
}

/** Each reason why figures of the tables are missing, once. */
const Reasons = ({ reasons }: { reasons: Record<string, string> }) => {
  const shown = Object.entries(reasons).flatMap(([key, reason]) => {
    const [, symbol, named] = /^benchmarks\.(.+?)(?:\.([a-z_]+))?$/.exec(key) ?? []
    const name = symbol !== undefined && named === undefined ? '' : riskName(named ?? key)
    return name === null ? [] : [{ reason, symbol: symbol ?? '', name }]
  })
  if (shown.length === 0) return null
  return (
    <details id="reasons" class="aside">
      <summary>{t('Why some figures are missing')}</summary>
      <ul>
        {[...Map.groupBy(shown, ({ reason }) => reason)].map(([reason, alike]) => (
          <li>
            {[...Map.groupBy(alike, ({ symbol }) => symbol)].map(namesOf).join(', ')}: {sentence(reason)}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** `VOO` of a benchmark that has none of its figures, else `VOO Beta`. */
function namesOf([symbol, missing]: [symbol: string, missing: { name: string }[]]): string {
  const isAll = missing.length >= figuresAgainst.length
  if (symbol !== '' && isAll) return symbol
  return missing.map(({ name }) => `${symbol} ${name}`.trim()).join(', ')
}
