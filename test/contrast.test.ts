import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

// The colors are read from the style sheets themselves; the ratio is that of WCAG 2.2, 1.4.3.

const css = ['app.css', 'shell.css']
  .map((name) => readFileSync(new URL(`../src/web/client/${name}`, import.meta.url), 'utf8'))
  .join('\n')

type Theme = 0 | 1
const themes = { light: 0, dark: 1 } as const
const palettes = ['green', 'red', 'blue']

/** Custom properties of :root, and of the palette on top of them. */
function tokens(palette: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const block of [':root', `[data-palette='${palette}']`]) {
    for (const part of css.split(`${block} {`).slice(1)) {
      for (const [, name, value] of part.split('}')[0]!.matchAll(/(--[\w-]+):\s*([^;]+);/g))
        found.set(name!, value!)
    }
  }
  return found
}

function color(name: string, theme: Theme, of: Map<string, string>): [number, number, number] {
  const value = of.get(name)
  if (value === undefined) throw new Error(`no ${name}`)
  const other = /^var\((--[\w-]+)\)$/.exec(value)
  if (other) return color(other[1]!, theme, of)
  const both = /^light-dark\((#\w{6}), (#\w{6})\)$/.exec(value)
  if (!both) throw new Error(`${name}: ${value} is no pair of colors`)
  const hex = both[1 + theme]!
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number]
}

function luminance(rgb: readonly number[]): number {
  const [r, g, b] = rgb.map((channel) => {
    const part = channel / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(a: readonly number[], b: readonly number[]): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}

const grounds = ['--paper', '--surface', '--raised']
const inks = ['--ink', '--ink-soft', '--ink-faint', '--gain', '--loss', '--warn']
const lines = Array.from({ length: 6 }, (_, i) => `--series-${i}`)

describe.each(Object.entries(themes))('in the %s theme', (_, theme) => {
  it('the ratio is that of the definition', () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 9)
    expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 2)
  })

  it.each(palettes)('everything written can be read, with the palette %s', (palette) => {
    const of = tokens(palette)
    const weak = [...inks, ...lines].flatMap((ink) =>
      grounds
        .map((ground) => [ink, ground, contrast(color(ink, theme, of), color(ground, theme, of))] as const)
        .filter(([, , ratio]) => ratio < 4.5),
    )
    expect(weak).toEqual([])
  })

  it('a warning on its own ground can be read', () => {
    const of = tokens('green')
    const ratio = contrast(color('--warn', theme, of), color('--warn-soft', theme, of))
    expect(ratio).toBeGreaterThanOrEqual(4.5)
  })

  // 36 % of gain or loss in the surface, as dashboard.css mixes it
  it.each(palettes)(
    'the strongest tile of the allocation can be written on, with the palette %s',
    (palette) => {
      const of = tokens(palette)
      for (const tint of ['--gain', '--loss']) {
        const [ground, strong] = [color('--surface', theme, of), color(tint, theme, of)]
        const mixed = ground.map((channel, i) => 0.64 * channel + 0.36 * strong[i]!)
        expect(contrast(color('--ink', theme, of), mixed)).toBeGreaterThanOrEqual(4.5)
      }
    },
  )
})
