import { calledIn, explainable, type Explanation, explanation, type Figures } from '../../metrics/explain.ts'
import type { Unit } from '../../metrics/metric.ts'
import { figureText } from '../figure-text.ts'

/** A figure as an assistant is told it: with its formula, its inputs, its days, and the reason where there is none. */
type ToldFigure = Explanation & {
  name: string
  unit: Unit
  /** As a page writes it: a ratio as a percentage, money with its currency. */
  shown: string
}

/** What is told of a portfolio where nothing else is asked for. */
const usual = [
  'value',
  'total_gain',
  'today',
  'invested',
  'cash',
  'dividends',
  'fees',
  'simple_return',
  'xirr',
  'twr',
  'volatility',
  'max_drawdown',
]
/** … and of each benchmark. */
const usualOfBenchmark = ['value', 'gain', 'gap', 'xirr', 'twr']

/** The figures of an answer of the API, explained; a sentence where one that was asked for is none of them. */
export function toldFigures(
  figures: Figures,
  currency: string,
  wanted: readonly string[] = usualIn(figures),
): ToldFigure[] | { refused: string } {
  const known = explainable(figures)
  const unknown = wanted.find((figure) => !known.includes(figure))
  if (unknown !== undefined)
    return { refused: `There is no figure “${unknown.slice(0, 60)}”. There are ${known.join(', ')}.` }
  return wanted.map((figure) => toldFigure(explanation(figure, figures)!, currency))
}

/** An explanation, with its name in the catalog and its result in words. */
export function toldFigure(
  explained: Explanation,
  currency: string,
  called = calledIn(explained.figure)!,
): ToldFigure {
  const { name, unit } = called
  return { name, unit, shown: figureText(explained.result, unit, currency), ...explained }
}

/** The usual figures of a benchmark, or a what-if, under their names in an answer. */
export function usualOf(benchmark: string): string[] {
  return usualOfBenchmark.map((name) => `benchmarks.${benchmark}.${name}`)
}

function usualIn(figures: Figures): string[] {
  const known = explainable(figures)
  return [...usual, ...Object.keys(figures.benchmarks).flatMap(usualOf)].filter((each) =>
    known.includes(each),
  )
}
