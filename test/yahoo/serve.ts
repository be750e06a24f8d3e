import { serveYahoo } from './folder.ts'

const [folder, port = '8790'] = process.argv.slice(2)
if (!folder) {
  console.error('usage: node test/yahoo/serve.ts <folder of market files> [port]')
  process.exit(2)
}

const { url } = await serveYahoo(folder, {
  port: Number(port),
  onCall: ({ endpoint, symbols }) =>
    console.log(`${new Date().toISOString()} ${endpoint} ${symbols.join(' ')}`),
})
console.log(`Yahoo's stand-in with the markets of ${folder}: YAHOO_BASE_URL=${url}`)
