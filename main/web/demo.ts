import type { RunningEngine } from '../engine/start.ts'

/** Sets an empty book up as a shop with the sample business in it; a book that is set up stays as it is. */
export async function fillDemo(engine: RunningEngine): Promise<void> {
  const client = engine.client()
  if ((await client.system.status()).set_up) return
  await client.setup.start({
    business_name: 'فروشگاه نمونه',
    owner_name: 'مریم رضایی',
    trade: 'shop',
    money_unit: 'toman',
  })
  await client.setup.addSample()
}
