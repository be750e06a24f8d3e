import { benchmarkMetrics, portfolioMetrics } from '../../metrics/catalog.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { none, sentence, sentenceOn } from '../format.ts'
import { mayEdit } from './shown-to.ts'
import { instrumentPath } from './symbol.tsx'
import { t, translated } from '../words/words.ts'

/** What the owner must know to trust the figures: whole sentences, nothing swallowed. */
export const Remarks = ({ snapshot: { portfolio, summary, missing, warnings } }: { snapshot: Snapshot }) => {
  const reasons = grouped(summary.reasons)
  const unpriced = summary.today.left_out
  return (
    <div class="remarks">
      {(warnings.length > 0 || missing.length > 0) && (
        <ul class="warnings">
          {warnings.map((warning) => (
            <li>
              {sentence(warning)} {mayEdit() && <Answer portfolio={portfolio.id} warning={warning} />}
            </li>
          ))}
          {[...Map.groupBy(missing, whyMissing)].map(([why, alike]) => (
            <li>
              {why === null
                ? t('Loading prices for {symbols}. Figures that depend on them show {none} until then.', {
                    symbols: named(alike),
                    none,
                  })
                : t('No prices for {symbols}: {why}', { symbols: named(alike), why })}
            </li>
          ))}
        </ul>
      )}
      {(reasons.length > 0 || unpriced.length > 0) && (
        <details id="reasons" class="aside">
          <summary>{t('Why some figures are missing')}</summary>
          <ul>
            {reasons.map(([reason, figures]) => (
              <li>
                {figures.join(', ')}: {sentence(reason)}
              </li>
            ))}
            {unpriced.length > 0 && (
              <li>
                {t('Today doesn’t include {symbols}: one of the last two prices is missing.', {
                  symbols: unpriced.join(', '),
                })}
              </li>
            )}
          </ul>
        </details>
      )}
    </div>
  )
}

/** Leads to where a question is answered: a corporate action on the page of its symbol. */
const Answer = ({ portfolio, warning }: { portfolio: string; warning: string }) => {
  const symbol = /on the page of (\S+?) (?:what|whether) /.exec(warning)?.[1]
  return symbol ? <a href={instrumentPath(portfolio, symbol)}>{t('Answer')}</a> : null
}

type Missing = Snapshot['missing'][number]

const whyMissing = ({ symbol, reason }: Missing) => (reason === null ? null : sentenceOn(symbol, reason))

/** The rows of the holdings name them all: hundreds, after an import. */
function named(missing: readonly Missing[]): string {
  const symbols = missing.map(({ symbol }) => symbol)
  if (symbols.length <= 10) return symbols.join(', ')
  return t('{symbols} and {n} others', { symbols: symbols.slice(0, 8).join(', '), n: symbols.length - 8 })
}

/** The figures of this section, whose missing values it gives the reasons for. */
const shown: ReadonlySet<string> = new Set([
  'value',
  'total_gain',
  'invested',
  'cash',
  'dividends',
  'realized_gain',
  'unrealized_gain',
  'currency_gain',
  'simple_return',
  'xirr',
  'twr',
  'modified_dietz',
  'volatility',
  'max_drawdown',
])

/** The names of these figures, grouped by the reason they share. */
function grouped(reasons: Record<string, string>): [string, string[]][] {
  const by = new Map<string, string[]>()
  for (const [figure, reason] of Object.entries(reasons)) {
    const name = figureName(figure)
    if (name) by.set(reason, [...(by.get(reason) ?? []), name])
  }
  return [...by]
}

/** `benchmarks.VOO.xirr` is `VOO XIRR`. A symbol may itself contain dots. */
function figureName(key: string): string | undefined {
  const benchmark = /^benchmarks\.(.+?)(?:\.([a-z_]+))?$/.exec(key)
  const named = (name: string | undefined) => (name === undefined ? undefined : translated(name))
  if (!benchmark) return shown.has(key) ? named(portfolioMetrics[key]?.name) : undefined
  const [, symbol, figure] = benchmark
  if (figure === undefined) return symbol
  return shown.has(figure) ? `${symbol} ${named(benchmarkMetrics[figure]?.name)}` : undefined
}
