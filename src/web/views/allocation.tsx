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
        <p class="aside">Area: part of the value. Colour: change of the day.</p>
      </header>
      {holdings.length === 0 ? (
        <p class="aside">Nothing has a value yet.</p>
      ) : (
        <>
          <Map parts={holdings} snapshot={snapshot} />
          <Sums title="By kind" parts={kinds} currency={portfolio.base_currency} />
          <Sums title="By currency" parts={currencies} currency={portfolio.base_currency} />
        </>
      )}
      {unvalued.length > 0 && <p class="aside">Not in it, for want of a price: {unvalued.join(', ')}.</p>}
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
  const symbol =
    across > 8 + 8 * name.length && down > 22 && html`<text x="8" y="18" class="symbol">${name}</text>`
  const weight = across > 48 && down > 38 && html`<text x="8" y="34">${percent(ratio)}</text>`
  const change =
    across > 48 && down > 54 && day !== null && html`<text x="8" y="50">${signedPercent(day)}</text>`
  const at = `x="${part(x)}" y="${part(y)}" width="${part(width)}" height="${part(height)}"`
  return html`<svg ${raw(at)} class="${shade(day)}"><title>${told}</title><rect width="100%" height="100%"/>${symbol}${weight}${change}</svg>`
}

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
          <td data-money>{money(text(value), currency)}</td>
          <td>{percent(ratio)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)
