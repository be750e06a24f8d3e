/**
 * Returns a calculation that remembers its last answer for each key and gives it again while whatever else it takes is
 * the same: the same object, or an equal text or number. So what an edit or a new price does not touch is not calculated
 * anew. An answer is shared, so nobody may change it; it is forgotten with its key.
 */
export function remembered<Key extends object, On extends readonly unknown[], Answer>(
  calculate: (key: Key, ...on: On) => Answer,
): (key: Key, ...on: On) => Answer {
  const last = new WeakMap<Key, { on: On; answer: Answer }>()
  return (key, ...on) => {
    const before = last.get(key)
    if (before && on.every((each, i) => Object.is(each, before.on[i]))) return before.answer
    const answer = calculate(key, ...on)
    last.set(key, { on, answer })
    return answer
  }
}
