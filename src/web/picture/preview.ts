import type { SharedView } from '../../snapshot/shared-view.ts'
import { signedPercent } from '../format.ts'
import { Canvas, type Ink, type Point } from './canvas.ts'
import { strokesOf } from './letters.ts'
import { png } from './png.ts'
import { viewLines } from './view-lines.ts'

const [WIDTH, HEIGHT, MARGIN] = [1200, 630, 72]
/** Where the lines are. */
const [TOP, BOTTOM] = [330, 590]

/** Draws what a messenger shows beside a link: the rate, what it is held against, and the lines. It has no amount. */
export function previewPicture(view: SharedView): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new Canvas(WIDTH, HEIGHT)
  const [benchmark] = view.benchmarks
  const lines = viewLines(view, { left: 0, right: WIDTH, top: TOP!, bottom: BOTTOM! })
  const own = lines[0] ?? []
  canvas.tintBelow(own, HEIGHT)
  if (lines[1]) canvas.draw(lines[1], 2, 'blue')
  canvas.draw(own, 3.5, 'ink')
  ruler(canvas)
  write(canvas, 'Yardstick', MARGIN + 62, 80, 20, 1.4, 'soft')
  const english = { locale: 'en-US' }
  const end = write(canvas, signedPercent(view.xirr, english), MARGIN, 240, 110, 8, 'ink')
  write(canvas, 'a year', end + 34, 240, 36, 2.6, 'soft')
  if (benchmark)
    write(
      canvas,
      `${benchmark.symbol} ${signedPercent(benchmark.xirr, english)}`,
      MARGIN,
      302,
      30,
      2.6,
      'blue',
    )
  return png(canvas.picture())
}

/** Writes with capitals of that height, whose feet are at `y`; returns where the text ends. */
function write(
  canvas: Canvas,
  text: string,
  x: number,
  y: number,
  height: number,
  pen: number,
  ink: Ink,
): number {
  const { strokes, width } = strokesOf(text)
  const size = height / 6
  for (const stroke of strokes)
    canvas.draw(
      stroke.map(([px, py]): Point => [x + px * size, y + (py - 6) * size]),
      pen,
      ink,
    )
  return x + width * size
}

/** The logo. */
function ruler(canvas: Canvas): void {
  const [left, top, right, bottom] = [MARGIN, 56, MARGIN + 46, 80]
  canvas.draw(
    [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
      [left, top],
    ],
    2,
    'ink',
  )
  for (const [i, length] of [12, 7, 7, 12].entries())
    canvas.draw(
      [
        [left + 9 + i * 9, top],
        [left + 9 + i * 9, top + length],
      ],
      1.2,
      'ink',
    )
}
