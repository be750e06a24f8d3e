import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandLine } from '../../src/local/command-line.ts'
import { png } from '../../src/web/picture/png.ts'

// `npm run icons` draws the ruler of favicon.svg on paper, as the icons that a home screen shows, into static/.

commandLine({})

/** An icon: its place below static/, its side in pixels, and how much of the side the ruler takes. */
const sizes: [path: string, side: number, part: number][] = [
  ['icons/192.png', 192, 0.84],
  ['icons/512.png', 512, 0.84],
  // a launcher may cut a circle of four fifths out of it
  ['icons/512-maskable.png', 512, 0.62],
  ['apple-touch-icon.png', 180, 0.78],
]

const PAPER = [250, 249, 246]
const INK = [27, 26, 23]
/** A pixel is looked at in so many places across and down. */
const FINE = 4

function drawn(): Promise<[path: string, picture: Uint8Array][]> {
  const shades = FINE * FINE
  const colors = Array.from({ length: shades + 1 }, (_, step) =>
    PAPER.map((from, i) => Math.round(from + ((INK[i]! - from) * step) / shades)),
  )
  return Promise.all(
    sizes.map(async ([path, side, part]) => {
      // the ruler is 30 wide in a square of 32
      const unit = 30 / (side * part)
      const at = (sample: number) => ((sample + 0.5) / FINE - side / 2) * unit + 16
      const pixels = new Uint8Array(side * side)
      for (let y = 0; y < side * FINE; y++)
        for (let x = 0; x < side * FINE; x++)
          if (isInk(at(x), at(y))) pixels[Math.floor(y / FINE) * side + Math.floor(x / FINE)]! += 1
      return [path, await png({ width: side, height: side, pixels, colors })]
    }),
  )
}

/** The shapes of favicon.svg: a rule with round corners, and its marks. */
function isInk(x: number, y: number): boolean {
  const [dx, dy] = [Math.abs(x - 16) - 12, Math.abs(y - 16) - 5]
  const isRule = dx <= 3 && dy <= 3 && Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) <= 3
  return isRule && !marks.some(([left, length]) => Math.abs(x - left) <= 1.2 && y <= 8 + length)
}

const marks = [
  [7, 7],
  [13, 4],
  [19, 7],
  [25, 4],
] as const

const folder = join(import.meta.dirname, '../../static')
mkdirSync(join(folder, 'icons'), { recursive: true })
for (const [path, picture] of await drawn()) writeFileSync(join(folder, path), picture)
