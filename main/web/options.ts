import { parseArgs } from 'node:util'

export interface StartFlags {
  /** The data folder; null: the usual one of this person. */
  data: string | null
  /** null: the usual port, or the next free one. */
  port: number | null
  open: boolean
  demo: boolean
}

/** The flags of `npm start -- …` that concern the browser host. Throws with a sentence for the terminal. */
export function readFlags(args: string[]): StartFlags {
  const { values } = parseArgs({
    args,
    options: {
      web: { type: 'boolean' },
      data: { type: 'string' },
      port: { type: 'string' },
      'no-open': { type: 'boolean' },
      demo: { type: 'boolean' },
    },
  })
  const port = values.port === undefined ? null : Number(values.port)
  if (port !== null && !(Number.isInteger(port) && port >= 0 && port <= 65535)) {
    throw new Error(`--port must be a number between 0 and 65535, not ${values.port}`)
  }
  return { data: values.data ?? null, port, open: !values['no-open'], demo: values.demo ?? false }
}
