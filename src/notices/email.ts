import { sentenceIn } from './answer-text.ts'
import type { Call, Channel, Message } from './channel.ts'

/**
 * Mail by a provider of one's own: Resend, whose free plan is plenty for this and which sends a mail of the same key once; and
 * Postmark, whose token can do nothing but send. Both take one call with one key; a server of SMTP a Worker cannot speak to
 * without a library that is larger than all of this.
 */
export const email: Channel = {
  kind: 'email',
  name: 'E-mail',
  steps: [
    'Create an account at Resend or Postmark, and verify the address or the domain that mail is to come from.',
    'At Resend create an API key with sending access. At Postmark copy the Server API token.',
  ],
  fields: [
    {
      name: 'provider',
      label: 'Provider',
      hint: '',
      fault: (typed) => (Object.hasOwn(providers, typed) ? null : 'is resend or postmark'),
      choices: { resend: 'Resend', postmark: 'Postmark' },
    },
    {
      name: 'key',
      label: 'API key',
      hint: 'The key of Resend begins with re_',
      fault: (typed) => (/^[\w-]{10,200}$/.test(typed) ? null : 'has letters, digits, _ and - only'),
      isSecret: true,
    },
    { name: 'from', label: 'From address', hint: 'yardstick@example.com', fault: faultOfMail },
    { name: 'to', label: 'To address', hint: 'you@example.com', fault: faultOfMail },
  ],
  knowsRepeats: ({ provider }) => provider === 'resend',
  target: ({ to }) => to!,
  call: (opened, message) => providers[opened.provider as Provider](opened as Mail, message),
  // {"statusCode":401,"name":"validation_error","message":"API key is invalid"}; {"ErrorCode":10,"Message":"…"}
  said: (answer) => sentenceIn(answer, 'message') ?? sentenceIn(answer, 'Message'),
}

type Provider = 'resend' | 'postmark'
type Mail = { key: string; from: string; to: string }

const json = { 'content-type': 'application/json', accept: 'application/json' }

const providers: Record<Provider, (mail: Mail, message: Message) => Call> = {
  // https://resend.com/docs/api-reference/emails/send-email
  resend: ({ key, from, to }, message) => ({
    url: 'https://api.resend.com/emails',
    headers: {
      ...json,
      authorization: `Bearer ${key}`,
      'idempotency-key': encodeURIComponent(message.notice.id).slice(0, 256),
    },
    body: JSON.stringify({ from, to: [to], subject: message.notice.title, text: textOf(message) }),
  }),
  // https://postmarkapp.com/developer/api/email-api
  postmark: ({ key, from, to }, message) => ({
    url: 'https://api.postmarkapp.com/email',
    headers: { ...json, 'x-postmark-server-token': key },
    body: JSON.stringify({ From: from, To: to, Subject: message.notice.title, TextBody: textOf(message) }),
  }),
}

function textOf({ notice, link }: Message): string {
  return `${notice.body}\n\n${link}\n`
}

function faultOfMail(typed: string): string | null {
  // no list of addresses, and no name beside one
  return /^[^\s@,;:<>"()[\]\\]{1,64}@[^\s@,;:<>"()[\]\\]{1,190}$/.test(typed)
    ? null
    : 'must be an address of mail, such as you@example.com'
}
