import { expect, it } from 'vitest'
import { faultOfAddress } from '../../src/notices/address.ts'

it.each([
  'https://hooks.example.com/a?b=c',
  'https://ntfy.sh',
  'https://ntfy.example.co.uk:8443/x',
  'https://xn--bcher-kva.example/',
])('%s may be called', (address) => {
  expect(faultOfAddress(address, false)).toBeNull()
})

it.each([
  ['of no host', 'https:///'],
  ['of no kind', 'hooks.example.com'],
  ['of a file', 'file:///etc/passwd'],
  ['of a script', 'javascript:alert(1)'],
  ['without TLS', 'http://hooks.example.com/'],
  ['of the machine itself', 'https://127.0.0.1/'],
  ['of the machine itself, as one number', 'https://2130706433/'],
  ['of the machine itself, in hexadecimal', 'https://0x7f.1/'],
  ['of the machine itself, in octal', 'https://0177.0.0.1/'],
  ['of the machine itself, in IPv6', 'https://[::1]/'],
  ['of the machine itself, in IPv6 around IPv4', 'https://[::ffff:127.0.0.1]/'],
  ['of the machine itself, by name', 'https://localhost/'],
  ['of the machine itself, by a name below', 'https://x.localhost/'],
  ['of the machine itself, with a final dot', 'https://localhost./'],
  ['of a private network', 'https://10.0.0.1/'],
  ['of a private network in the middle', 'https://172.16.5.4/'],
  ['of a private network at home', 'https://192.168.1.1/'],
  ['of a link', 'https://169.254.169.254/latest/meta-data'],
  ['of a link, in IPv6', 'https://[fe80::1]/'],
  ['of a private network, in IPv6', 'https://[fd00::1]/'],
  ['of a number that is public', 'https://93.184.216.34/'],
  ['of wide digits', 'https://１２７.0.0.1/'],
  ['of one word', 'https://router/'],
  ['of a network at home, by name', 'https://nas.local/'],
  ['of a network of a cloud, by name', 'https://metadata.google.internal/'],
  ['with a password', 'https://user:pass@hooks.example.com/'],
  ['with a user', 'https://user@hooks.example.com/'],
  ['of great length', `https://hooks.example.com/${'x'.repeat(1000)}`],
])('an address %s may not', (_, address) => {
  expect(faultOfAddress(address, false)).toMatch(/^must /)
})

it('of one’s own machine may be called from there, without TLS, and nothing else is different', () => {
  for (const address of ['http://localhost:9000/x', 'http://127.0.0.1:9000/', 'http://[::1]/'])
    expect(faultOfAddress(address, true)).toBeNull()
  for (const address of ['http://192.168.1.1/', 'http://hooks.example.com/', 'http://localhost.example.com/'])
    expect(faultOfAddress(address, true)).toMatch(/^must /)
})
