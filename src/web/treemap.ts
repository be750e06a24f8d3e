/** A rectangle as parts (0 … 1) of the whole. */
export type Tile = { x: number; y: number; width: number; height: number }

/**
 * Lays out a squarified treemap (Bruls, Huizing, van Wijk 2000). It divides an area of the given `aspect` (width ÷
 * height) among ratios that sum to 1, largest first, into tiles that are as square as possible.
 */
export function treemap(ratios: readonly number[], aspect: number): Tile[] {
  const tiles: Tile[] = []
  let [x, y, width, height] = [0, 0, aspect, 1]
  for (let next = 0; next < ratios.length;) {
    const side = Math.min(width, height)
    let row = [ratios[next]! * aspect]
    while (next + row.length < ratios.length) {
      const longer = [...row, ratios[next + row.length]! * aspect]
      if (worst(longer, side) > worst(row, side)) break
      row = longer
    }
    const thickness = Math.min(sumOf(row) / side, Math.max(width, height))
    let along = 0
    for (const area of row) {
      const length = area / thickness
      tiles.push(
        width >= height
          ? { x: x / aspect, y: y + along, width: thickness / aspect, height: length }
          : { x: (x + along) / aspect, y, width: length / aspect, height: thickness },
      )
      along += length
    }
    if (width >= height) [x, width] = [x + thickness, width - thickness]
    else [y, height] = [y + thickness, height - thickness]
    next += row.length
  }
  return tiles
}

/** The aspect of the least square tile in a row; 1 is a square. */
function worst(row: readonly number[], side: number): number {
  const total = sumOf(row)
  const [most, least] = [Math.max(...row), Math.min(...row)]
  return Math.max((side * side * most) / (total * total), (total * total) / (side * side * least))
}

function sumOf(row: readonly number[]): number {
  return row.reduce((sum, area) => sum + area, 0)
}
