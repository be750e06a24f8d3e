import { fieldsIn, sentenceIn } from './answer-text.ts'
import type { Channel } from './channel.ts'
import type { Answer } from './sent.ts'
import type { Sending } from './sending.ts'

/**
 * A chat with a bot of one's own.
 *
 * Source: https://core.telegram.org/bots/api#sendmessage
 */
export const telegram: Channel = {
  kind: 'telegram',
  name: 'Telegram',
  steps: [
    'In Telegram, write /newbot to @BotFather, and copy the token that it answers.',
    'Write anything to your new bot, or add it to a group: a bot may not begin a conversation.',
    'Write to @userinfobot to learn your chat ID. The ID of a group begins with a minus.',
  ],
  fields: [
    {
      name: 'token',
      label: 'Token of the bot',
      hint: 'Such as 123456789:AAE…',
      fault: (typed) =>
        /^\d{5,15}:[\w-]{20,80}$/.test(typed)
          ? null
          : 'has a number, a colon, and letters, as @BotFather wrote it',
      isSecret: true,
    },
    {
      name: 'chat',
      label: 'Chat ID',
      hint: 'Such as 123456789, or -1001234567890 for a group',
      fault: (typed) =>
        /^-?\d{1,20}$|^@\w{4,40}$/.test(typed) ? null : 'is a number, or @ and the name of a channel',
    },
  ],
  knowsRepeats: () => false,
  target: ({ chat }) => `chat ${chat}`,
  call: ({ token, chat }, { notice, link }) => ({
    url: `https://api.telegram.org/bot${token}/sendMessage`,
    headers: { 'content-type': 'application/json' },
    // without parse_mode no character of a text means anything
    body: JSON.stringify({
      chat_id: chat,
      text: `${notice.title}\n\n${notice.body}\n\n${link}`,
      link_preview_options: { is_disabled: true },
    }),
  }),
  // {"ok":false,"error_code":400,"description":"Bad Request: chat not found"}
  said: (answer) => sentenceIn(answer, 'description'),
  judged: waiting,
}

/** {"ok":false,"error_code":429,"description":"Too Many Requests: retry after 35","parameters":{"retry_after":35}} */
function waiting({ status, body }: Answer): Sending | null {
  const { parameters, description } = fieldsIn(body) as {
    parameters?: { retry_after?: unknown } | null
    description?: unknown
  }
  const seconds = parameters?.retry_after
  if (status !== 429 || typeof seconds !== 'number' || !(seconds >= 0)) return null
  return {
    status: 'later',
    said: `Telegram answered: ${String(description).slice(0, 100)}`,
    retryAfter: seconds,
  }
}
