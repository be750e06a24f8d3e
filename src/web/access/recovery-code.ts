import { hashOf } from './secret.ts'

/** Crockford's base 32: no letter that is taken for a digit, and no U. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const COUNT = 10

/**
 * Makes the ten recovery codes of an account, `K7QF-9T3M-XA52-0HVD-6RWC`, and their hashes. The first four letters are the
 * account's and no secret: the wrong tries of one account are counted by them, and nobody has to say a name that may be
 * known here or not. The other sixteen are 80 random bits.
 */
export async function newCodes(accountId: string): Promise<{ codes: string[]; hashes: string[] }> {
  const mark = letters(await digest(`the recovery codes of ${accountId}`), 4)
  const all = Array.from(
    { length: COUNT },
    () => mark + letters(crypto.getRandomValues(new Uint8Array(16)), 16),
  )
  return {
    codes: all.map((each) => each.match(/.{4}/g)!.join('-')),
    hashes: await Promise.all(all.map(hashOf)),
  }
}

/** Reads a recovery code as somebody typed it: what it is stored as, and the letters of its account. Null for none. */
export async function readCode(typed: string): Promise<{ hash: string; mark: string } | null> {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (!/^[0-9A-HJKMNP-TV-Z]{20}$/.test(code)) return null
  return { hash: await hashOf(code), mark: code.slice(0, 4) }
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}

/** Five bits of each byte: 256 is a multiple of 32, so that every letter is as likely as another. */
function letters(bytes: Uint8Array, count: number): string {
  return Array.from(bytes.subarray(0, count), (byte) => LETTERS[byte % 32]).join('')
}
