import type { RollingYear } from '../../metrics/rolling-year.ts'
import type * as htmx from './htmx.ts'
import type * as plots from './plot.ts'
import type * as preferences from './preferences.ts'
import type * as revision from './revision.ts'
import type * as words from '../words/words.ts'

/** What every page has loaded, as for the chart of prices. */
type Loaded = Pick<typeof htmx, 'afterSwap'> &
  Pick<typeof plots, 'plot'> &
  Pick<typeof preferences, 'onAppearance'> &
  Pick<typeof revision, 'fetched'> &
  Pick<typeof words, 't'>

/** Draws the `figure[data-rolling]` of the page of risk: the last twelve months' return of each day. */
export function rollingChart({ afterSwap, fetched, onAppearance, plot, t }: Loaded): void {
  let drawn: { figure: HTMLElement; shown: string; picture: ReturnType<typeof plot> } | null = null
  const look = async () => {
    const figure = document.querySelector<HTMLElement>('figure[data-rolling]:has([data-plot])')
    if (!figure) return void (drawn = null)
    if (drawn?.figure !== figure) drawn = { figure, shown: '', picture: plot(figure) }
    const { picture, shown } = drawn
    const { source, version, benchmarks, against } = figure.dataset
    const asked = `${source} ${version} ${against}`
    if (asked === shown) return
    drawn.shown = asked
    try {
      const { days, twr, benchmarks: theirs } = await fetched<RollingYear>(source!)
      // the reader may have gone on meanwhile
      if (drawn?.shown !== asked) return
      const named = (JSON.parse(benchmarks!) as string[]).map((name) => ({
        name,
        values: theirs[name] ?? [],
      }))
      picture.show(days, [{ name: t('Portfolio'), values: twr }, ...named], 'percent', {
        against: against === undefined ? null : Number(against),
      })
    } catch (error) {
      if (shown === '')
        picture.say(t('Couldn’t load the chart: {reason}.', { reason: (error as Error).message }))
    }
  }
  afterSwap(() => void look())
  onAppearance(() => drawn?.picture.repaint())
  void look()
}
