import { z } from 'zod'
import { ROLES } from '../domain/roles.ts'
import { Changed, Id, line, procedure } from './base.ts'

export const User = z.object({ id: Id, name: z.string(), color: z.string().nullable(), role: z.enum(ROLES) })
export type User = z.infer<typeof User>

export const users = {
  list: procedure('users.read').output(z.array(User)),
  update: procedure('users.write')
    .input(z.object({ id: Id, name: line(100).optional(), color: z.string().max(20).nullable().optional() }))
    .output(Changed),
}
