import { faultOfAddress, hostOf } from './address.ts'
import { sentenceIn } from './answer-text.ts'
import type { Channel } from './channel.ts'

/**
 * A topic of ntfy, at ntfy.sh or on a server of one's own. Whoever knows the name of a topic can read it, so the name is kept like a
 * password.
 *
 * Source: https://docs.ntfy.sh/publish/#publish-as-json
 */
export const ntfy: Channel = {
  kind: 'ntfy',
  name: 'ntfy',
  steps: [
    'Install the ntfy app, and subscribe to a topic with a name that nobody guesses.',
    'Enter the same topic here. A topic that is protected needs an access token as well.',
  ],
  fields: [
    {
      name: 'server',
      label: 'Server',
      hint: 'https://ntfy.sh, or your own',
      fault: faultOfAddress,
    },
    {
      name: 'topic',
      label: 'Topic',
      hint: 'Letters, digits, _ and -, such as yardstick-h7Gk2pQ',
      fault: (typed) =>
        /^[\w-]{1,64}$/.test(typed) ? null : 'has letters, digits, _ and - only, at most 64 of them',
      isSecret: true,
    },
    {
      name: 'token',
      label: 'Access token',
      hint: 'Begins with tk_; leave it empty for a topic that is open',
      fault: (typed) =>
        /^[\w.~+/-]{1,200}=*$/.test(typed)
          ? null
          : 'has letters and digits, such as tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2',
      isOptional: true,
      isSecret: true,
    },
  ],
  knowsRepeats: () => false,
  target: ({ server }) => hostOf(server!),
  call: ({ server, topic, token }, { notice, link }) => ({
    url: server!,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ topic, title: notice.title, message: notice.body, click: link }),
  }),
  // {"code":40301,"http":403,"error":"forbidden","link":"https://ntfy.sh/docs/publish/#authentication"}
  said: (answer) => sentenceIn(answer, 'error'),
}
