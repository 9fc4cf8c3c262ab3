import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Long work in chunks (rule 3): an import, the sample business, a bulk command. Local to this device. */
export const batch = sqliteTable('batch', {
  id: text('id').primaryKey(),
  kind: text('kind', { enum: ['csv', 'xlsx', 'vcf', 'sample', 'bulk'] }).notNull(),
  state: text('state', { enum: ['staged', 'running', 'interrupted', 'cancelled', 'done', 'undone'] }).notNull(),
  user_id: text('user_id'),
  created_at: integer('created_at').notNull(),
  file_name: text('file_name').notNull().default(''),
  /** JSON the kind understands: mapping and choices of an import. */
  options: text('options').notNull().default('{}'),
  total: integer('total').notNull().default(0),
  /** Rows of the source that are finished, good or bad; a resume goes on after it. Moves in the chunk's own transaction. */
  done: integer('done').notNull().default(0),
  added: integer('added').notNull().default(0),
  failed: integer('failed').notNull().default(0),
})

/** A row that could not come in: nothing of it is lost. */
export const batchProblem = sqliteTable('batch_problem', {
  pk: integer('pk').primaryKey(),
  batch_id: text('batch_id').notNull(),
  row: integer('row').notNull(),
  /** JSON of ImportProblem[] and of the row's cells. */
  problems: text('problems').notNull(),
  cells: text('cells').notNull(),
})
