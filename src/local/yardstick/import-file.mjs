import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { chosen, exit, json, Stop } from './api.mjs'

/** Shows what a file would do, asks, and imports it. */
export async function importFile(to, [file, name], { answer = [], yes, json: isJson }) {
  if (file === undefined)
    throw new Stop('Say which file: yardstick import FILE [PORTFOLIO]', exit.misunderstood)
  const body = read(file)
  if (/^\s*\{\s*"yardstick"/.test(body.subarray(0, 200).toString('utf8')))
    return takeIn(to, file, body, { yes, isJson })
  const { id, name: into } = await chosen(to, name)
  const query = answersOf(answer)
  const path = (preview) =>
    `/api/portfolios/${id}/imports?${new URLSearchParams([['preview', preview], ...query])}`
  const preview = await json(to, path('1'), { method: 'POST', body })
  if (!isJson) console.log(previewOf(preview, file, into))
  if (preview.counts.new === 0) return isJson ? console.log(JSON.stringify(preview)) : undefined
  await agreed(yes, `Import ${rows(preview.counts.new)} into “${into}”?`)
  const made = await json(to, path('0'), { method: 'POST', body })
  console.log(
    isJson
      ? JSON.stringify(made)
      : `Imported ${rows(made.accepted)} into “${into}”. Undo it at ${new URL(`/portfolios/${id}/imports`, to.url)}`,
  )
}

/** A file of whole portfolios becomes portfolios beside those that are there. */
async function takeIn(to, file, body, { yes, isJson }) {
  await agreed(yes, `${basename(file)} has whole portfolios. Add them to your account?`)
  const { portfolios, problems } = await json(to, '/api/account/import', { method: 'POST', body })
  if (isJson) console.log(JSON.stringify({ portfolios, problems }))
  else console.log([...portfolios.map(({ name }) => `Added “${name}”.`), ...problems].join('\n'))
  if (problems.length > 0) process.exitCode = exit.refused
}

function previewOf({ format, counts, rows: listed, warnings, evidence }, file, into) {
  const by = (verdict) => listed.filter((row) => row.verdict === verdict)
  const some = (verdict, most) => by(verdict).slice(0, most)
  const understood = ({ line, transaction: t }) =>
    `  line ${line}: ${[t.date, t.type, t.symbol, t.shares, t.price && `at ${t.price}`, !t.shares && t.amount, t.currency].filter(Boolean).join(' ')}`
  return [
    `${basename(file)} is read as ${format}, for “${into}”:`,
    `  ${rows(counts.new)} new, ${counts.known} there already, ${counts.rejected} rejected, ${counts.left_out} left out`,
    ...some('new', 5).map(understood),
    ...(counts.new > 5 ? ['  …'] : []),
    ...some('rejected', 20).map(({ line, reason }) => `  line ${line} is rejected: ${reason}`),
    ...[...evidence, ...warnings].map((each) => `  ! ${each}`),
  ].join('\n')
}

function answersOf(given) {
  return given.map((each) => {
    const at = each.indexOf('=')
    if (at < 1) throw new Stop(`--answer is such as days=dmy, not “${each}”.`, exit.misunderstood)
    return [each.slice(0, at), each.slice(at + 1)]
  })
}

async function agreed(yes, question) {
  if (yes) return
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  // a standard input that has ended answers nothing
  const ended = new Promise((none) => lines.once('close', () => none('')))
  const answer = await Promise.race([lines.question(`${question} [y/N] `), ended])
  lines.close()
  if (!/^\s*y(es)?\s*$/i.test(answer))
    throw new Stop('Nothing was imported. Say y, or --yes, to import it.', exit.declined)
}

function read(file) {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new Stop(
      error.code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${error.code}).`,
    )
  }
}

const rows = (count) => (count === 1 ? '1 row' : `${count} rows`)
