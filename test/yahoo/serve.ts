import { commandLine } from '../../src/local/command-line.ts'
import { inventedMarkets } from './invented.ts'
import { serveYahoo } from './folder.ts'

// A server that speaks Yahoo's HTTP, for `npm start -- --market yahoo --yahoo-base-url`.
//
//   npm run yahoo                    VOO, QQQ, ACME and COIN-USD, made by a formula up to yesterday's close
//   npm run yahoo -- my-closes 9000  the files of a folder (book.ts has an example of one), on another port

const { positionals: given } = commandLine({ allowPositionals: true })
const port = given.find((each) => /^\d+$/.test(each)) ?? '8790'
const folder = given.find((each) => each !== port) ?? inventedMarkets(Date.now())

const served = await serveYahoo(folder, {
  port: Number(port),
  onCall: ({ endpoint, symbols }) =>
    console.log(`${new Date().toISOString()} ${endpoint} ${symbols.join(' ')}`),
}).catch((error: NodeJS.ErrnoException) => error)
if (served instanceof Error) {
  console.error(
    served.code === 'EADDRINUSE'
      ? `Port ${port} is taken. Choose another: npm run yahoo -- ${Number(port) + 1}`
      : `There are no market files to serve in ${folder}: ${served.message}`,
  )
  process.exit(1)
}
console.log(`The closes are in ${folder}`)
console.log('In another terminal:')
console.log(`  npm start -- --market yahoo --yahoo-base-url ${served.url} --state .wrangler/invented`)
