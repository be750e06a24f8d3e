import { problem } from './problem.ts'
import type { AppContext } from './request.ts'

/** Returns whether the address asks for something with 1; false where it does not, or the answer that says what is wrong. */
export function readFlag(c: AppContext, name: string): boolean | Response {
  const value = c.req.query(name) || '0'
  return isFlag(value) ? value === '1' : problem(c, 400, `\`${name}\` must be 1 or 0.`)
}

export const isFlag = (value: string) => value === '0' || value === '1'
