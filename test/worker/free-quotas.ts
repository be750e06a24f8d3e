/** What a free account may use in a day. */
export const freeQuotas: Record<string, number> = {
  'Workers requests': 100_000,
  'KV reads': 100_000,
  'KV writes': 1_000,
  'D1 rows read': 5_000_000,
  'D1 rows written': 100_000,
  'Queue operations': 10_000,
  'Durable Object requests': 100_000,
  'Durable Object GB-s': 13_000,
  'Durable Object rows read': 5_000_000,
  'Durable Object rows written': 100_000,
  'Log events': 200_000,
}
