import type { Chart } from '../../metrics/chart.ts'
import type { ChartUnit, DrawnLines } from '../../metrics/drawn-lines.ts'
import type { TradeMark } from '../../snapshot/trade-marks.ts'
import { type PackedLines, unpacked } from '../packed-lines.ts'
import { closeDrawer } from './drawer.ts'
import { afterSwap } from './htmx.ts'
import type { Line } from './line.ts'
import { plot } from './plot.ts'
import { notify } from './notice.ts'
import { onAppearance } from './preferences.ts'
import { fetched } from './revision.ts'
import { scrub } from './scrub.ts'
import { t } from '../words/words.ts'

const UNIT = 'yardstick-unit'
const TRADES = 'yardstick-trades'
const AGAINST = 'yardstick-against'
const YEAR = 365 * 24 * 60 * 60
/** The largest number of pixel columns that a chart can have on this screen, in either orientation. */
const WIDTH = Math.max(screen.width, screen.height)

/** Draws every `figure[data-chart]`. A drawn chart survives swaps of the fragments around it. */
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
    else if (chosen.dataset.range) drawing.reach(`range=${chosen.dataset.range}`)
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
        ? t('Choose a start date, an end date or both.')
        : from && to && from >= to
          ? t('The start date must be before the end date.')
          : ''
    form.querySelector('.fault')!.textContent = fault
    if (fault !== '') return
    form.closest('details')!.open = false
    drawing.reach(`from=${from}&to=${to}`)
  })
  afterSwap(look)
  const repaint = () => drawn.forEach((drawing) => drawing.repaint())
  onAppearance(repaint)
  scrub(repaint)
  // the page shows its figures before the chart is drawn
  requestAnimationFrame(() => setTimeout(look))
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
  const cache = new Map<string, DrawnLines>()
  let drawn: { unit: ChartUnit; lines: DrawnLines; isExact: boolean } | null = null
  let trades: TradeMark[] | null = null
  let marked = localStorage.getItem(TRADES) === 'on'
  let unit: ChartUnit = units.find((each) => each === localStorage.getItem(UNIT)) ?? 'money'
  let against = Number(localStorage.getItem(AGAINST)) || 1
  let version = figure.dataset.version
  let last = figure.dataset.last
  let loads = 0
  // the points that a picture needs are enough until the reader points at a day
  let isPointedAt = false
  // true when the last point of the returns has to come from the server
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
    if (!drawn) return
    picture.show(drawn.lines.days, linesOf(drawn.lines, drawn.unit, benchmarks), drawn.unit, {
      trades: marked ? (trades ?? []) : null,
      against: benchmarks.length > 0 ? shaded : null,
      isExact: drawn.isExact,
    })
  }
  const loadTrades = async () => {
    if (!marked || trades) return
    const { source = '', version: past } = figure.dataset
    try {
      const found = await fetched<TradeMark[]>(source.replace('chart.json', 'trades.json'))
      // those of a range or a past that was left meanwhile are loaded again
      if (source !== figure.dataset.source || past !== figure.dataset.version) return void loadTrades()
      trades = found
      show()
    } catch (error) {
      notify(t('Couldn’t load the trades: {reason}.', { reason: (error as Error).message }))
    }
  }
  const load = async () => {
    const [of, isExact] = [unit, isPointedAt]
    const source = `${figure.dataset.source}&unit=${of}&${isExact ? 'days=every' : `width=${WIDTH}`}`
    const number = ++loads
    try {
      const loaded = cache.get(source) ?? (await linesAt(source))
      if (number !== loads) return
      cache.set(source, loaded)
      returnsAreOld = false
      drawn = { unit: of, lines: moved(loaded, figure, of), isExact }
      show()
    } catch (error) {
      // a drawn chart stays; otherwise the reason is shown in its place
      if (!drawn) picture.say(t('Couldn’t load the chart: {reason}.', { reason: (error as Error).message }))
    }
  }

  show()
  // the trades are loaded after the lines
  void load().then(loadTrades)
  picture.onPointing(() => {
    isPointedAt = true
    void load()
  })
  return {
    catchUp() {
      const isAnotherPast = figure.dataset.version !== version
      if (!isAnotherPast && figure.dataset.last === last) return
      version = figure.dataset.version
      last = figure.dataset.last
      cache.clear()
      if (drawn) {
        returnsAreOld = unit === 'drawdown' || (unit === 'percent' && !reachesAll(figure))
        drawn = { ...drawn, lines: moved(drawn.lines, figure, drawn.unit) }
        show()
      }
      if (isAnotherPast) trades = null
      if (isAnotherPast || !drawn || returnsAreOld) void load().then(loadTrades)
    },
    showIn(chosen) {
      unit = chosen
      localStorage.setItem(UNIT, unit)
      show()
      void load()
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
          other instanceof HTMLAnchorElement
            ? query === `range=${other.dataset.range}`
            : query.startsWith('from')
        if (isChosen) other.setAttribute('aria-current', 'true')
        else other.removeAttribute('aria-current')
        if (isChosen) closeDrawer(figure, other.textContent)
      }
      figure.dataset.source = withQuery(figure.dataset.source!, query)
      const { dataset } = figure.closest<HTMLElement>('[data-region]')!
      dataset.region = withQuery(dataset.region!, query)
      const address = new URL(location.href)
      for (const name of ['range', 'from', 'to']) address.searchParams.delete(name)
      for (const [name, value] of new URLSearchParams(query)) address.searchParams.set(name, value)
      history.replaceState(history.state, '', address)
      // the server stores a range from the address in the same way
      document.cookie = `range=${encodeURIComponent(query)}; path=${pathname}; max-age=${YEAR}; samesite=lax`
      trades = null
      void load().then(loadTrades)
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

function benchmarksOf(figure: HTMLElement): string[] {
  return JSON.parse(figure.dataset.benchmarks!) as string[]
}

/** A past day, and what is looked at beside what is saved, stay in the address. */
function withQuery(address: string, query: string): string {
  const [path, before] = address.split('?')
  const kept = new URLSearchParams(query)
  for (const [name, value] of new URLSearchParams(before))
    if (['as_of', 'vs', 'what_if'].includes(name)) kept.append(name, value)
  return `${path}?${kept.toString()}`
}

function reachesAll(figure: HTMLElement): boolean {
  return new URLSearchParams(figure.dataset.source!.split('?')[1]).get('range') === 'all'
}

/**
 * Returns the lines with their last point moved, or with one more day. The returns in `last` count from the first day of
 * the history. In a shorter range, returns count from its own first day and drawdowns from its own peak, so that neither
 * is changed here.
 */
function moved({ days, lines }: DrawnLines, figure: HTMLElement, unit: ChartUnit): DrawnLines {
  const last = JSON.parse(figure.dataset.last!) as Chart
  const whole = reachesAll(figure)
  // a chart that ends on an earlier day never changes
  const until = new URLSearchParams(figure.dataset.source!.replace(/.*\?/, '')).get('to')
  const day = last.days.at(-1)
  const end = days.at(-1)
  const isOver = day === undefined || (until && until < day) || (end !== undefined && day < end)
  if (isOver || unit === 'drawdown') return { days, lines }
  const at = day === end ? days.length - 1 : days.length
  const put = <T>(column: readonly T[], value: T) => [...column.slice(0, at), value]
  return {
    days: put(days, day),
    lines: lines.map(({ symbol, values }) => {
      const line = symbol === null ? last : last.benchmarks[symbol]
      const newest = unit === 'money' ? line?.value.at(-1) : whole ? line?.twr.at(-1) : values[at]
      return { symbol, values: put(values, newest ?? null) }
    }),
  }
}

/** Returns the line of the portfolio, then those of the benchmarks in the order of their colors. */
function linesOf({ lines }: DrawnLines, unit: ChartUnit, benchmarks: readonly string[]): Line[] {
  const written = (values: readonly (number | null)[]) =>
    unit === 'money' ? values.map((cents) => cents && cents / 100) : [...values]
  return [null, ...benchmarks].map((symbol) => ({
    name: symbol ?? t('Portfolio'),
    values: written(lines.find((line) => line.symbol === symbol)?.values ?? []),
  }))
}

async function linesAt(source: string): Promise<DrawnLines> {
  const lines = await fetched<DrawnLines | PackedLines>(source)
  return 'gaps' in lines ? unpacked(lines) : lines
}

const units: readonly ChartUnit[] = ['money', 'percent', 'drawdown']
