import * as v from 'valibot'
import { choice, text } from './field.ts'

const kinds = ['email', 'ntfy', 'telegram', 'webhook'] as const

/** A channel as a script asks for it. What each kind needs is the channel’s own, and is checked where it is known. */
export const channelBody = v.object({
  kind: choice('What it is.', kinds, () => `a kind is one of ${kinds.join(', ')}`),
  label: text('What you call it.', v.maxLength(100, 'a label can have at most 100 characters')),
  address: text('Of a webhook: where the JSON is posted. It is never sent back.'),
  server: text('Of ntfy: the server, such as https://ntfy.sh.'),
  topic: text('Of ntfy: the topic. It is never sent back.'),
  token: text('Of ntfy: the access token, where the topic needs one; of Telegram: the token of the bot.'),
  chat: text('Of Telegram: the ID of the chat.'),
  provider: text('Of e-mail: resend or postmark.'),
  key: text('Of e-mail: the API key of the provider. It is never sent back.'),
  from: text('Of e-mail: the address that mail comes from.'),
  to: text('Of e-mail: the address that mail goes to.'),
})

/** The subscription of a browser, as its own script sends it. */
export const pushBody = v.object({
  endpoint: text('The address at the push service.'),
  p256dh: text('The public key of the browser.'),
  auth: text('The secret of the browser.'),
})
