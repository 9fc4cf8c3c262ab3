import { z } from 'zod'
import { Instant, procedure } from './base.ts'

const Key = z.string().max(120)

/** Half-typed forms, kept by the engine so that a closed window, a crash or a power cut loses nothing. Local to this device. */
export const drafts = {
  get: procedure('customers.read')
    .input(z.object({ key: Key }))
    .output(z.object({ value: z.unknown(), at: Instant }).nullable()),
  put: procedure('customers.read')
    .input(z.object({ key: Key, value: z.unknown() }))
    .output(z.object({})),
  remove: procedure('customers.read')
    .input(z.object({ key: Key }))
    .output(z.object({})),
}
