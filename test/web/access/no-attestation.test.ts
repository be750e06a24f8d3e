import { expect, it } from 'vitest'
import { AsnParser, Certificate, ECDSASigValue } from '../../../src/web/access/no-attestation.ts'

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (each) => Number.parseInt(each, 16))
const hex = (of: ArrayBuffer) =>
  Array.from(new Uint8Array(of), (each) => each.toString(16).padStart(2, '0')).join('')

it('reads the two numbers of an ECDSA signature', () => {
  const { r, s } = AsnParser.parse(bytes('3008 0202 00ff 0202 1234'.replaceAll(' ', '')), ECDSASigValue)
  expect([hex(r), hex(s)]).toEqual(['00ff', '1234'])
})

it.each([
  '',
  '30',
  '3000',
  '30080202',
  '3008020200ff02021234aa',
  '3009020200ff02021234',
  '3108020200ff02021234',
  '3008030200ff02021234',
  '3006020002021234',
  '3008020200ff02031234',
  '308108020200ff02021234',
])('refuses what is none: %s', (der) =>
  expect(() => AsnParser.parse(bytes(der), ECDSASigValue)).toThrow('this is no ECDSA signature'),
)

it('reads no certificate', () => {
  expect(() => AsnParser.parse(bytes('3008020200ff02021234'), Certificate)).toThrow('not read')
})
