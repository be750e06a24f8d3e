import type { Indexed } from './png.ts'

export type Point = [x: number, y: number]

/** What is drawn with, over paper or over the tint below a line. */
export const inks = ['ink', 'blue', 'soft'] as const
export type Ink = (typeof inks)[number]

const rgb: Record<'paper' | 'tint' | Ink, number[]> = {
  paper: [250, 249, 246],
  tint: [240, 237, 230],
  ink: [27, 26, 23],
  blue: [36, 96, 216],
  soft: [111, 106, 96],
}

/** So many steps lead from the ground to an ink, so that edges are smooth. */
const STEPS = 40
const GROUND = inks.length * STEPS

/** A sheet on which lines are drawn with a round pen. A pixel is its ground, its ink and how much of it there is. */
export class Canvas {
  readonly width: number
  readonly height: number
  private readonly pixels: Uint8Array

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.pixels = new Uint8Array(width * height)
  }

  /** Tints what is below a line, of which each point is right of the one before. */
  tintBelow(line: readonly Point[], bottom: number): void {
    for (let i = 1; i < line.length; i++) {
      const [[ax, ay], [bx, by]] = [line[i - 1]!, line[i]!]
      for (let x = Math.round(ax); x < Math.round(bx); x++) {
        const top = Math.round(ay + ((by - ay) * (x - ax)) / (bx - ax))
        for (let y = top; y < bottom; y++) this.pixels[y * this.width + x] = GROUND
      }
    }
  }

  /** Draws a line with a pen of that radius. */
  draw(line: readonly Point[], radius: number, ink: Ink): void {
    if (line.length === 1) this.segment(line[0]!, line[0]!, radius, ink)
    for (let i = 1; i < line.length; i++) this.segment(line[i - 1]!, line[i]!, radius, ink)
  }

  picture(): Indexed {
    const { width, height, pixels } = this
    const colors = [rgb.paper, rgb.tint].flatMap((ground) =>
      inks.flatMap((ink) =>
        Array.from({ length: STEPS }, (_, step) =>
          ground.map((from, i) => Math.round(from + ((rgb[ink][i]! - from) * step) / (STEPS - 1))),
        ),
      ),
    )
    return { width, height, pixels, colors }
  }

  /** Every pixel is as dark as the pen covers it: by its distance from the segment. */
  private segment([ax, ay]: Point, [bx, by]: Point, radius: number, ink: Ink): void {
    const reach = radius + 1
    const layer = inks.indexOf(ink) * STEPS
    const [dx, dy] = [bx - ax, by - ay]
    const length = dx * dx + dy * dy
    const right = Math.min(this.width - 1, Math.ceil(Math.max(ax, bx) + reach))
    const bottom = Math.min(this.height - 1, Math.ceil(Math.max(ay, by) + reach))
    for (let y = Math.max(0, Math.floor(Math.min(ay, by) - reach)); y <= bottom; y++)
      for (let x = Math.max(0, Math.floor(Math.min(ax, bx) - reach)); x <= right; x++) {
        const along = length === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / length
        const near = along < 0 ? 0 : along > 1 ? 1 : along
        const distance = Math.hypot(x - ax - near * dx, y - ay - near * dy)
        const step = Math.round((STEPS - 1) * Math.min(1, radius + 0.5 - distance))
        if (step <= 0) continue
        const at = y * this.width + x
        const before = this.pixels[at]!
        const ground = before >= GROUND ? GROUND : 0
        if (step >= (before - ground) % STEPS) this.pixels[at] = ground + layer + step
      }
  }
}
