import * as v from 'valibot'

export const NOT_SAID = 'must be "all" or a list of the ids of proposals'

/** Which of the proposed dividends are recorded. */
export const acceptedBody = v.object({
  accept: v.nullish(
    v.pipe(
      v.union([v.literal('all'), v.array(v.string())], NOT_SAID),
      v.description('The ids of proposals, or all.'),
    ),
  ),
})
