/* oxlint-disable typescript/no-explicit-any, typescript/no-unnecessary-type-parameters */

// The bench makes what the coordinator publishes, without a platform; the types of what is read name these.
declare type D1Database = any
declare type D1PreparedStatement = any
declare type D1Result<_Row = unknown> = any
declare type KVNamespace = Record<
  'get' | 'getWithMetadata' | 'put' | 'delete',
  <_Value = any>(...given: any[]) => Promise<any>
>
