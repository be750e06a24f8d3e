import type { Chart } from '../../metrics/chart.ts'
import { afterSwap } from './htmx.ts'
import { type Line, plot, type Unit } from './plot.ts'
import { onAppearance } from './preferences.ts'
import { revisionHeaders } from './revision.ts'

const UNIT = 'yardstick-unit'

/** Draws every `figure[data-chart]`, and keeps what is drawn while fragments come and go. */
export function charts(): void {
  const drawn = new Map<HTMLElement, Drawing>()
  const look = () => {
    for (const figure of drawn.keys()) if (!figure.isConnected) forget(drawn, figure)
    for (const figure of document.querySelectorAll<HTMLElement>('figure[data-chart]')) {
      const drawing = drawn.get(figure)
      if (drawing) drawing.catchUp()
      else drawn.set(figure, draw(figure))
    }
  }
  document.addEventListener('click', (event) => {
    const chosen = (event.target as Element).closest<HTMLElement>('[data-range], [data-unit]')
    const drawing = drawn.get(chosen?.closest('figure') as HTMLElement)
    if (!chosen || !drawing || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (chosen.dataset.unit) drawing.showIn(chosen.dataset.unit as Unit)
    else drawing.reachBack(chosen as HTMLAnchorElement)
  })
  afterSwap(look)
  onAppearance(() => drawn.forEach((drawing) => drawing.repaint()))
  look()
}

function forget(drawn: Map<HTMLElement, Drawing>, figure: HTMLElement): void {
  drawn.get(figure)!.end()
  drawn.delete(figure)
}

type Drawing = {
  /** After the figure's attributes have changed: moves the last point, or loads what has become another past. */
  catchUp: () => void
  showIn: (unit: Unit) => void
  reachBack: (link: HTMLAnchorElement) => void
  repaint: () => void
  end: () => void
}

function draw(figure: HTMLElement): Drawing {
  const picture = plot(figure)
  const kept = new Map<string, Chart>()
  let chart: Chart | null = null
  let unit: Unit = localStorage.getItem(UNIT) === 'percent' ? 'percent' : 'money'
  let version = figure.dataset.version
  let last = figure.dataset.last
  let loads = 0
  // rebased returns cannot follow the last point by themselves
  let returnsAreOld = false

  const show = () => {
    for (const button of figure.querySelectorAll<HTMLElement>('[data-unit]')) {
      button.ariaPressed = String(button.dataset.unit === unit)
    }
    if (chart) picture.show(chart.days, linesOf(chart, unit, benchmarksOf(figure)), unit)
  }
  const load = async () => {
    const source = figure.dataset.source!
    const number = ++loads
    try {
      const loaded = kept.get(source) ?? (await fetched(source))
      if (number !== loads) return
      kept.set(source, loaded)
      returnsAreOld = false
      chart = moved(loaded, lastOf(figure), reachesAll(figure))
      show()
    } catch (error) {
      // what is drawn stays; without anything drawn, the reason stands in its place
      if (!chart) picture.say(`The chart could not be loaded: ${(error as Error).message}.`)
    }
  }

  show()
  void load()
  return {
    catchUp() {
      const isAnotherPast = figure.dataset.version !== version
      if (!isAnotherPast && figure.dataset.last === last) return
      version = figure.dataset.version
      last = figure.dataset.last
      kept.clear()
      if (chart) {
        returnsAreOld = !reachesAll(figure)
        chart = moved(chart, lastOf(figure), reachesAll(figure))
        show()
      }
      if (isAnotherPast || !chart || (returnsAreOld && unit === 'percent')) void load()
    },
    showIn(chosen) {
      unit = chosen
      localStorage.setItem(UNIT, unit)
      show()
      if (returnsAreOld && unit === 'percent') void load()
    },
    reachBack(link) {
      const range = link.dataset.range!
      for (const other of figure.querySelectorAll('[data-range]')) other.removeAttribute('aria-current')
      link.setAttribute('aria-current', 'true')
      figure.dataset.source = withRange(figure.dataset.source!, range)
      const fragment = figure.closest('[hx-get]')!
      fragment.setAttribute('hx-get', withRange(fragment.getAttribute('hx-get')!, range))
      history.replaceState(history.state, '', link.href)
      void load()
    },
    repaint: () => picture.repaint(),
    end: () => picture.end(),
  }
}

async function fetched(source: string): Promise<Chart> {
  const response = await fetch(source, { headers: { Accept: 'application/json', ...revisionHeaders() } })
  if (!response.ok) throw new Error(`the server answered ${response.status}`)
  return (await response.json()) as Chart
}

function lastOf(figure: HTMLElement): Chart {
  return JSON.parse(figure.dataset.last!) as Chart
}

function benchmarksOf(figure: HTMLElement): string[] {
  return figure.dataset.benchmarks!.split(' ').filter((symbol) => symbol !== '')
}

function withRange(address: string, range: string): string {
  return address.replace(/(\?range=).*/, `$1${range}`)
}

function reachesAll(figure: HTMLElement): boolean {
  return figure.dataset.source!.endsWith('=all')
}

/**
 * The chart with its last point moved, or one day longer. Returns count from the first day shown, those of `last`
 * from the very first: the same thing only for the whole history, else what is there is kept.
 */
function moved(chart: Chart, last: Chart, whole: boolean): Chart {
  const day = last.days.at(-1)
  const end = chart.days.at(-1)
  if (day === undefined || (end !== undefined && day < end)) return chart
  const at = day === end ? chart.days.length - 1 : chart.days.length
  const put = <T>(column: readonly T[], value: T) => [...column.slice(0, at), value]
  const line = (
    own: { value: (number | null)[]; twr: (number | null)[] } | undefined,
    newest: { value: (number | null)[]; twr: (number | null)[] } | undefined,
  ) => ({
    value: put(own?.value ?? [], newest?.value.at(-1) ?? null),
    twr: put(own?.twr ?? [], (whole ? newest?.twr.at(-1) : own?.twr[at]) ?? null),
  })
  return {
    days: put(chart.days, day),
    invested: put(chart.invested, last.invested.at(-1)!),
    ...line(chart, last),
    benchmarks: Object.fromEntries(
      Object.entries(chart.benchmarks).map(([symbol, own]) => [symbol, line(own, last.benchmarks[symbol])]),
    ),
  }
}

/** The portfolio's line, then the benchmarks' in the order of their colours. */
function linesOf(chart: Chart, unit: Unit, benchmarks: readonly string[]): Line[] {
  const column = ({ value, twr }: Pick<Chart, 'value' | 'twr'>) =>
    unit === 'percent' ? twr : value.map((cents) => (cents === null ? null : cents / 100))
  return [
    { name: 'Portfolio', values: column(chart) },
    ...benchmarks.map((name) => ({ name, values: column(chart.benchmarks[name] ?? { value: [], twr: [] }) })),
  ]
}
