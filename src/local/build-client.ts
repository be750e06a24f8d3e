import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { commandLine } from './command-line.ts'

// Bundles the browser's code into static/assets. Each name has a hash of the content, so that browsers may keep the
// file for a year. The addresses go to src/web/assets.json, which the Worker imports.

commandLine({})
const root = join(import.meta.dirname, '../..')
const folder = join(root, 'static/assets')

/**
 * Leaves out uPlot's curved and stepped lines. uPlot keeps them on one object, where no bundler can see that they are
 * not used; they would be a fortieth of a first visit.
 */
const straightLinesOnly: Plugin = {
  name: 'straight lines only',
  setup(bundle) {
    bundle.onLoad({ filter: /uPlot\.esm\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8')
      const others = /^\s*\(paths\.(stepped|bars|spline) +?= \w+\);$/gm
      if (source.match(others)?.length !== 3) throw new Error('uPlot names its paths differently now.')
      return { contents: source.replace(others, '') }
    })
  },
}

const { metafile } = await build({
  plugins: [straightLinesOnly],
  entryPoints: ['app.ts', 'passkeys.ts', 'app.css', 'pages.css', 'shared.css'].map((name) =>
    join(root, 'src/web/client', name),
  ),
  outdir: folder,
  entryNames: '[name]-[hash]',
  bundle: true,
  minify: true,
  format: 'esm',
  splitting: true,
  chunkNames: '[name]-[hash]',
  target: 'es2024',
  metafile: true,
  absWorkingDir: root,
})

const built = Object.keys(metafile.outputs).map((path) => basename(path))
for (const name of readdirSync(folder)) if (!built.includes(name)) rmSync(join(folder, name))

// the entry loads the other files when they are needed
const address = (name: string, extension: string) =>
  `/assets/${built.find((each) => each.startsWith(`${name}-`) && each.endsWith(extension))}`
const assets = `${JSON.stringify({
  js: address('app', '.js'),
  css: address('app', '.css'),
  pages: address('pages', '.css'),
  passkeys: address('passkeys', '.js'),
  shared: address('shared', '.css'),
})}\n`
const file = join(root, 'src/web/assets.json')
// The file is not written when nothing changed, because a watcher takes every write for a change.
if (current(file) !== assets) writeFileSync(file, assets)

function current(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
