import { type Database, database } from '../storage/database.ts'

/** What the parts of a coordinator share: the id of the portfolio it keeps, and its bindings. */
export class Home {
  readonly id: string
  private readonly bindings: () => Env

  constructor(id: string | undefined, bindings: () => Env) {
    if (id === undefined) throw new Error('a coordinator is found by the id of its portfolio')
    this.id = id
    this.bindings = bindings
  }

  /** The bindings are read anew each time, because a test gives a living object other bindings */
  get env(): Env {
    return this.bindings()
  }

  get db(): Database {
    return database(this.env.DB)
  }
}
