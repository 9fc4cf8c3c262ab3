import { expect, it } from 'vitest'
import type { z } from 'zod'
import { segmentsService as segments } from '../../main/modules/segments/service.ts'
import { EVERYBODY } from '../../shared/contract/filter.ts'
import type { ViewDefinition } from '../../shared/contract/segments.ts'
import { testCtx } from '../support/ctx.ts'

const CALL = { signal: undefined }
const DEFINITION: z.infer<typeof ViewDefinition> = {
  filter: { ...EVERYBODY, where: { op: 'and', rules: [{ field: 'city', test: 'is', value: 'تهران' }] } },
  sort: { field: 'name', desc: false },
  columns: { order: ['name', 'city'], hidden: ['email'], widths: { name: 240 } },
}

it('keeps saved views in their order, changes and removes them', async () => {
  const ctx = await testCtx()
  const add = (name: string) =>
    (segments.addView(ctx, { name, definition: DEFINITION }, CALL) as { id: string; change: number }).id
  const [first, second] = [add('تهرانی‌ها'), add('بدهکاران')]
  expect(segments.views(ctx, undefined, CALL)).toEqual([
    { id: first, name: 'تهرانی‌ها', definition: DEFINITION, position: 0 },
    { id: second, name: 'بدهکاران', definition: DEFINITION, position: 1 },
  ])
  segments.updateView(ctx, { id: first, position: 2, name: 'تهران' }, CALL)
  segments.updateView(ctx, { id: second, definition: { ...DEFINITION, sort: { field: 'city', desc: true } } }, CALL)
  expect(segments.views(ctx, undefined, CALL)).toMatchObject([
    { id: second, definition: { sort: { field: 'city' } } },
    { id: first, name: 'تهران' },
  ])
  expect(segments.updateView(ctx, { id: first, name: 'تهران' }, CALL)).toEqual({ change: null })
  segments.removeView(ctx, { id: second }, CALL)
  expect(segments.views(ctx, undefined, CALL)).toMatchObject([{ id: first }])
  const refused = expect.objectContaining({ code: 'NOT_FOUND' })
  const nobody = '01890a5d-ac96-774b-bcce-b302099a8057'
  expect(() => segments.updateView(ctx, { id: nobody, name: 'x' }, CALL)).toThrow(refused)
  expect(() => segments.removeView(ctx, { id: nobody }, CALL)).toThrow(refused)
  ctx.close()
})
