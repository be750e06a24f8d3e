import type { Chart as Whole } from '../../metrics/chart.ts'
import type { TradeMark } from '../../snapshot/snapshot.ts'
import { underwater } from '../../metrics/underwater.ts'
import { closeDrawer } from './drawer.ts'
import { afterSwap } from './htmx.ts'
import type { Line, Unit } from './line.ts'
import { plot } from './plot.ts'
import { notify } from './notice.ts'
import { onAppearance } from './preferences.ts'
import { fetched } from './revision.ts'

const UNIT = 'yardstick-unit'
const TRADES = 'yardstick-trades'
const AGAINST = 'yardstick-against'
const YEAR = 365 * 24 * 60 * 60

/** The response of chart.json. */
type Chart = Omit<Whole, 'invested'>

/** Draws every `figure[data-chart]`, and leaves the drawing while fragments around it are swapped. */
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
    const chosen = (event.target as Element).closest<HTMLElement>(
      '[data-range], [data-unit], [data-against], [data-trades]',
    )
    const drawing = drawn.get(chosen?.closest('figure') as HTMLElement)
    if (!chosen || !drawing || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (chosen.dataset.unit) drawing.showIn(chosen.dataset.unit as ChartUnit)
    else if (chosen.dataset.against) drawing.shadeTo(Number(chosen.dataset.against))
    else if (chosen.dataset.range) drawing.reach((chosen as HTMLAnchorElement).search.slice(1))
    else drawing.toggleTrades()
  })
  document.addEventListener('submit', (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>('[data-custom]')
    const drawing = drawn.get(form?.closest('figure') as HTMLElement)
    if (!form || !drawing) return
    event.preventDefault()
    const { from, to } = Object.fromEntries(new FormData(form)) as Record<string, string>
    const fault =
      !from && !to
        ? 'Choose a start date, an end date or both.'
        : from && to && from >= to
          ? 'The start date must be before the end date.'
          : ''
    form.querySelector('.fault')!.textContent = fault
    if (fault !== '') return
    form.closest('details')!.open = false
    drawing.reach(`from=${from}&to=${to}`)
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
  /** Follows a change of the figure's attributes: moves the last point, or loads the chart when its past changed. */
  catchUp: () => void
  showIn: (unit: ChartUnit) => void
  /** Shades the gap to a benchmark, the first of which is 1. */
  shadeTo: (benchmark: number) => void
  /** Shows the days of a query such as `range=ytd` or `from=2024-01-02&to=`. */
  reach: (query: string) => void
  toggleTrades: () => void
  repaint: () => void
  end: () => void
}

function draw(figure: HTMLElement): Drawing {
  const picture = plot(figure)
  const cache = new Map<string, Chart>()
  let chart: Chart | null = null
  let trades: TradeMark[] | null = null
  let marked = localStorage.getItem(TRADES) === 'on'
  let unit: ChartUnit = units.find((each) => each === localStorage.getItem(UNIT)) ?? 'money'
  let against = Number(localStorage.getItem(AGAINST)) || 1
  let version = figure.dataset.version
  let last = figure.dataset.last
  let loads = 0
  // the returns of another range need the server to move their last point
  let returnsAreOld = false

  const show = () => {
    for (const button of figure.querySelectorAll<HTMLElement>('[data-unit]')) {
      button.ariaPressed = String(button.dataset.unit === unit)
    }
    const benchmarks = benchmarksOf(figure)
    const shaded = against > benchmarks.length ? 1 : against
    for (const button of figure.querySelectorAll<HTMLElement>('[data-against]')) {
      button.ariaPressed = String(Number(button.dataset.against) === shaded)
    }
    figure.querySelector<HTMLElement>('[data-trades]')!.ariaPressed = String(marked)
    const options = { trades: marked ? (trades ?? []) : null, against: benchmarks.length > 0 ? shaded : null }
    if (chart) picture.show(chart.days, linesOf(chart, unit, benchmarks), unit, options)
  }
  const loadTrades = async () => {
    if (!marked || trades) return
    try {
      trades = await fetched<TradeMark[]>(figure.dataset.source!.replace(/chart\.json.*/, 'trades.json'))
      show()
    } catch (error) {
      notify(`Couldn’t load the trades: ${(error as Error).message}.`)
    }
  }
  const load = async () => {
    // without every day, a peak between two drawn days would be missed, and each drawdown after it would be too small
    const source = figure.dataset.source! + (unit === 'drawdown' ? '&days=every' : '')
    const number = ++loads
    try {
      const loaded = cache.get(source) ?? (await fetched<Chart>(source))
      if (number !== loads) return
      cache.set(source, loaded)
      returnsAreOld = false
      chart = moved(loaded, figure)
      show()
    } catch (error) {
      // a drawn chart stays; without one, the reason takes its place
      if (!chart) picture.say(`Couldn’t load the chart: ${(error as Error).message}.`)
    }
  }

  show()
  // the trades are loaded after the lines
  void load().then(loadTrades)
  return {
    catchUp() {
      const isAnotherPast = figure.dataset.version !== version
      if (!isAnotherPast && figure.dataset.last === last) return
      version = figure.dataset.version
      last = figure.dataset.last
      cache.clear()
      if (chart) {
        returnsAreOld = !reachesAll(figure)
        chart = moved(chart, figure)
        show()
      }
      if (isAnotherPast) trades = null
      if (isAnotherPast || !chart || (returnsAreOld && unit !== 'money')) void load().then(loadTrades)
    },
    showIn(chosen) {
      const wasEvery = unit === 'drawdown'
      unit = chosen
      localStorage.setItem(UNIT, unit)
      if (wasEvery || chosen === 'drawdown' || returnsAreOld) void load()
      else show()
    },
    shadeTo(benchmark) {
      against = benchmark
      localStorage.setItem(AGAINST, String(against))
      show()
    },
    reach(query) {
      const { pathname } = new URL(figure.querySelector<HTMLAnchorElement>('.ranges a')!.href)
      for (const other of figure.querySelectorAll('[data-range], .custom summary')) {
        const isChosen =
          other instanceof HTMLAnchorElement ? other.search === `?${query}` : query.startsWith('from')
        if (isChosen) other.setAttribute('aria-current', 'true')
        else other.removeAttribute('aria-current')
        if (isChosen) closeDrawer(figure, other.textContent)
      }
      figure.dataset.source = withQuery(figure.dataset.source!, query)
      const fragment = figure.closest('[hx-get]')!
      fragment.setAttribute('hx-get', withQuery(fragment.getAttribute('hx-get')!, query))
      const address = new URL(location.href)
      for (const name of ['range', 'from', 'to']) address.searchParams.delete(name)
      for (const [name, value] of new URLSearchParams(query)) address.searchParams.set(name, value)
      history.replaceState(history.state, '', address)
      // the server stores a range from the address in the same way
      document.cookie = `range=${encodeURIComponent(query)}; path=${pathname}; max-age=${YEAR}; samesite=lax`
      void load()
    },
    toggleTrades() {
      marked = !marked
      localStorage.setItem(TRADES, marked ? 'on' : 'off')
      show()
      void loadTrades()
    },
    repaint: () => picture.repaint(),
    end: () => picture.end(),
  }
}

function lastOf(figure: HTMLElement): Chart {
  return JSON.parse(figure.dataset.last!) as Chart
}

function benchmarksOf(figure: HTMLElement): string[] {
  return figure.dataset.benchmarks!.split(' ').filter((symbol) => symbol !== '')
}

function withQuery(address: string, query: string): string {
  return address.replace(/\?.*/, `?${query}`)
}

function reachesAll(figure: HTMLElement): boolean {
  return figure.dataset.source!.endsWith('=all')
}

/**
 * Returns the chart with its last point moved, or one day longer. The returns of `last` count from the first day of the
 * history. A chart of another range counts from its own first day, so its returns stay as they are.
 */
function moved(chart: Chart, figure: HTMLElement): Chart {
  const last = lastOf(figure)
  const whole = reachesAll(figure)
  // a chart that ends on an earlier day never changes
  const until = new URLSearchParams(figure.dataset.source!.replace(/.*\?/, '')).get('to')
  if (until && until < (last.days.at(-1) ?? '')) return chart
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
    ...line(chart, last),
    benchmarks: Object.fromEntries(
      Object.entries(chart.benchmarks).map(([symbol, own]) => [symbol, line(own, last.benchmarks[symbol])]),
    ),
  }
}

/** Returns the line of the portfolio, then those of the benchmarks in the order of their colors. */
function linesOf(chart: Chart, unit: ChartUnit, benchmarks: readonly string[]): Line[] {
  return [
    { name: 'Portfolio', values: columns[unit](chart) },
    ...benchmarks.map((name) => ({
      name,
      values: columns[unit](chart.benchmarks[name] ?? { value: [], twr: [] }),
    })),
  ]
}

/** Prices are drawn only on an instrument's page. */
type ChartUnit = Exclude<Unit, 'price'>

const columns: Record<ChartUnit, (line: Pick<Chart, 'value' | 'twr'>) => (number | null)[]> = {
  money: ({ value }) => value.map((cents) => (cents === null ? null : cents / 100)),
  percent: ({ twr }) => twr,
  drawdown: ({ twr }) =>
    underwater(
      twr.map((value) => (value === null ? null : 1 + value)),
      1,
    ),
}

const units = Object.keys(columns) as ChartUnit[]
