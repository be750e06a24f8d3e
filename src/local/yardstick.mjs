#!/usr/bin/env node
// The command line of Yardstick: it asks a running Yardstick, here or elsewhere, through its JSON API. It is JavaScript
// without any package, because npx runs it from node_modules, where Node loads no TypeScript.
import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { ask, chosen, connection, exit, json, Stop } from './yardstick/api.mjs'
import { importFile } from './yardstick/import-file.mjs'

const help = `yardstick: what a running Yardstick knows, and what you give it

  yardstick status [PORTFOLIO]            value, today, return and gap to the benchmarks
  yardstick import FILE [PORTFOLIO]       shows what will happen to each row, asks, then imports it
  yardstick export FORMAT [PORTFOLIO]     everything, transactions (or csv), dividends, income, cash-flows, holdings,
                                          months, taxes, ghostfolio, portfolio-performance-trades,
                                          portfolio-performance-account or beancount
  yardstick backup [FILE]                 all your portfolios in one file, which \`yardstick import\` takes in again

PORTFOLIO is an id or a name, of a group too; with one portfolio it can be left out.

  --url URL        the address of Yardstick; else YARDSTICK_URL, else http://localhost:8787
  --token TOKEN    an API token of yours (Account, API tokens); better in YARDSTICK_TOKEN, where no list of processes shows it
  --answer A=B     what a file to import leaves open, such as days=dmy; may be given several times
  --output FILE    where an export goes; - for the standard output
  --json           the answer of the API, for a program
  --yes            imports without asking
  --help           this

It ends with 0 when all was done, 1 when Yardstick refused or did not answer, 2 when the command was not understood, and 3
when you said no. It needs Node 20 or later.
`

/** Each command, how many words it takes, and its own options. */
const commands = {
  status: { run: status, most: 1, takes: ['json'] },
  import: { run: importFile, most: 2, takes: ['answer', 'json', 'yes'] },
  export: { run: exportFile, most: 2, takes: ['output'] },
  backup: { run: backup, most: 1, takes: [] },
}

async function run() {
  const { values, positionals } = given()
  const [name, ...words] = positionals
  if (values.help || name === undefined) {
    process.stdout.write(help)
    if (!values.help) process.exitCode = exit.misunderstood
    return
  }
  if (!Object.hasOwn(commands, name))
    throw new Stop(
      `There is no command “${name}”. The commands are ${Object.keys(commands).join(', ')}.`,
      exit.misunderstood,
    )
  const { run: command, most, takes } = commands[name]
  if (words.length > most)
    throw new Stop(`“${words[most]}” is one word too many; put a name in quotes.`, exit.misunderstood)
  const idle = Object.keys(values).find((each) => !['url', 'token', ...takes].includes(each))
  if (idle)
    throw new Stop(`\`yardstick ${name}\` has no --${idle}. See \`yardstick --help\`.`, exit.misunderstood)
  await command(connection(values), words, values)
}

function given() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        url: { type: 'string' },
        token: { type: 'string' },
        answer: { type: 'string', multiple: true },
        output: { type: 'string' },
        json: { type: 'boolean' },
        yes: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new Stop(`${error.message.split('. ')[0]}. See \`yardstick --help\`.`, exit.misunderstood)
  }
}

async function status(to, [name], { json: isJson }) {
  const { portfolios } = name === undefined ? await json(to, '/api/portfolios') : { portfolios: [] }
  const shown = name === undefined ? portfolios : [await chosen(to, name)]
  const answers = []
  for (const { id } of shown) answers.push(await json(to, `/api/dashboard-initial-data?portfolio_id=${id}`))
  if (isJson) return console.log(JSON.stringify(answers))
  if (answers.length === 0) console.log('You have no portfolio yet.')
  for (const answer of answers) console.log(statusOf(answer))
}

function statusOf({ portfolio, as_of, fresh, market, summary, missing, warnings }) {
  const { base_currency: currency } = portfolio
  const { today } = summary
  const gaps = Object.entries(summary.benchmarks).map(
    ([symbol, { gap, xirr }]) =>
      `  against ${symbol}`.padEnd(18) + `${money(gap, currency, true)}, its XIRR ${percent(xirr)}`,
  )
  return [
    `${portfolio.name}  ${money(summary.value, currency)}`,
    `  today`.padEnd(18) + `${money(today?.change, currency, true)} (${percent(today?.ratio, true)})`,
    `  gain`.padEnd(18) + `${money(summary.total_gain, currency, true)}, XIRR ${percent(summary.xirr)}`,
    ...gaps,
    `  as of`.padEnd(18) +
      `${as_of ?? 'no price yet'}, ${fresh ? 'fresh' : 'prices are being fetched'}; the market is ${market.phase}`,
    ...missing.map(({ symbol, reason }) => `  ! ${symbol}: ${reason ?? 'it has no price yet'}`),
    ...warnings.map((each) => `  ! ${each}`),
  ].join('\n')
}

const files = {
  everything: 'everything.json',
  csv: 'transactions.csv',
  ...Object.fromEntries(
    ['transactions', 'dividends', 'income', 'cash-flows', 'holdings', 'months'].map((each) => [
      each,
      `${each}.csv`,
    ]),
  ),
  ...Object.fromEntries(
    ['taxes', 'ghostfolio', 'portfolio-performance-trades', 'portfolio-performance-account', 'beancount'].map(
      (each) => [each, `for/${each}`],
    ),
  ),
}

async function exportFile(to, [format, name], { output }) {
  if (format === undefined || !Object.hasOwn(files, format))
    throw new Stop(
      `${format === undefined ? 'Say which format' : `There is no export “${format}”`}: ${Object.keys(files).join(', ')}.`,
      exit.misunderstood,
    )
  const { id } = await chosen(to, name)
  await save(await ask(to, `/portfolios/${id}/export/${files[format]}`), output)
}

async function backup(to, [file]) {
  const day = new Date().toISOString().slice(0, 19).replaceAll(/[T:]/g, '-')
  await save(await ask(to, '/api/account/export'), file ?? `yardstick-${day}.json`)
}

/** Writes a file that was not there before; without a name, under the one that the server gave. */
async function save(answer, output) {
  const text = await answer.text()
  if (output === '-') return process.stdout.write(text)
  const [, coded] = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('content-disposition') ?? '') ?? []
  const file = output ?? (basename(decodeURIComponent(coded ?? '')) || 'yardstick-export')
  try {
    writeFileSync(file, text, { flag: 'wx' })
  } catch (error) {
    throw new Stop(
      error.code === 'EEXIST'
        ? `${file} is there already. Name another file, or move it.`
        : `${file} cannot be written (${error.code}).`,
    )
  }
  console.log(`${file} has ${Buffer.byteLength(text).toLocaleString('en')} bytes.`)
}

/** Decimal text in full precision, since Intl takes it as text. */
function money(amount, currency, isSigned = false) {
  if (amount === null || amount === undefined) return '—'
  const signDisplay = isSigned ? 'exceptZero' : 'auto'
  return new Intl.NumberFormat('en', { style: 'currency', currency, signDisplay }).format(amount)
}

function percent(ratio, isSigned = false) {
  if (ratio === null || ratio === undefined) return '—'
  const signDisplay = isSigned ? 'exceptZero' : 'auto'
  return new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 2, signDisplay }).format(
    ratio,
  )
}

try {
  await run()
} catch (error) {
  if (!(error instanceof Stop)) throw error
  console.error(error.message)
  process.exitCode = error.code
}
