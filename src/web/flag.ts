import { problem } from './problem.ts'
import type { AppContext } from './request.ts'

/** Returns whether the address asks for something with 1; false where it does not, or the answer that says what is wrong. */
export function readFlag(c: AppContext, name: string): boolean | Response {
  const value = c.req.query(name) || '0'
  const other = Object.keys(c.req.query()).find((each) => each !== name)
  // what only was to be shown would be written where its name is misspelled
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && other !== undefined)
    return problem(c, 400, `This address takes \`${name}\` and no “${other.slice(0, 40)}”.`)
  return isFlag(value) ? value === '1' : problem(c, 400, `\`${name}\` must be 1 or 0.`)
}

export const isFlag = (value: string) => value === '0' || value === '1'
