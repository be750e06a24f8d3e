import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import { replacedModules } from './replaced-modules.ts'

// Tests that run in Node import the files as they are, without Vite. What wrangler.toml has bundled otherwise is so here, too:
// some modules are replaced (`[alias]`), and a CSV file is a text (`[[rules]]`).

const replaced = new Map(replacedModules().map(([name, file]) => [name, pathToFileURL(file).href]))

registerHooks({
  resolve(name, context, next) {
    const url = replaced.get(name)
    return url === undefined ? next(name, context) : { url, shortCircuit: true }
  },
  load(url, context, next) {
    if (!url.endsWith('.csv')) return next(url, context)
    const text = readFileSync(new URL(url), 'utf8')
    return { format: 'module', source: `export default ${JSON.stringify(text)}`, shortCircuit: true }
  },
})
