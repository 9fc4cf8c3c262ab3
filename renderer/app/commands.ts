import type { Command, RendererModule } from './module.ts'

/** Every command of every module; «add» entries are commands too, unless the module has one of its own for that. */
export function commandsOf(modules: readonly RendererModule[]): Command[] {
  const byId = new Map<string, Command>()
  for (const { name, add, commands } of modules) {
    if (add) {
      const { Dialog: _, ...entry } = add
      byId.set(`${name}.add`, { ...entry, id: `${name}.add`, run: (app) => app.openAdd(name) })
    }
    for (const command of commands ?? []) byId.set(command.id, command)
  }
  return [...byId.values()]
}
