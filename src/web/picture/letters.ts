import type { Point } from './canvas.ts'

/** The lines of a text, one pen stroke each, whose capitals are 6 high with their feet at 6; and its width. */
export function strokesOf(text: string): { strokes: Point[][]; width: number } {
  const strokes: Point[][] = []
  let x = 0
  for (const letter of text.toUpperCase().replaceAll('-', '−')) {
    const drawn = (letters[letter] ?? '').split(' ').filter((stroke) => stroke !== '')
    const points = drawn.map(pointsOf)
    strokes.push(...points.map((stroke) => stroke.map(([px, py]): Point => [px + x, py])))
    const width = Math.max(...points.flat().map(([px]) => px), drawn.length === 0 ? 1 : 0)
    x += width + 1.7
  }
  return { strokes, width: Math.max(0, x - 1.7) }
}

/** `~` before a stroke rounds its corners; `o` closes it, too. Its points are an x and a y each. */
function pointsOf(stroke: string): Point[] {
  const points = [...stroke.matchAll(/(\d)(\d)/g)].map(([, x, y]): Point => [Number(x), Number(y)])
  const isClosed = stroke.startsWith('o')
  return isClosed || stroke.startsWith('~') ? rounded(points, isClosed) : points
}

/** Cuts the corners of a line three times (Chaikin 1974). */
function rounded(points: Point[], isClosed: boolean): Point[] {
  let line = points
  for (let times = 0; times < 3; times++) {
    const pairs = line.map((point, i) => [point, line[(i + 1) % line.length]!] as const)
    const sides = isClosed ? pairs : pairs.slice(0, -1)
    const cut = sides.flatMap(([[ax, ay], [bx, by]]): Point[] => [
      [0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by],
      [0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by],
    ])
    line = isClosed ? cut : [line[0]!, ...cut, line.at(-1)!]
  }
  return isClosed ? [...line, line[0]!] : line
}

const letters: Record<string, string> = {
  '0': 'o00404606',
  '1': '022026',
  '2': '~010040430606 0646',
  '3': '~0100404313 ~1343460605',
  '4': '300444 3036',
  '5': '400002 ~0242460605',
  '6': 'o02424606 ~30100204',
  '7': '004016',
  '8': 'o00404303 o03434606',
  '9': 'o00404404 ~42443616',
  '+': '2125 0343',
  '−': '0343',
  '%': '4006 o00202202 o24444626',
  '.': '0606',
  ',': '0607',
  '=': '0242 0444',
  '^': '022042',
  A: '062046 1434',
  B: '0006 ~00404303 ~03434606',
  C: '~414000064645',
  D: '0006 ~00404606',
  E: '40000646 0333',
  F: '400006 0333',
  G: '~4140000646444323',
  H: '0006 4046 0343',
  I: '0006',
  J: '~30360605',
  K: '0006 4004 1346',
  L: '000646',
  M: '0600234046',
  N: '06004640',
  O: 'o00404606',
  P: '0006 ~00404303',
  Q: 'o00404606 2446',
  R: '0006 ~00404303 2346',
  S: '~4140000343460605',
  T: '0040 2026',
  U: '~00064640',
  V: '002640',
  W: '0016223640',
  X: '0046 4006',
  Y: '002340 2326',
  Z: '00400646',
}
