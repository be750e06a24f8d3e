import * as v from 'valibot'
import { text } from './field.ts'

/** With what a broker is asked. What each may be is the broker's own, and is checked where it is known. */
export const brokerBody = v.object({
  token: text('The token that the broker has given for its statements. It is never sent back.'),
  query: text(
    'Which statement: at Interactive Brokers the Query ID of a Flex query, at SnapTrade the Client ID.',
  ),
})
