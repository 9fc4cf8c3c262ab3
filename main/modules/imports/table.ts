import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Long work in chunks (rule 3): an import, the sample business, a bulk command. Local to this device. */
export const batch = sqliteTable('batch', {
  id: text('id').primaryKey(),
  kind: text('kind', { enum: ['csv', 'xlsx', 'xls', 'vcf', 'sample', 'bulk'] }).notNull(),
  state: text('state', {
    enum: ['staged', 'running', 'interrupted', 'cancelled', 'done', 'undoing', 'undone'],
  }).notNull(),
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
  /** Customers that were there already and got what they lacked; or what the file says. */
  filled: integer('filled').notNull().default(0),
  updated: integer('updated').notNull().default(0),
})

/** A row that could not come in: nothing of it is lost. */
export const batchProblem = sqliteTable('batch_problem', {
  pk: integer('pk').primaryKey(),
  batch_id: text('batch_id').notNull(),
  row: integer('row').notNull(),
  /** JSON of ImportProblem[] and of the row's cells. */
  problems: text('problems').notNull(),
  cells: text('cells').notNull(),
  /** 1: it came in all the same, with something to look at. */
  came: integer('came').notNull().default(0),
})

/** How the columns of files with these headers were mapped the last time; local to this device. */
export const importProfile = sqliteTable('import_profile', {
  fingerprint: text('fingerprint').primaryKey(),
  /** JSON: the mapping, and how the file was read. */
  mapping: text('mapping').notNull(),
  options: text('options').notNull().default('{}'),
  at: integer('at').notNull(),
})

/** What was chosen for single rows of an import, whatever is chosen for all. */
export const importChoice = sqliteTable(
  'import_choice',
  {
    batch_id: text('batch_id').notNull(),
    row: integer('row').notNull(),
    choice: text('choice', { enum: ['skip', 'fill', 'update', 'add'] }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.batch_id, t.row] })],
)
