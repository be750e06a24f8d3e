import { html, raw } from './html.ts'
import { allocation, CASH, type Part } from '../../snapshot/allocation.ts'
import type { HoldingRow } from '../../snapshot/holding-row.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { text } from '../../portfolio/decimal.ts'
import { percent, points, signedPercent } from '../format.ts'
import { type Tile, treemap } from '../treemap.ts'
import { versusOf } from './gap-panel.tsx'
import { addressOf } from './portfolio-page.tsx'
import { part, Sums } from './sums.tsx'
import { tintOf } from './tint.ts'
import { t, translated } from '../words/words.ts'

/** Shows what the money is in: each holding as an area, colored by a change, then the sums by kind and by currency. */
export const AllocationPanel = ({ snapshot, benchmark, tiles = 'day' }: AllocationProps) => {
  const { portfolio } = snapshot
  const { holdings, kinds, currencies, unvalued } = allocation(snapshot)
  const rows = new Map(snapshot.holdings.map((row) => [row.symbol, row]))
  const modes = modesOf(benchmark)
  const mode = modes.find(({ key }) => key === tiles) ?? modes[0]!
  const address = ({ key }: Mode) =>
    addressOf(`/portfolios/${portfolio.id}/allocation`, { tiles: key, vs: versusOf(portfolio, benchmark) })
  return (
    <section
      id="allocation"
      class="panel allocation"
      aria-label={t('Allocation')}
      data-region={address(mode)}
    >
      <header>
        <h2>{t('Allocation')}</h2>
        <p class="aside">
          {t('Size: share of value.')} <a href={`/portfolios/${portfolio.id}/targets`}>{t('Targets')}</a>
        </p>
        <nav class="modes needs-script" aria-label={t('Color of the tiles')}>
          {modes.map((each) => (
            <a
              href={address(each)}
              hx-get={address(each)}
              hx-target="#allocation"
              hx-swap="outerMorph"
              aria-current={each === mode ? 'true' : undefined}
            >
              {each.key === 'day' ? t('Day') : each.name}
            </a>
          ))}
        </nav>
        <Scale mode={mode} />
      </header>
      {holdings.length === 0 ? (
        <p class="aside">{t('No values yet.')}</p>
      ) : (
        <>
          <Treemap
            parts={holdings}
            changeOf={(name) => (rows.has(name) ? mode.of(rows.get(name)!) : null)}
            mode={mode}
          />
          <Sums
            title={t('By type')}
            parts={valued(kinds).map((kind) => ({ ...kind, name: translated(kind.name) }))}
            currency={portfolio.base_currency}
          />
          <Sums title={t('By currency')} parts={valued(currencies)} currency={portfolio.base_currency} />
        </>
      )}
      {unvalued.length > 0 && (
        <p class="aside">{t('Not included, no price: {symbols}.', { symbols: unvalued.join(', ') })}</p>
      )}
    </section>
  )
}

function valued(parts: readonly Part[]) {
  return parts.map(({ value, ...rest }) => ({ ...rest, value: text(value) }))
}

type AllocationProps = {
  snapshot: Snapshot
  /** What the dashboard measures against: one of the portfolio's benchmarks; null when it has none. */
  benchmark: string | null
  tiles?: string
}

/** What the color of a tile may mean, with the sizes from which a change counts as middling and as large. */
type Mode = {
  key: string
  name: string
  of: (row: HoldingRow) => number | null
  write: (change: number) => string
  steps: [middling: number, large: number]
  /** The ends of the scale. */
  end: string
}

/** The change since the close before. */
export const day: Mode = {
  key: 'day',
  name: 'Day',
  of: ({ day_change_ratio }) => day_change_ratio,
  write: signedPercent,
  steps: [0.005, 0.02],
  end: '2%',
}

function modesOf(benchmark: string | null): Mode[] {
  const gain: Mode = {
    key: 'gain',
    name: t('Gain'),
    of: ({ gain_ratio }) => gain_ratio,
    write: signedPercent,
    steps: [0.1, 0.5],
    end: '50%',
  }
  if (benchmark === null) return [day, gain]
  const versus: Mode = {
    key: 'vs',
    name: t('vs {benchmark}', { benchmark }),
    of: ({ vs }) => vs[benchmark] ?? null,
    write: (lead) => t('{points} pp', { points: points(lead) }),
    steps: [0.1, 0.5],
    end: t('{points} pp', { points: 50 }),
  }
  return [day, gain, versus]
}

type TreemapProps = {
  parts: readonly Slice[]
  /** By the name of a part. */
  changeOf: (name: string) => number | null
  mode: Pick<Mode, 'write' | 'steps'>
}
type Slice = Pick<Part, 'name' | 'ratio'>

/** Tiles are placed in percent of the picture, so that it fits any width while its words keep their size. */
export const Treemap = ({ parts, changeOf, mode }: TreemapProps) => {
  const drawn = together(parts)
  const tiles = treemap(
    drawn.map(({ ratio }) => ratio),
    PHONE.width / PHONE.height,
  )
  const named = parts.slice(0, NAMED).map(({ name, ratio }) => `${calledOf(name)} ${percent(ratio)}`)
  const label =
    parts.length > NAMED
      ? t('{listed} and {n} more', { listed: named.join(', '), n: parts.length - NAMED })
      : named.join(', ')
  return (
    <svg class="treemap" role="img" aria-label={t('By holding: {label}', { label })}>
      {drawn.map((each, i) => tile(each, each.name === CASH ? null : changeOf(each.name), tiles[i]!, mode))}
    </svg>
  )
}

/** The largest parts; the rest, whose tiles nobody could tell apart, is one. */
function together(parts: readonly Slice[]): Slice[] {
  if (parts.length <= MOST_TILES) return [...parts]
  const shown = parts.slice(0, MOST_TILES - 1)
  const rest = parts.slice(MOST_TILES - 1)
  const ratio = rest.reduce((all, part) => all + part.ratio, 0)
  const others = { name: t('{n} others', { n: rest.length }), ratio }
  return [...shown, others].toSorted((a, b) => b.ratio - a.ratio)
}

/** A ticker, or the word for cash. */
export function calledOf(name: string): string {
  return name === CASH ? t('Cash') : name
}

function tile(
  { name: symbol, ratio }: Slice,
  change: number | null,
  { x, y, width, height }: Tile,
  mode: TreemapProps['mode'],
) {
  const name = calledOf(symbol)
  const [across, down] = [width * PHONE.width, height * PHONE.height]
  const words = change === null ? '' : mode.write(change)
  const nameWidth = 8 + 9 * name.length
  const hasName = WIDER * across > nameWidth && down > 22
  // a small tile has room for one figure: the change, since its color shows the change
  const figures = [
    { words: percent(ratio), from: words === '' ? 38 : 54 },
    { words, from: 38 },
  ].filter(({ words, from }) => hasName && down > from && words !== '' && WIDER * across > widthOf(words))
  const lines = figures.map(
    ({ words }, i) =>
      html`<text x="8" y="${34 + 16 * i}"${across <= Math.max(nameWidth, widthOf(words)) && raw(' class="wide"')}>${words}</text>`,
  )
  const isFull = figures.length === (words === '' ? 1 : 2)
  const at = `x="${part(x)}" y="${part(y)}" width="${part(width)}" height="${part(height)}"`
  return html`<svg ${raw(at)} class="${tintOf(change, mode.steps)}">${!isFull && html`<title>${[name, percent(ratio), words].join(' ')}</title>`}<rect width="100%" height="100%"/>${hasName && html`<text x="8" y="18" class="${across <= nameWidth ? 'symbol wide' : 'symbol'}">${name}</text>`}${lines}</svg>`
}

/** What the colors mean, from the deepest loss to the highest gain. */
const Scale = ({ mode }: { mode: Mode }) => (
  <span class="scale" aria-hidden="true">
    −{mode.end}
    <svg width="60" height="10" aria-hidden="true">
      {[-1, -0.3, 0, 0.3, 1].map((part, i) => (
        <svg x={12 * i} width="12" height="10" class={tintOf(part * 2 * mode.steps[1], mode.steps)}>
          <rect width="12" height="10" />
        </svg>
      ))}
    </svg>
    +{mode.end}
  </span>
)

/** The picture has no room for more tiles than these. */
const MOST_TILES = 120

/** A screen reader says this many of the largest; the table has all. */
const NAMED = 10

/** The picture is laid out for a phone. On wider screens the tiles grow wider, which suits words. */
const PHONE = { width: 358, height: 280 }

/** On every wider screen the picture is at least this many times as wide; what fits only there has the class `wide`. */
const WIDER = 1.6

/** The pixels that a figure needs in a tile. */
function widthOf(words: string): number {
  return 16 + 6.5 * words.length
}
