import module from 'node:module'
import { join } from 'node:path'

// This file is JavaScript and loads first, because older versions of Node cannot load TypeScript.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Yardstick needs Node 22.18 or later, and this is ${process.versions.node}: see https://nodejs.org.`,
  )
  process.exit(1)
}

// What runs here starts often, wrangler above all: it compiles itself once, or each time where nothing can be written.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '../../node_modules/.cache/node')
module.enableCompileCache(process.env.NODE_COMPILE_CACHE)
