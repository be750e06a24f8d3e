import { html, raw } from 'hono/html'
import { allocation, CASH, type Part } from '../../snapshot/allocation.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { text } from '../../portfolio/decimal.ts'
import { money, percent, signedPercent, tone } from '../format.ts'
import { type Tile, treemap } from '../treemap.ts'

/** What the money is in: each holding an area, coloured by its day, and the sums by kind and by currency. */
export const AllocationPanel = ({ snapshot }: { snapshot: Snapshot }) => {
  const { portfolio } = snapshot
  const { holdings, kinds, currencies, unvalued } = allocation(snapshot)
  return (
    <section
      id="allocation"
      class="panel allocation"
      aria-label="Allocation"
      hx-get={`/portfolios/${portfolio.id}/allocation`}
      hx-trigger="changed-allocation from:body"
      hx-swap="outerMorph"
    >
      <header>
        <h2>Allocation</h2>
        <p class="aside">Size: share of value. Color: change today.</p>
        <Scale />
      </header>
      {holdings.length === 0 ? (
        <p class="aside">No values yet.</p>
      ) : (
        <>
          <Map parts={holdings} snapshot={snapshot} />
          <Sums title="By type" parts={kinds} currency={portfolio.base_currency} />
          <Sums title="By currency" parts={currencies} currency={portfolio.base_currency} />
        </>
      )}
      {unvalued.length > 0 && <p class="aside">Not included, no price: {unvalued.join(', ')}.</p>}
    </section>
  )
}

/** In percent of its own size, so that it fits any width and the words stay as large as others. */
const Map = ({ parts, snapshot }: { parts: Part[]; snapshot: Snapshot }) => {
  const tiles = treemap(
    parts.map(({ ratio }) => ratio),
    PHONE.width / PHONE.height,
  )
  const days = new globalThis.Map(snapshot.holdings.map((row) => [row.symbol, row.day_change_ratio]))
  const named = parts.slice(0, NAMED).map(({ name, ratio }) => `${name} ${percent(ratio)}`)
  const label =
    parts.length > NAMED ? `${named.join(', ')} and ${parts.length - NAMED} more` : named.join(', ')
  return (
    <svg class="treemap" role="img" aria-label={`By holding: ${label}`}>
      {parts.map(({ name, ratio }, i) =>
        tile(name, ratio, name === CASH ? null : (days.get(name) ?? null), tiles[i]!),
      )}
    </svg>
  )
}

function tile(name: string, ratio: number, day: number | null, { x, y, width, height }: Tile) {
  const [across, down] = [width * PHONE.width, height * PHONE.height]
  const told = `${name} ${percent(ratio)}${day === null ? '' : `, ${signedPercent(day)} today`}`
  // of a tile with room for two lines the day's change, which is what its color means
  const lines = [
    { words: name, fits: across > 8 + 8 * name.length && down > 22 },
    { words: percent(ratio), fits: across > 48 && down > (day === null ? 38 : 54) },
    { words: day === null ? '' : signedPercent(day), fits: across > 48 && down > 38 },
  ].filter(({ words, fits }) => fits && words !== '')
  const text = lines.map(
    ({ words }, i) =>
      html`<text x="8" y="${18 + 16 * i}"${i === 0 && raw(' class="symbol"')}>${words}</text>`,
  )
  const at = `x="${part(x)}" y="${part(y)}" width="${part(width)}" height="${part(height)}"`
  return html`<svg ${raw(at)} class="${shade(day)}"><title>${told}</title><rect width="100%" height="100%"/>${text}</svg>`
}

/** What the colors mean, from the deepest loss to the highest gain. */
const Scale = () => (
  <span class="scale" aria-hidden="true">
    −2%
    <svg width="60" height="10" aria-hidden="true">
      {[-0.03, -0.01, 0, 0.01, 0.03].map((change, i) => (
        <svg x={12 * i} width="12" height="10" class={shade(change)}>
          <rect width="12" height="10" />
        </svg>
      ))}
    </svg>
    +2%
  </span>
)

/** Who listens to the picture hears the largest; the table has them all. */
const NAMED = 10

/** The picture is laid out for a phone: on wider screens the tiles grow wide, as words are. */
const PHONE = { width: 358, height: 280 }

function part(of: number): string {
  return `${(100 * of).toFixed(2)}%`
}

/** In three strengths: a part of a percent, up to two percent, more. */
function shade(day: number | null): string {
  const strength = day === null ? 0 : Math.abs(day) < 0.005 ? 1 : Math.abs(day) < 0.02 ? 2 : 3
  return `tile tile-${tone(day)}-${strength}`
}

const Sums = ({ title, parts, currency }: { title: string; parts: Part[]; currency: string }) => (
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
          <td>
            <span data-money>{money(text(value), currency)}</span>
          </td>
          <td>{percent(ratio)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)
