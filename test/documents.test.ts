import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const root = new URL('../', import.meta.url)
const page = readFileSync(new URL('src/portfolio/finance.md', root), 'utf8')
const headings = new Set([...page.matchAll(/^#{2,3} (.+)$/gm)].map(([, heading]) => heading!))

/** Each `finance.md, "One", "Two" and "Three"` of a file, its lines joined: the headings it names. */
function references(path: string): { path: string; named: string[] }[] {
  const text = readFileSync(new URL(path, root), 'utf8').replaceAll(/\n\s*(?:\*|\/\/)? */g, ' ')
  return [...text.matchAll(/(?<![`/])finance\.md((?:,? (?:and )?"[^"]+")*)/g)].map(([, names]) => ({
    path,
    named: [...names!.matchAll(/"([^"]+)"/g)].map(([, name]) => name!),
  }))
}

const found = ['src', 'test'].flatMap((folder) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && path !== 'documents.test.ts')
    .flatMap((path) => references(`${folder}/${path}`)),
)

it('every reference to finance.md names headings that are there', () => {
  expect(found.length).toBeGreaterThan(50)
  expect(found.filter(({ named }) => named.length === 0)).toEqual([])
  expect(
    found
      .flatMap(({ path, named }) => named.map((name) => ({ path, name })))
      .filter(({ name }) => !headings.has(name)),
  ).toEqual([])
})

it('every link within finance.md leads to one of its headings', () => {
  const anchors = [...headings].map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  )
  const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor!)
  expect(links.length).toBeGreaterThan(0)
  expect(links.filter((anchor) => !anchors.includes(anchor))).toEqual([])
})
