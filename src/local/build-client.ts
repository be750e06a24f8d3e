import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Plugin } from 'esbuild'
import { commandLine } from './command-line.ts'

// Bundles the browser's code into static/assets. Each name has a hash of the content, so that browsers may keep the
// file for a year. The addresses go to src/web/assets.json, which the Worker imports. Beside them it makes the service worker,
// which keeps its address and has the name of the build in it, and the document of the API with its page.

commandLine({})
// `npm test` has just built it, and its other stages read the files meanwhile
if (process.env.CLIENT_IS_BUILT) process.exit()
// what is not built, or mistyped, waits for none of these
const { build } = await import('esbuild')
const { apiDocument } = await import('../web/api/document.ts')
const { apiReference } = await import('../web/views/api-reference.ts')
const root = join(import.meta.dirname, '../..')
const folder = join(root, 'static/assets')

/**
 * Leaves out what our charts have no use for: curved and stepped lines, which uPlot keeps on one object where no bundler can
 * see that they are not used, its legend, and its own words for dates. They would be a twentieth of a first visit.
 */
const leaner: Plugin = {
  name: 'leaner uPlot',
  setup(bundle) {
    bundle.onLoad({ filter: /uPlot\.esm\.js$/ }, ({ path }) => {
      let contents = readFileSync(path, 'utf8')
      for (const [unused, inPlace] of unusedOfPlot) {
        if (contents.match(unused)?.length !== 1) throw new Error(`uPlot has ${unused} differently now.`)
        contents = contents.replace(unused, inPlace)
      }
      return { contents }
    })
  },
}

const unusedOfPlot: [unused: RegExp, inPlace: string][] = [
  [/^\s*\(paths\.stepped +?= \w+\);$/gm, ''],
  [/^\s*\(paths\.bars +?= \w+\);$/gm, ''],
  [/^\s*\(paths\.spline +?= \w+\);$/gm, ''],
  [/(?<=^const days3 = )days\.map\(slice3\);$/gm, 'days;'],
  [/(?<=^const months3 = )months\.map\(slice3\);$/gm, 'months;'],
  [/^\s*uPlot\.fmtDate = fmtDate;$/gm, ''],
  [/^\s*uPlot\.join = join;$/gm, ''],
  // no scale of ours is logarithmic
  ...[
    'rangeLog',
    'rangeAsinh',
    'logAxisSplits',
    'asinhAxisSplits',
    'log10AxisValsFilt',
    'log2AxisValsFilt',
  ].map((name): [RegExp, string] => [
    new RegExp(`(?<=^function ${name}\\(.*\\) \\{)[^]*?(?=^\\}$)`, 'gm'),
    '',
  ]),
  // the charts have a readout of their own in place of a legend
  [/(?<=const showLegend = )legend\.show;$/gm, 'false;'],
  [/(?<=^\tfunction initLegendRow\(.*\) \{)[^]*?(?=^\t\}$)/gm, ''],
  [/(?<=const _fmtDate = ).*$/gm, 'null;'],
  [/(?<=const _timeAxisVals   = ).*$/gm, 'null;'],
  [/(?<=const _timeSeriesVal  = ).*$/gm, "() => '';"],
  [/(?<=let stamp = )fmtDate\(dateTpl\);$/gm, 'null;'],
]

const bundled = async (...names: string[]) => {
  const { metafile } = await build({
    plugins: [leaner],
    entryPoints: names.map((name) => join(root, 'src/web/client', name)),
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
  return Object.keys(metafile.outputs).map((path) => basename(path))
}

const built = [
  ...(await bundled('app.ts', 'app.css', 'pages.css', 'shared.css')),
  // by itself: what it shares with the app would be one more file of every first visit
  ...(await bundled('passkeys.ts')),
]
for (const name of readdirSync(folder)) if (!built.includes(name)) rmSync(join(folder, name))

// the entry loads the other files when they are needed
const address = (name: string, extension: string) =>
  `/assets/${built.find((each) => each.startsWith(`${name}-`) && each.endsWith(extension))}`
const addresses = {
  js: address('app', '.js'),
  css: address('app', '.css'),
  pages: address('pages', '.css'),
  passkeys: address('passkeys', '.js'),
  shared: address('shared', '.css'),
}
const assets = `${JSON.stringify(addresses)}\n`
const file = join(root, 'src/web/assets.json')
// The file is not written when nothing changed, because a watcher takes every write for a change.
if (current(file) !== assets) writeFileSync(file, assets)

await build({
  entryPoints: [join(root, 'src/web/device/service-worker.ts')],
  outfile: join(root, 'static/service-worker.js'),
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2024',
  define: { BUILD: JSON.stringify({ name: `${addresses.js} ${addresses.css}`, css: addresses.css }) },
})

const document = apiDocument()
writeFileSync(join(root, 'static/openapi.json'), JSON.stringify(document))
mkdirSync(join(root, 'static/api'), { recursive: true })
writeFileSync(join(root, 'static/api/reference.txt'), apiReference(document))

function current(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
