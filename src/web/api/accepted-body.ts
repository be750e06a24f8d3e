import * as v from 'valibot'

/** Which of the proposed dividends are recorded. */
export const acceptedBody = v.object({
  accept: v.pipe(
    v.union([v.literal('all'), v.array(v.string())]),
    v.description('The ids of proposals, or all.'),
  ),
})
