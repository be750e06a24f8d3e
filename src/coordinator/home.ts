import { type Database, database } from '../storage/database.ts'

/** The object whose parts the files beside this one are: which portfolio it keeps, and by what it reaches the rest. */
export class Home {
  readonly id: string
  private readonly bindings: () => Env

  constructor(id: string | undefined, bindings: () => Env) {
    if (id === undefined) throw new Error('a coordinator is found by the id of its portfolio')
    this.id = id
    this.bindings = bindings
  }

  /** Read anew each time: a test gives a living object other bindings. */
  get env(): Env {
    return this.bindings()
  }

  get db(): Database {
    return database(this.env.DB)
  }
}
