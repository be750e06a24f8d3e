import { describe, expect, it } from 'vitest'
import { textOfFile } from '../../src/statements/file-text.ts'
import { read } from './fixture.ts'

const TEXT = 'Ticker,Type,Date,Price,Shares,Note\nVOO,Buy,2020-01-02,298.5,1,für später\n'

const utf16 = (text: string, isLittle: boolean) =>
  Uint8Array.from(
    Array.from(text).flatMap((letter) => {
      const code = letter.charCodeAt(0)
      return isLittle ? [code & 255, code >> 8] : [code >> 8, code & 255]
    }),
  )

/** The same letters as one byte each: windows-1252 below U+0100, where it has them at the same places. */
const latin = (text: string) => Uint8Array.from(Array.from(text).map((letter) => letter.charCodeAt(0)))

describe('the bytes of a file are text', () => {
  it.each<[string, Uint8Array]>([
    ['UTF-8', new TextEncoder().encode(TEXT)],
    ['UTF-8 with a mark', new TextEncoder().encode(`\uFEFF${TEXT}`)],
    ['UTF-16, little end first', utf16(TEXT, true)],
    ['UTF-16 with its mark', utf16(`\uFEFF${TEXT}`, true)],
    ['UTF-16, big end first', utf16(`\uFEFF${TEXT}`, false)],
    ['UTF-16, big end first, without a mark', utf16(TEXT, false)],
    ['windows-1252', latin(TEXT)],
  ])('in %s', async (_, bytes) => {
    const text = await textOfFile(bytes)
    expect(text).toBe(TEXT)
    expect(read(text as string).rows[0]!.transaction.note).toBe('für später')
  })

  it.each([
    // é and ê with the letter behind them are signs of Shift JIS, two of them in a row
    ['French', 'Date;Opération;Devise\n' + '2020-06-02;Intérêts;EUR\n'.repeat(20)],
    ['Spanish', 'Fecha;Operación;Comisión\n' + '2020-06-02;Suscripción española;1\n'.repeat(20)],
    ['Spanish questions and cubic meters', 'Fecha;Nota\n2020-06-02;¿Cuándo? 5 m³/h de más\n'],
    ['German', 'Währung;Stück;Gebühr\n' + 'EUR;5;überfällig größer\n'.repeat(20)],
  ])('in windows-1252 are %s, however many accents are in a row', async (_, text) => {
    expect(await textOfFile(latin(text))).toBe(text)
  })

  it('keeps the signs that windows-1252 has where Latin-1 has none', async () => {
    expect(await textOfFile(Uint8Array.from([0x80, 0x35, 0x96, 0x99]))).toBe('€5–™')
  })
})
