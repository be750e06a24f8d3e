import { expect, it } from 'vitest'
import { type Input, inputSchema, readArguments } from '../../../src/web/mcp/arguments.ts'

const input: Input = {
  portfolio: { type: 'string', description: 'Which.', required: true },
  by: { type: 'string', enum: ['lot', 'year'], description: 'How.' },
  limit: { type: 'integer', minimum: 1, maximum: 9, description: 'How many.' },
  figures: { type: 'array', items: { type: 'string' }, description: 'Which of them.' },
}

it('what a tool takes is written as JSON Schema', () => {
  expect(inputSchema(input)).toMatchObject({
    type: 'object',
    properties: { by: { type: 'string', enum: ['lot', 'year'] }, limit: { minimum: 1, maximum: 9 } },
    required: ['portfolio'],
    additionalProperties: false,
  })
})

it.each([
  [
    { portfolio: 'a', by: 'lot', limit: 9, figures: ['x'] },
    { portfolio: 'a', by: 'lot', limit: 9, figures: ['x'] },
  ],
  [{ portfolio: 'a', by: null }, { portfolio: 'a' }],
  [{}, { fault: '`portfolio` is missing: Which.' }],
  [
    { portfolio: 'a', toString: 'x' },
    { fault: 'There is no argument “toString”. It takes portfolio, by, limit, figures.' },
  ],
  [{ portfolio: 'a\0' }, { fault: '`portfolio` contains a control character.' }],
  [{ portfolio: 'a', figures: ['\ud800'] }, { fault: '`figures` contains half of a character.' }],
  [{ portfolio: 'a', limit: 1.5 }, { fault: '`limit` must be a whole number from 1 to 9.' }],
  [['a'], { fault: '`arguments` must be a JSON object.' }],
])('%j is read as %j', (given, read) => {
  expect(readArguments(input, given)).toEqual(read)
})
